-- grain: one row: the days that the deliveries of intyg cover, from the senders' own words, else from the rows
WITH sagd AS (
    SELECT min(period_fran) AS data_fran, max(period_till) AS data_tom
    FROM ledger.leverans
    WHERE extrakt = 'intyg' AND status = 'inlast'
),
sedd AS (
    SELECT min(CAST(kand_fran AS DATE)) AS data_fran, max(CAST(kand_fran AS DATE)) AS data_tom
    FROM raw.intyg
    WHERE indragen_av IS NULL
),
-- what has been removed by decision is not covered any more
kvar AS (
    SELECT max(rader_fore) AS fran FROM ledger.gallring
)
SELECT
    greatest(coalesce(sagd.data_fran, sedd.data_fran), kvar.fran) AS data_fran,
    coalesce(sagd.data_tom, sedd.data_tom) AS data_tom
FROM sagd CROSS JOIN sedd CROSS JOIN kvar
