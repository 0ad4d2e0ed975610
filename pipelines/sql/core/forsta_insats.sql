-- grain: one row per sjukfall with at least one insats from its first to its last certified day
SELECT
    sjukfall.patient_nr,
    sjukfall.sjukfall_nr,
    min(insats.datum) AS insats_datum,
    min(CASE WHEN insats.enhet_nr = sjukfall.forsta_enhet_nr THEN insats.datum END) AS insats_egen_datum
FROM core.sjukfall AS sjukfall
JOIN core.koordinering AS insats
    ON insats.patient_nr = sjukfall.patient_nr
    AND insats.handelse = 'insats'
    AND insats.datum BETWEEN sjukfall.start_datum AND sjukfall.sista_dag
GROUP BY sjukfall.patient_nr, sjukfall.sjukfall_nr
