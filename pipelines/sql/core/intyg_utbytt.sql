-- grain: one row per certificate that another, not revoked, replaces or completes (left out of "just now", counted else)
WITH makulerade AS (
    SELECT DISTINCT intyg_id FROM raw.intyg WHERE handelse = 'makulerat' AND indragen_av IS NULL
),
utbyten AS (
    SELECT intyg_id AS av, ersatter_intyg_id AS intyg_id FROM core.intyg_gallande WHERE ersatter_intyg_id IS NOT NULL
    UNION
    SELECT intyg_id, kompletterar_intyg_id FROM core.intyg_gallande WHERE kompletterar_intyg_id IS NOT NULL
),
makulerade_utbyten AS (
    SELECT rader.ersatter_intyg_id AS intyg_id
    FROM raw.intyg AS rader JOIN makulerade ON makulerade.intyg_id = rader.intyg_id
    WHERE rader.ersatter_intyg_id IS NOT NULL AND rader.indragen_av IS NULL
)
SELECT intyg_id FROM utbyten
UNION
-- the sender says that it is replaced: so it is, unless the one that replaced it is known and revoked
SELECT gallande.intyg_id
FROM core.intyg_gallande AS gallande
LEFT JOIN makulerade_utbyten ON makulerade_utbyten.intyg_id = gallande.intyg_id
WHERE gallande.handelse = 'ersatt' AND makulerade_utbyten.intyg_id IS NULL
