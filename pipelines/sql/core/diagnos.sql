-- grain: one row per delivered diagnosis text, with its group (absent = no valid ICD-10-SE code)
WITH texter AS (
    SELECT DISTINCT diagnos AS kod, upper(regexp_replace(diagnos, '[\s.\-]', '', 'g')) AS ren
    FROM raw.intyg
    WHERE diagnos IS NOT NULL AND indragen_av IS NULL
)
SELECT texter.kod, grupper.diagnosgrupp
FROM texter
JOIN core.diagnosgrupper AS grupper
    ON regexp_matches(texter.ren, '^[A-Z][0-9][0-9]') AND left(texter.ren, 3) BETWEEN grupper.fran AND grupper.till
