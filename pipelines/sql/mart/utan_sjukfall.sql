-- grain: one row per insats on a day when its patient had no open sjukfall with the vårdgivare
WITH kanda AS (
    -- sex as in the patient's latest certificate, whatever became of it
    SELECT
        patient_nr, kon,
        row_number() OVER (PARTITION BY patient_nr ORDER BY fran DESC, kand_fran DESC, intyg_nr DESC, period_nr DESC)
            AS ordning
    FROM core.intyg_provad
)
SELECT
    manad.manad,
    insats.enhet_nr,
    insats.patient_nr,
    coalesce(kanda.kon, 'okand') AS kon
FROM core.koordinering AS insats
JOIN core.manad AS manad ON insats.datum BETWEEN manad.forsta AND manad.sista
LEFT JOIN kanda ON kanda.patient_nr = insats.patient_nr AND kanda.ordning = 1
LEFT JOIN core.sjukfall AS sjukfall
    ON sjukfall.patient_nr = insats.patient_nr
    AND insats.datum BETWEEN sjukfall.start_datum AND sjukfall.sista_dag
WHERE insats.handelse = 'insats' AND manad.har_floden AND sjukfall.patient_nr IS NULL
