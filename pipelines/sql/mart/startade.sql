-- grain: one row per sjukfall that started in a month whose starts are all known
SELECT
    manad.manad,
    manad.kvartal,
    sjukfall.forsta_enhet_nr AS enhet_nr,
    sjukfall.patient_nr,
    sjukfall.sjukfall_nr,
    sjukfall.kon,
    sjukfall.forsta_alder AS alder,
    aldersband.grupp AS aldersgrupp,
    sjukfall.forsta_diagnosgrupp AS diagnosgrupp,
    diagnos5.diagnos5,
    CAST(sjukfall.forsta_grad AS VARCHAR) AS startgrad,
    CASE
        WHEN intyg.sysselsattning IS NULL THEN 'okand'
        WHEN intyg.sysselsattning LIKE '%|%' THEN 'flera'
        ELSE lower(intyg.sysselsattning)
    END AS sysselsattning,
    sjukfall.start_datum,
    sjukfall.sista_dag
FROM core.sjukfall AS sjukfall
JOIN core.manad AS manad ON sjukfall.start_datum BETWEEN manad.forsta AND manad.sista
JOIN core.diagnos5 AS diagnos5 ON diagnos5.diagnosgrupp = sjukfall.forsta_diagnosgrupp
JOIN core.sjukfall_period AS forsta
    ON forsta.patient_nr = sjukfall.patient_nr AND forsta.sjukfall_nr = sjukfall.sjukfall_nr AND forsta.ar_forsta
JOIN (
    -- said once in the certificate, whatever period it is about
    SELECT patient_nr, intyg_nr, max(nullif(trim(sysselsattning), '')) AS sysselsattning
    FROM core.intyg_gallande
    GROUP BY patient_nr, intyg_nr
) AS intyg
    ON intyg.patient_nr = forsta.patient_nr AND intyg.intyg_nr = forsta.intyg_nr
LEFT JOIN core.band AS aldersband
    ON aldersband.indelning = 'aldersgrupp' AND sjukfall.forsta_alder BETWEEN aldersband.fran AND aldersband.till
CROSS JOIN core.installning AS installning
WHERE manad.har_floden AND sjukfall.forsta_alder BETWEEN installning.age_from AND installning.age_to
