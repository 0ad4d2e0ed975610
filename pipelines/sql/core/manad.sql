-- grain: one row per whole month that the deliveries cover
WITH dagar AS (
    SELECT CAST(unnest(generate_series(date_trunc('month', data_fran), data_tom, INTERVAL 1 MONTH)) AS DATE) AS forsta
    FROM core.period
),
manader AS (
    SELECT forsta, CAST(forsta + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) AS sista FROM dagar
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
    manader.sista + installning.late_days > period.data_tom AS preliminar
FROM manader CROSS JOIN core.period AS period CROSS JOIN core.installning AS installning
WHERE manader.forsta >= period.data_fran AND manader.sista <= period.data_tom
