-- grain: one row per sjukfall with an insats or a plan from its first to its last certified day: the first such day
SELECT
    sjukfall.patient_nr,
    sjukfall.sjukfall_nr,
    min(stod.datum) AS stod_datum
FROM core.sjukfall AS sjukfall
JOIN core.koordinering AS stod
    ON stod.patient_nr = sjukfall.patient_nr
    AND stod.handelse IN ('insats', 'plan', 'gemensam_handlingsplan')
    AND stod.datum BETWEEN sjukfall.start_datum AND sjukfall.sista_dag
GROUP BY sjukfall.patient_nr, sjukfall.sjukfall_nr
