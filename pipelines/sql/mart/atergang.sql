-- grain: one row per started sjukfall: day and registered cause of its end, or the last day it was followed (NULL)
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
    least(slut.slut_datum, uppfoljning.foljd_till) - startade.start_datum + 1 AS dag,
    -- a patient who moved is censored on that day: what became of the case is not known
    CASE WHEN slut.slut_datum <= uppfoljning.foljd_till AND slut.orsak <> 'flyttat' THEN slut.orsak END AS orsak,
    false AS egen
FROM mart.startade AS startade
JOIN core.sjukfall_slut AS slut
    ON slut.patient_nr = startade.patient_nr AND slut.sjukfall_nr = startade.sjukfall_nr
CROSS JOIN (
    -- every end up to this day has had the whole window in which its outcome is registered
    SELECT
        CAST(
            period.data_tom - greatest(installning.gap_days + 1, installning.outcome_window) AS DATE
        ) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
) AS uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till
