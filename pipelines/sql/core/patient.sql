-- grain: one row per patient ever delivered within a vårdgivare (care providers are never joined); numbers stay
-- These are the patients who have no number yet: they are added to the table, whose rows never change.
WITH kanda AS (
    SELECT vardgivare_id, patient_id FROM core.rader
    UNION
    SELECT vardgivare_id, patient_id FROM raw.koordinering WHERE indragen_av IS NULL
    UNION
    SELECT vardgivare_id, patient_id FROM raw.utfall WHERE indragen_av IS NULL
),
nya AS (
    SELECT kanda.vardgivare_id, kanda.patient_id
    FROM kanda
    LEFT JOIN core.patient AS gammal
        ON gammal.vardgivare_id = kanda.vardgivare_id AND gammal.patient_id = kanda.patient_id
    WHERE gammal.patient_nr IS NULL
)
SELECT
    CAST(forra.antal + row_number() OVER (ORDER BY nya.vardgivare_id, nya.patient_id) AS INTEGER) AS patient_nr,
    nya.vardgivare_id,
    nya.patient_id
FROM nya CROSS JOIN (SELECT coalesce(max(patient_nr), 0) AS antal FROM core.patient) AS forra
