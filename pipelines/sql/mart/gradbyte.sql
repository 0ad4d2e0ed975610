-- grain: one row per started sjukfall and change of grade: day 0 = first grade, till 0 = ended, till NULL = followed no longer
WITH fall AS (
    SELECT
        startade.*,
        least(startade.sista_dag, uppfoljning.foljd_till) AS sist_sedd,
        startade.sista_dag <= uppfoljning.foljd_till AS avslutat
    FROM mart.startade AS startade
    CROSS JOIN (
        -- an end is known when gap_days + 1 later days are
        SELECT CAST(period.data_tom - (installning.gap_days + 1) AS DATE) AS foljd_till
        FROM core.period AS period CROSS JOIN core.installning AS installning
    ) AS uppfoljning
    WHERE startade.start_datum <= uppfoljning.foljd_till
),
begynta AS (
    -- the grade is that of the period begun latest; one that begins on the day the sjukfall ends lasts no day more
    SELECT
        fall.kvartal, fall.enhet_nr, fall.patient_nr, fall.sjukfall_nr, fall.kon, fall.start_datum, fall.sist_sedd,
        fall.avslutat, period.fran, period.grad,
        row_number() OVER (
            PARTITION BY fall.patient_nr, fall.sjukfall_nr, period.fran ORDER BY period.plats DESC
        ) AS bakifran
    FROM fall
    JOIN core.sjukfall_period AS period
        ON period.patient_nr = fall.patient_nr AND period.sjukfall_nr = fall.sjukfall_nr
    WHERE period.fran = fall.start_datum OR period.fran < fall.sist_sedd
        OR (period.fran = fall.sist_sedd AND NOT fall.avslutat)
),
led AS (
    SELECT
        kvartal, enhet_nr, patient_nr, kon, start_datum, sist_sedd, avslutat, fran, grad,
        lag(grad) OVER (PARTITION BY patient_nr, sjukfall_nr ORDER BY fran) AS fore,
        lead(fran) OVER (PARTITION BY patient_nr, sjukfall_nr ORDER BY fran) AS nasta_fran
    FROM begynta
    WHERE bakifran = 1
)
SELECT
    kvartal, enhet_nr, patient_nr, kon,
    CASE WHEN fore IS NULL THEN 0 ELSE fran - start_datum + 1 END AS dag,
    fore AS fran_grad,
    grad AS till_grad
FROM led
WHERE fore IS NULL OR fore <> grad
UNION ALL
SELECT
    kvartal, enhet_nr, patient_nr, kon,
    sist_sedd - start_datum + 1,
    grad,
    CASE WHEN avslutat THEN 0 END
FROM led
WHERE nasta_fran IS NULL
