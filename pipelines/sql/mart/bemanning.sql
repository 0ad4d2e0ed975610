-- grain: one row per enhet and month with coordinator time stated: full-time posts, and listade where they are known
SELECT enhet.enhet_nr, rader.manad, sum(rader.fte) AS fte, max(listade.antal) AS listade
FROM raw.bemanning AS rader
JOIN core.enhet AS enhet ON enhet.enhet_id = rader.enhet_id
LEFT JOIN (SELECT enhet_nr, manad, sum(antal) AS antal FROM mart.listade GROUP BY enhet_nr, manad) AS listade
    ON listade.enhet_nr = enhet.enhet_nr AND listade.manad = rader.manad
WHERE rader.indragen_av IS NULL AND rader.roll = 'rehabkoordinator'
GROUP BY enhet.enhet_nr, rader.manad
