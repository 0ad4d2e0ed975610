-- grain: one row per started sjukfall: day of its end (orsak avslut) or of the last day that it was followed (NULL)
SELECT
    startade.kvartal,
    startade.enhet_nr,
    startade.patient_nr,
    startade.sjukfall_nr,
    startade.start_datum,
    startade.kon,
    startade.diagnosgrupp,
    startade.diagnos5,
    startade.aldersgrupp,
    startade.startgrad,
    startade.sysselsattning,
    least(startade.sista_dag, uppfoljning.foljd_till) - startade.start_datum + 1 AS dag,
    CASE WHEN startade.sista_dag <= uppfoljning.foljd_till THEN 'avslut' END AS orsak,
    false AS egen
FROM mart.startade AS startade
CROSS JOIN (
    -- an end is known when gap_days + 1 later days are
    SELECT CAST(period.data_tom - (installning.gap_days + 1) AS DATE) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
) AS uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till
