-- grain: one row per patient within a vårdgivare: care providers are never joined, so neither are their patients
WITH kanda AS (
    SELECT vardgivare_id, patient_id FROM raw.intyg WHERE indragen_av IS NULL
    UNION
    SELECT vardgivare_id, patient_id FROM raw.koordinering WHERE indragen_av IS NULL
    UNION
    SELECT vardgivare_id, patient_id FROM raw.utfall WHERE indragen_av IS NULL
)
SELECT
    CAST(row_number() OVER (ORDER BY vardgivare_id, patient_id) AS INTEGER) AS patient_nr, vardgivare_id, patient_id
FROM kanda
