-- grain: one row per sjukfall: the first outcome registered from its last certificate on, and before the next sjukfall
WITH fonster AS (
    SELECT
        sjukfall.patient_nr, sjukfall.sjukfall_nr, sjukfall.sista_intyg_fran,
        least(
            sjukfall.sista_dag + installning.outcome_window,
            coalesce(
                lead(sjukfall.start_datum) OVER (
                    PARTITION BY sjukfall.patient_nr ORDER BY sjukfall.sjukfall_nr
                ) - 1,
                DATE '9999-12-31'
            )
        ) AS fonster_till
    FROM core.sjukfall AS sjukfall CROSS JOIN core.installning AS installning
),
traffar AS (
    SELECT
        fonster.patient_nr, fonster.sjukfall_nr, utfall.datum, utfall.utfall,
        row_number() OVER (PARTITION BY fonster.patient_nr, fonster.sjukfall_nr ORDER BY utfall.datum) AS ordning
    FROM fonster
    JOIN core.utfall AS utfall
        ON utfall.patient_nr = fonster.patient_nr
        AND utfall.datum BETWEEN fonster.sista_intyg_fran AND fonster.fonster_till
)
SELECT
    sjukfall.patient_nr,
    sjukfall.sjukfall_nr,
    least(sjukfall.sista_dag, coalesce(traffar.datum, sjukfall.sista_dag)) AS slut_datum,
    coalesce(traffar.utfall, 'okand') AS orsak
FROM core.sjukfall AS sjukfall
LEFT JOIN traffar
    ON traffar.patient_nr = sjukfall.patient_nr AND traffar.sjukfall_nr = sjukfall.sjukfall_nr AND traffar.ordning = 1
