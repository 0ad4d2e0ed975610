-- grain: one row per started sjukfall that has been followed: what it could be recognised by, from fine to coarse, and how it went
WITH uppfoljning AS (
    SELECT
        -- every end up to this day has had the whole window in which its outcome is registered
        CAST(period.data_tom - greatest(installning.gap_days + 1, installning.outcome_window) AS DATE) AS foljd_till
    FROM core.period AS period CROSS JOIN core.installning AS installning
)
SELECT
    startade.patient_nr,
    startade.kon,
    coalesce(startade.aldersgrupp, 'okand') AS aldersgrupp,
    CASE
        WHEN startade.aldersgrupp IN ('18-27', '28-37') THEN '18-37'
        WHEN startade.aldersgrupp IN ('38-47', '48-57') THEN '38-57'
        ELSE coalesce(startade.aldersgrupp, 'okand')
    END AS alder20,
    startade.diagnosgrupp,
    startade.diagnos5,
    enhet.enhet_id,
    -- unlike names never meet: the område of one region is not that of another, and units without område have their own
    'omrade:' || coalesce(enhet.region, 'okand') || '/' || coalesce(enhet.omrade, 'okand') AS omrade_id,
    'region:' || coalesce(enhet.region, 'okand') AS region_id,
    startade.manad,
    left(startade.manad, 4) || CASE
        WHEN right(startade.manad, 2) <= '03' THEN '-K1'
        WHEN right(startade.manad, 2) <= '06' THEN '-K2'
        WHEN right(startade.manad, 2) <= '09' THEN '-K3'
        ELSE '-K4'
    END AS kvartal,
    left(startade.manad, 4) AS ar,
    'alla' AS alla,
    sjukfall.langd_dagar,
    sjukfall.antal_intyg,
    sjukfall.forsta_grad,
    CAST(least(slut.slut_datum, uppfoljning.foljd_till) - startade.start_datum + 1 AS INTEGER) AS foljd_dagar,
    CASE WHEN slut.slut_datum <= uppfoljning.foljd_till THEN slut.orsak ELSE 'pagar' END AS slut,
    -- what is known of insatser is known as far as the case is followed
    CASE
        WHEN insats.insats_datum <= uppfoljning.foljd_till
        THEN CAST(insats.insats_datum - startade.start_datum + 1 AS INTEGER)
    END AS insats_dag,
    CASE
        WHEN insats.insats_datum <= uppfoljning.foljd_till
        THEN coalesce(insats.insats_egen_datum = insats.insats_datum, false)
    END AS insats_egen
FROM mart.startade AS startade
JOIN core.sjukfall AS sjukfall
    ON sjukfall.patient_nr = startade.patient_nr AND sjukfall.sjukfall_nr = startade.sjukfall_nr
JOIN core.sjukfall_slut AS slut
    ON slut.patient_nr = startade.patient_nr AND slut.sjukfall_nr = startade.sjukfall_nr
JOIN core.enhet AS enhet ON enhet.enhet_nr = startade.enhet_nr
LEFT JOIN core.forsta_insats AS insats
    ON insats.patient_nr = startade.patient_nr AND insats.sjukfall_nr = startade.sjukfall_nr
CROSS JOIN uppfoljning
WHERE startade.start_datum <= uppfoljning.foljd_till
