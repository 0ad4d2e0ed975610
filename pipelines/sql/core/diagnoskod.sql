-- grain: one row per diagnosis text ever delivered, with its place in ICD-10-SE (NULL = no valid category); numbers stay
WITH kanda AS (
    SELECT DISTINCT diagnos AS kod FROM core.rader WHERE diagnos IS NOT NULL
),
nya AS (
    SELECT kanda.kod
    FROM kanda LEFT JOIN core.diagnoskod AS gammal ON gammal.kod = kanda.kod
    WHERE gammal.kod IS NULL
),
numrerade AS (
    SELECT diagnos_nr, kod FROM core.diagnoskod
    UNION ALL
    SELECT CAST(forra.antal + row_number() OVER (ORDER BY nya.kod) AS INTEGER), nya.kod
    FROM nya CROSS JOIN (SELECT coalesce(max(diagnos_nr), 0) AS antal FROM core.diagnoskod) AS forra
),
rena AS (
    SELECT
        diagnos_nr, kod,
        -- the primary-care list marks its codes with a last P
        regexp_replace(upper(regexp_replace(kod, '[\s.\-]', '', 'g')), 'P$', '') AS ren
    FROM numrerade
)
SELECT
    rena.diagnos_nr,
    rena.kod,
    left(rena.ren, 3) = kategori.kategori AND regexp_matches(rena.ren, '^[A-Z][0-9][0-9][0-9][0-9A-Z]?$') AS ar_underkod,
    CASE WHEN kategori.kategori IS NOT NULL THEN rena.ren END AS ren,
    kategori.kategori,
    avsnitt.avsnitt,
    avsnitt.kapitel,
    grupper.diagnosgrupp
FROM rena
LEFT JOIN core.diagnoskategori AS kategori ON kategori.kategori = left(rena.ren, 3)
LEFT JOIN core.diagnosavsnitt AS avsnitt ON kategori.kategori BETWEEN avsnitt.fran AND avsnitt.till
LEFT JOIN core.diagnosgrupper AS grupper ON kategori.kategori BETWEEN grupper.fran AND grupper.till
