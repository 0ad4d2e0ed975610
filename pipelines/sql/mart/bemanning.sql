-- grain: one row per enhet and month with coordinator time stated: full-time posts
SELECT enhet.enhet_nr, rader.manad, sum(rader.fte) AS fte
FROM raw.bemanning AS rader
JOIN core.enhet AS enhet ON enhet.enhet_id = rader.enhet_id
WHERE rader.indragen_av IS NULL AND rader.roll = 'rehabkoordinator'
GROUP BY enhet.enhet_nr, rader.manad
