-- grain: one row per enhet, month, sex and age group of a breakdown: listade; absent when the delivered bands do not fit
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
),
band AS (
    -- patients of other ages are not counted, so they are not listed either
    SELECT
        band.indelning, band.grupp,
        greatest(band.fran, installning.age_from) AS fran,
        least(band.till, installning.age_to) AS till
    FROM core.band AS band CROSS JOIN core.installning AS installning
    WHERE band.indelning IN ('aldersgrupp', 'alder_nationell')
)
SELECT
    enhet.enhet_nr, grupper.manad, grupper.kon, band.indelning, band.grupp, CAST(sum(grupper.antal) AS INTEGER) AS antal
FROM grupper
JOIN core.enhet AS enhet ON enhet.enhet_id = grupper.enhet_id
JOIN band ON grupper.fran <= band.till AND grupper.till >= band.fran
GROUP BY enhet.enhet_nr, grupper.manad, grupper.kon, band.indelning, band.grupp
-- a band that straddles a limit is never split by assumption; and the bands must reach both ends
HAVING min(grupper.fran) = min(band.fran) AND max(grupper.till) = max(band.till)
