-- grain: one row per sjukfall and month-end on which it has begun and ended at most a year before (sista_dag tells)
SELECT
    manad.manad,
    rader.enhet_nr,
    rader.patient_nr,
    rader.sjukfall_nr,
    rader.kon,
    sjukfall.sista_dag
FROM core.sjukfall_period AS rader
JOIN core.sjukfall AS sjukfall
    ON sjukfall.patient_nr = rader.patient_nr AND sjukfall.sjukfall_nr = rader.sjukfall_nr
JOIN core.manad AS manad
    ON manad.sista >= rader.fran
    AND (rader.senast_till IS NULL OR manad.sista <= rader.senast_till)
    AND sjukfall.sista_dag >= manad.forsta - INTERVAL 11 MONTH
CROSS JOIN core.installning AS installning
WHERE rader.alder BETWEEN installning.age_from AND installning.age_to
