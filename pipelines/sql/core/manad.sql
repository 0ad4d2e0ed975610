-- grain: one row per whole month that the deliveries cover
-- `andrad`: the last day on which a certificate or an event of coordination that touches the month became known, was corrected
-- or revoked, when that was after the month was closed (`late_days` after its end). By the senders' own times: the same in
-- whatever order it came.
WITH dagar AS (
    SELECT CAST(unnest(generate_series(date_trunc('month', data_fran), data_tom, INTERVAL 1 MONTH)) AS DATE) AS forsta
    FROM core.period
),
manader AS (
    SELECT forsta, CAST(forsta + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) AS sista FROM dagar
),
stangt AS (
    -- so long after the first day of a month nothing is awaited for it
    SELECT INTERVAL 1 MONTH + to_days(CAST(late_days AS INTEGER)) AS efter FROM core.installning
),
sena AS (
    SELECT rader.intyg_id, CAST(rader.kand_fran AS DATE) AS kand
    FROM raw.intyg AS rader CROSS JOIN stangt
    WHERE rader.indragen_av IS NULL AND rader.kand_fran > date_trunc('month', rader.fran) + stangt.efter
),
sen_koordinering AS (
    SELECT rader.handelse_id, CAST(rader.kand_fran AS DATE) AS kand
    FROM raw.koordinering AS rader CROSS JOIN stangt
    WHERE rader.indragen_av IS NULL AND rader.kand_fran > date_trunc('month', rader.datum) + stangt.efter
),
-- a correction touches what the certificate said before, too: every period that was ever said of it
berorda AS (
    SELECT
        CAST(date_trunc('month', rader.fran) AS DATE) AS forsta, rader.tom AS sista, sena.kand
    FROM sena JOIN raw.intyg AS rader ON rader.intyg_id = sena.intyg_id AND rader.indragen_av IS NULL
    GROUP BY ALL
    UNION
    SELECT CAST(date_trunc('month', rader.datum) AS DATE), rader.datum, sena.kand
    FROM sen_koordinering AS sena
    JOIN raw.koordinering AS rader ON rader.handelse_id = sena.handelse_id AND rader.indragen_av IS NULL
),
andrade AS (
    SELECT manader.forsta, max(berorda.kand) AS andrad
    FROM manader
    JOIN berorda ON manader.forsta >= berorda.forsta AND manader.forsta <= berorda.sista
    CROSS JOIN core.installning AS installning
    WHERE berorda.kand > manader.sista + installning.late_days
    GROUP BY manader.forsta
)
SELECT
    strftime(manader.forsta, '%Y-%m') AS manad,
    manader.forsta,
    manader.sista,
    strftime(date_trunc('quarter', manader.forsta) + INTERVAL 2 MONTH, '%Y-%m') AS kvartal,
    -- a case that starts in the first days may continue one that ended before the extract began
    manader.forsta > period.data_fran + installning.gap_days AS har_floden,
    -- an end in the month is known when gap_days + 1 later days are
    manader.sista + installning.gap_days + 1 <= period.data_tom AS har_slut,
    -- every case of the month has been followed for ninety days from its target day
    manader.forsta > period.data_fran + installning.gap_days
    AND manader.sista + installning.target_day - 1 + 90 <= period.data_tom AS har_nittio_dagar,
    manader.sista + installning.late_days > period.data_tom AS preliminar,
    andrade.andrad
FROM manader CROSS JOIN core.period AS period CROSS JOIN core.installning AS installning
LEFT JOIN andrade ON andrade.forsta = manader.forsta
WHERE manader.forsta >= period.data_fran AND manader.sista <= period.data_tom
