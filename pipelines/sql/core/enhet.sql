-- grain: one row per known enhet, by its latest row in the register; enhet_nr 0 is the unknown unit
WITH rader AS (
    SELECT
        enhet_id, namn, vardgivare_id, enhetstyp, omrade, region, overordnad_enhet_id,
        row_number() OVER (
            PARTITION BY enhet_id ORDER BY giltig_fran DESC, leverans_nr DESC, rad_nr DESC
        ) AS ordning
    FROM raw.enheter
    WHERE indragen_av IS NULL
),
senaste AS (
    SELECT
        CAST(row_number() OVER (ORDER BY enhet_id) AS INTEGER) AS enhet_nr,
        enhet_id, namn, vardgivare_id, enhetstyp, omrade, region, overordnad_enhet_id
    FROM rader
    WHERE ordning = 1
)
SELECT
    enhet.enhet_nr, enhet.enhet_id, enhet.namn, enhet.vardgivare_id, enhet.enhetstyp, enhet.omrade, enhet.region,
    -- the vårdenhet that the unit belongs to; a unit without one is its own
    coalesce(vardenhet.enhet_nr, enhet.enhet_nr) AS vardenhet_nr
FROM senaste AS enhet
LEFT JOIN senaste AS vardenhet ON vardenhet.enhet_id = enhet.overordnad_enhet_id
UNION ALL
SELECT 0, 'okand', 'Okänd enhet', NULL, 'okand', NULL, NULL, 0
