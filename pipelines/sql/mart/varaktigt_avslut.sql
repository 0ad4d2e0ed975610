-- grain: one row per started sjukfall: day of its end, one that lasted apart from one that did not, or of the last follow-up
SELECT
    startade.kvartal,
    startade.enhet_nr,
    startade.patient_nr,
    startade.kon,
    startade.diagnos5,
    startade.aldersgrupp,
    least(startade.sista_dag, uppfoljning.foljd_till) - startade.start_datum + 1 AS dag,
    CASE
        WHEN startade.sista_dag > uppfoljning.foljd_till THEN NULL
        WHEN nasta.start_datum - startade.sista_dag <= installning.gap_days + 29 THEN 'ny'
        ELSE 'varaktigt'
    END AS orsak,
    false AS egen
FROM mart.startade AS startade
JOIN (
    SELECT
        patient_nr, sjukfall_nr,
        lead(start_datum) OVER (PARTITION BY patient_nr ORDER BY sjukfall_nr) AS start_datum
    FROM core.sjukfall
) AS nasta
    ON nasta.patient_nr = startade.patient_nr AND nasta.sjukfall_nr = startade.sjukfall_nr
CROSS JOIN core.installning AS installning
CROSS JOIN (
    -- that an end lasted is known when gap_days + 28 free days and the day after them are
    SELECT CAST(period.data_tom - (installning.gap_days + 29) AS DATE) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
) AS uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till
