-- grain: one row per sjukfall and month-end on which it has begun and ended at most a year before (sista_dag tells)
WITH langder AS (
    -- the national length: the days of every period that begins by the end of the latest begun one
    SELECT
        rader.patient_nr, rader.plats,
        sum(del.nya_dagar) AS langd_dagar,
        count(DISTINCT del.intyg_nr) AS antal_intyg
    FROM core.sjukfall_hittills AS rader
    JOIN core.sjukfall_period AS del
        ON del.patient_nr = rader.patient_nr AND del.sjukfall_nr = rader.sjukfall_nr AND del.fran <= rader.tom_hittills
    GROUP BY rader.patient_nr, rader.plats
),
grupperade AS (
    SELECT
        rader.patient_nr, rader.sjukfall_nr, rader.enhet_nr, rader.kon, rader.fran, rader.senast_till, rader.sista_dag,
        diagnos5.diagnos5,
        rader.diagnosgrupp,
        coalesce(diagnos.kapitel, 'okand') AS kapitel,
        coalesce(diagnos.avsnitt, 'okand') AS avsnitt,
        alder.grupp AS alder_nationell,
        grad.grupp AS grad_nationell,
        lang.grupp AS lang,
        langd.grupp AS langd,
        intyg.grupp AS intyg
    FROM core.sjukfall_hittills AS rader
    JOIN langder ON langder.patient_nr = rader.patient_nr AND langder.plats = rader.plats
    JOIN core.diagnos5 AS diagnos5 ON diagnos5.diagnosgrupp = rader.diagnosgrupp
    LEFT JOIN core.diagnoskod AS diagnos ON diagnos.diagnos_nr = rader.diagnos_nr
    JOIN core.band AS alder ON alder.indelning = 'alder_nationell' AND rader.alder BETWEEN alder.fran AND alder.till
    JOIN core.band AS grad ON grad.indelning = 'grad_nationell' AND rader.grad BETWEEN grad.fran AND grad.till
    JOIN core.band AS lang ON lang.indelning = 'lang' AND langder.langd_dagar BETWEEN lang.fran AND lang.till
    JOIN core.band AS langd ON langd.indelning = 'langd' AND langder.langd_dagar BETWEEN langd.fran AND langd.till
    JOIN core.band AS intyg ON intyg.indelning = 'intyg' AND langder.antal_intyg BETWEEN intyg.fran AND intyg.till
    CROSS JOIN core.installning AS installning
    WHERE rader.alder BETWEEN installning.age_from AND installning.age_to
)
SELECT
    manad.manad, rader.enhet_nr, rader.patient_nr, rader.sjukfall_nr, rader.kon, rader.sista_dag, rader.diagnos5,
    rader.diagnosgrupp, rader.kapitel, rader.avsnitt, rader.alder_nationell, rader.grad_nationell, rader.lang,
    rader.langd, rader.intyg
FROM grupperade AS rader
JOIN core.manad AS manad
    ON manad.sista >= rader.fran
    -- the last period of a sjukfall stays its latest begun one after its end
    AND (manad.sista <= rader.senast_till OR rader.senast_till = rader.sista_dag)
    AND rader.sista_dag >= manad.forsta - INTERVAL 11 MONTH
