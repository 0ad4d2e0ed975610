-- grain: one row per started sjukfall: day and cause of its end, a return that lasted apart from one that did not
SELECT
    startade.kvartal,
    startade.enhet_nr,
    startade.patient_nr,
    startade.kon,
    startade.diagnos5,
    startade.aldersgrupp,
    least(slut.slut_datum, uppfoljning.foljd_till) - startade.start_datum + 1 AS dag,
    CASE
        WHEN slut.slut_datum > uppfoljning.foljd_till OR slut.orsak = 'flyttat' THEN NULL
        WHEN slut.orsak <> 'atergang' THEN slut.orsak
        WHEN nasta.start_datum - startade.sista_dag <= installning.gap_days + 29 THEN 'ny'
        ELSE 'varaktig'
    END AS orsak,
    false AS egen
FROM mart.startade AS startade
JOIN core.sjukfall_slut AS slut
    ON slut.patient_nr = startade.patient_nr AND slut.sjukfall_nr = startade.sjukfall_nr
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
    SELECT
        CAST(
            period.data_tom - greatest(installning.gap_days + 29, installning.outcome_window) AS DATE
        ) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
) AS uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till
