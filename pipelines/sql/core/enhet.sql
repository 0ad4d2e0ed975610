-- grain: one row per known enhet, by its latest row in the register; enhet_nr 0 is the unknown unit
WITH rader AS (
    SELECT
        enhet_id, namn, vardgivare_id, enhetstyp, omrade, region,
        row_number() OVER (
            PARTITION BY enhet_id ORDER BY giltig_fran DESC, leverans_nr DESC, rad_nr DESC
        ) AS ordning
    FROM raw.enheter
    WHERE indragen_av IS NULL
)
SELECT
    CAST(row_number() OVER (ORDER BY enhet_id) AS INTEGER) AS enhet_nr,
    enhet_id, namn, vardgivare_id, enhetstyp, omrade, region
FROM rader
WHERE ordning = 1
UNION ALL
SELECT 0, 'okand', 'Okänd enhet', NULL, 'okand', NULL, NULL
