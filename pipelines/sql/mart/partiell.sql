-- grain: one row per started sjukfall above 25 percent: day of its first lower grade, of its end, or of the last follow-up
SELECT
    startade.kvartal,
    startade.enhet_nr,
    startade.patient_nr,
    startade.kon,
    startade.diagnos5,
    startade.aldersgrupp,
    least(coalesce(lagre.datum, startade.sista_dag), uppfoljning.foljd_till) - startade.start_datum + 1 AS dag,
    CASE
        WHEN lagre.datum <= uppfoljning.foljd_till THEN 'partiell'
        WHEN lagre.datum IS NULL AND startade.sista_dag <= uppfoljning.foljd_till THEN 'avslut'
    END AS orsak,
    false AS egen
FROM mart.startade AS startade
LEFT JOIN (
    -- certificates that begin on the first day together with a higher grade do not lower it
    SELECT period.patient_nr, period.sjukfall_nr, min(period.fran) AS datum
    FROM core.sjukfall_period AS period
    JOIN core.sjukfall AS sjukfall
        ON sjukfall.patient_nr = period.patient_nr AND sjukfall.sjukfall_nr = period.sjukfall_nr
    WHERE period.grad < sjukfall.forsta_grad AND period.fran > sjukfall.start_datum
    GROUP BY period.patient_nr, period.sjukfall_nr
) AS lagre
    ON lagre.patient_nr = startade.patient_nr AND lagre.sjukfall_nr = startade.sjukfall_nr
CROSS JOIN (
    -- an end is known when gap_days + 1 later days are
    SELECT CAST(period.data_tom - (installning.gap_days + 1) AS DATE) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
) AS uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till AND startade.startgrad <> '25'
