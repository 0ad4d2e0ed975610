-- grain: one row per enhet, month and sex: listade in the age band; absent when the delivered bands do not fit it
WITH grupper AS (
    SELECT
        listade.enhet_id, listade.manad, listade.kon, listade.antal,
        TRY_CAST(regexp_extract(listade.aldersgrupp, '^(\d+)', 1) AS INTEGER) AS fran,
        CASE
            WHEN listade.aldersgrupp LIKE '%+' THEN 999
            ELSE TRY_CAST(regexp_extract(listade.aldersgrupp, '(\d+)$', 1) AS INTEGER)
        END AS till
    FROM raw.listade AS listade
    -- a total has no age: it gives no rate and is never split by assumption (nor cast, whichever is done first)
    WHERE listade.indragen_av IS NULL AND listade.aldersgrupp <> 'alla'
)
SELECT
    enhet.enhet_nr,
    grupper.manad,
    grupper.kon,
    CAST(sum(CASE WHEN grupper.fran >= installning.age_from AND grupper.till <= installning.age_to
        THEN grupper.antal ELSE 0 END) AS INTEGER) AS antal
FROM grupper
JOIN core.enhet AS enhet ON enhet.enhet_id = grupper.enhet_id
CROSS JOIN core.installning AS installning
GROUP BY enhet.enhet_nr, grupper.manad, grupper.kon
-- a band that straddles the limits is never split by assumption; and the band must reach both ends
HAVING count(CASE WHEN grupper.fran < installning.age_from AND grupper.till >= installning.age_from THEN 1 END) = 0
    AND count(CASE WHEN grupper.fran <= installning.age_to AND grupper.till > installning.age_to THEN 1 END) = 0
    AND min(CASE WHEN grupper.fran >= installning.age_from THEN grupper.fran END) = min(installning.age_from)
    AND max(CASE WHEN grupper.till <= installning.age_to THEN grupper.till END) = max(installning.age_to)
