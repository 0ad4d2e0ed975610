-- grain: one row per enhet: its latest number of listade in all ages, as stated or as the sum of bands that cover all ages
WITH grupper AS (
    SELECT
        listade.enhet_id, listade.manad, listade.kon, listade.antal,
        CAST(regexp_extract(listade.aldersgrupp, '^(\d+)', 1) AS INTEGER) AS fran,
        CASE
            WHEN listade.aldersgrupp LIKE '%+' THEN 999
            ELSE CAST(regexp_extract(listade.aldersgrupp, '(\d+)$', 1) AS INTEGER)
        END AS till
    FROM raw.listade AS listade
    WHERE listade.indragen_av IS NULL AND listade.aldersgrupp <> 'alla'
),
kon AS (
    -- bands without gap or overlap from 0 to 999 are a thousand ages wide
    SELECT enhet_id, manad, kon, sum(antal) AS antal, sum(till - fran + 1) = 1000 AS hel
    FROM grupper
    GROUP BY enhet_id, manad, kon
),
totaler AS (
    SELECT enhet_id, manad, antal, 1 AS foretrade
    FROM raw.listade
    WHERE indragen_av IS NULL AND aldersgrupp = 'alla'
    UNION ALL
    SELECT enhet_id, manad, sum(antal), 2
    FROM kon
    GROUP BY enhet_id, manad
    HAVING count(CASE WHEN kon IN ('K', 'M') AND hel THEN 1 END) = 2 AND count(CASE WHEN NOT hel THEN 1 END) = 0
),
rangordnade AS (
    SELECT
        enhet_id, manad, antal,
        row_number() OVER (PARTITION BY enhet_id ORDER BY manad DESC, foretrade) AS ordning
    FROM totaler
)
SELECT enhet.enhet_nr, rangordnade.manad, CAST(rangordnade.antal AS INTEGER) AS antal
FROM rangordnade
JOIN core.enhet AS enhet ON enhet.enhet_id = rangordnade.enhet_id
WHERE rangordnade.ordning = 1
