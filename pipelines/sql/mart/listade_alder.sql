-- grain: one row per enhet, month, sex and age group of the reports: listade; absent when the delivered bands do not fit
WITH grupper AS (
    SELECT
        listade.enhet_id, listade.manad, listade.kon, listade.antal,
        TRY_CAST(regexp_extract(listade.aldersgrupp, '^(\d+)', 1) AS INTEGER) AS fran,
        CASE
            WHEN listade.aldersgrupp LIKE '%+' THEN 999
            ELSE TRY_CAST(regexp_extract(listade.aldersgrupp, '(\d+)$', 1) AS INTEGER)
        END AS till
    FROM raw.listade AS listade
    WHERE listade.indragen_av IS NULL
)
SELECT enhet.enhet_nr, grupper.manad, grupper.kon, aldersband.aldersgrupp, CAST(sum(grupper.antal) AS INTEGER) AS antal
FROM grupper
JOIN core.enhet AS enhet ON enhet.enhet_id = grupper.enhet_id
JOIN core.aldersband AS aldersband ON grupper.fran <= aldersband.till AND grupper.till >= aldersband.fran
GROUP BY enhet.enhet_nr, grupper.manad, grupper.kon, aldersband.aldersgrupp
-- a band that straddles a limit is never split by assumption; and the bands must reach both ends
HAVING min(grupper.fran) = min(aldersband.fran) AND max(grupper.till) = max(aldersband.till)
