-- grain: one row per started sjukfall: day of first insats, of its end without one, or of the last follow-up (NULL)
SELECT
    startade.kvartal,
    startade.enhet_nr,
    startade.patient_nr,
    startade.kon,
    startade.diagnosgrupp,
    CASE
        WHEN insats.insats_datum <= uppfoljning.foljd_till THEN insats.insats_datum - startade.start_datum + 1
        ELSE least(startade.sista_dag, uppfoljning.foljd_till) - startade.start_datum + 1
    END AS dag,
    -- on the last day insats counts before leaving
    CASE
        WHEN insats.insats_datum <= uppfoljning.foljd_till THEN 'insats'
        WHEN startade.sista_dag <= uppfoljning.foljd_till THEN 'lamnat'
    END AS orsak,
    false AS egen
FROM mart.startade AS startade
LEFT JOIN core.forsta_insats AS insats
    ON insats.patient_nr = startade.patient_nr AND insats.sjukfall_nr = startade.sjukfall_nr
CROSS JOIN (
    SELECT CAST(period.data_tom - (installning.gap_days + 1) AS DATE) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
) AS uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till
