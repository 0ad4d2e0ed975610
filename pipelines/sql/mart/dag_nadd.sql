-- grain: one row per sjukfall and counted day (core.nadd_dag) that it reached, with that day's certificate
WITH hittills AS (
    -- after the period at plats the sjukfall has dagar_hittills certified days, of which nya_dagar are its own
    SELECT
        rader.patient_nr, rader.sjukfall_nr, rader.plats, rader.dagar_hittills, rader.tom_hittills, period.nya_dagar
    FROM core.sjukfall_hittills AS rader
    JOIN core.sjukfall_period AS period ON period.patient_nr = rader.patient_nr AND period.plats = rader.plats
),
nadda AS (
    -- the period that brings the day: the new days of a period are its last ones
    SELECT
        hittills.patient_nr, hittills.sjukfall_nr, dagar.dag,
        CAST(hittills.tom_hittills - (hittills.dagar_hittills - dagar.dag) AS DATE) AS datum
    FROM hittills
    JOIN core.nadd_dag AS dagar
        ON dagar.dag <= hittills.dagar_hittills AND dagar.dag > hittills.dagar_hittills - hittills.nya_dagar
),
gallande AS (
    -- the latest begun certificate that covers the day, as in the national orders
    SELECT
        nadda.patient_nr, nadda.dag, nadda.datum, period.enhet_nr, period.kon, period.alder, period.diagnosgrupp,
        period.diagnos_nr,
        row_number() OVER (
            PARTITION BY nadda.patient_nr, nadda.sjukfall_nr, nadda.dag ORDER BY period.plats DESC
        ) AS ordning
    FROM nadda
    JOIN core.sjukfall_period AS period
        ON period.patient_nr = nadda.patient_nr AND period.sjukfall_nr = nadda.sjukfall_nr
        AND nadda.datum BETWEEN period.fran AND period.tom
)
SELECT
    gallande.dag, manad.manad, manad.kvartal, gallande.enhet_nr, gallande.patient_nr, gallande.kon, gallande.diagnosgrupp,
    coalesce(diagnos.kapitel, 'okand') AS kapitel
FROM gallande
JOIN core.manad AS manad ON gallande.datum BETWEEN manad.forsta AND manad.sista
LEFT JOIN core.diagnoskod AS diagnos ON diagnos.diagnos_nr = gallande.diagnos_nr
CROSS JOIN core.installning AS installning
WHERE gallande.ordning = 1 AND gallande.alder BETWEEN installning.age_from AND installning.age_to
