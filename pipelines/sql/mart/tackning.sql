-- grain: one row per started sjukfall that reached the target day: day of first insats, of leaving, or of last follow-up
WITH malgrupp AS (
    SELECT
        startade.*,
        CAST(startade.start_datum + installning.target_day - 1 AS DATE) AS dag_noll,
        CAST(period.data_tom - (installning.gap_days + 1) AS DATE) AS foljd_till
    FROM mart.startade AS startade
    CROSS JOIN core.installning AS installning
    CROSS JOIN core.period AS period
)
SELECT
    malgrupp.kvartal,
    malgrupp.enhet_nr,
    malgrupp.patient_nr,
    malgrupp.kon,
    malgrupp.diagnosgrupp,
    malgrupp.diagnos5,
    malgrupp.aldersgrupp,
    -- an insats before the target day counts as covered at day 0; on the last day insats counts before leaving
    CASE
        WHEN insats.insats_datum <= malgrupp.foljd_till THEN greatest(0, insats.insats_datum - malgrupp.dag_noll)
        ELSE least(malgrupp.sista_dag, malgrupp.foljd_till) - malgrupp.dag_noll
    END AS dag,
    CASE
        WHEN insats.insats_datum <= malgrupp.foljd_till THEN 'insats'
        WHEN malgrupp.sista_dag <= malgrupp.foljd_till THEN 'lamnat'
    END AS orsak,
    coalesce(insats.insats_egen_datum = insats.insats_datum, false) AS egen
FROM malgrupp
LEFT JOIN core.forsta_insats AS insats
    ON insats.patient_nr = malgrupp.patient_nr AND insats.sjukfall_nr = malgrupp.sjukfall_nr
WHERE malgrupp.sista_dag >= malgrupp.dag_noll AND malgrupp.dag_noll <= malgrupp.foljd_till
