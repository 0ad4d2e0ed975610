-- grain: one row per pair of sjukfall of one patient that are closer than the gap allows (must be none)
WITH foljda AS (
    SELECT
        patient_nr, sjukfall_nr, sista_dag,
        lead(start_datum) OVER (PARTITION BY patient_nr ORDER BY sjukfall_nr) AS nasta_start
    FROM core.sjukfall
)
SELECT foljda.patient_nr, foljda.sjukfall_nr
FROM foljda CROSS JOIN core.installning AS installning
WHERE foljda.nasta_start - foljda.sista_dag <= installning.gap_days + 1
