-- grain: one row per question, its period and sjukfall counted in it, described as the national rule does
WITH raknade AS (
    SELECT
        fraga_nr, period_nr, vardgivare_id, patient_nr, sjukfall_nr,
        max(tom) AS slut,
        max(alder) AS alder,
        max(plats) AS plats
    FROM nationell.matchande
    GROUP BY fraga_nr, period_nr, vardgivare_id, patient_nr, sjukfall_nr
),
langder AS (
    SELECT
        raknade.fraga_nr, raknade.period_nr, raknade.patient_nr, raknade.sjukfall_nr,
        min(rad.fran) AS start_datum,
        -- every period of the chain begun by the end of the last matching one, on whatever unit
        CAST(sum(CASE WHEN rad.fran <= raknade.slut THEN rad.nya_dagar END) AS INTEGER) AS langd_dagar,
        CAST(count(DISTINCT CASE WHEN rad.fran <= raknade.slut THEN rad.intyg_nr END) AS INTEGER) AS antal_intyg,
        -- certified days up to and including the last day of the question's period
        CAST(
            sum(CASE WHEN rad.fran <= period.sista THEN rad.nya_dagar END)
            - greatest(0, max(CASE WHEN rad.fran <= period.sista THEN rad.tom END) - max(period.sista)) AS INTEGER
        ) AS dagar_hittills
    FROM raknade
    JOIN fraga.period AS period ON period.fraga_nr = raknade.fraga_nr AND period.period_nr = raknade.period_nr
    JOIN core.sjukfall_period AS rad
        ON rad.patient_nr = raknade.patient_nr AND rad.sjukfall_nr = raknade.sjukfall_nr
        AND rad.fran <= greatest(raknade.slut, period.sista)
    GROUP BY raknade.fraga_nr, raknade.period_nr, raknade.patient_nr, raknade.sjukfall_nr
),
valda_langder AS (
    SELECT fraga_nr, fran, till FROM fraga.langd
    UNION ALL
    SELECT fraga_nr, NULL, NULL FROM fraga.fraga WHERE alla_langder
)
SELECT
    raknade.fraga_nr,
    raknade.period_nr,
    raknade.vardgivare_id,
    raknade.patient_nr,
    raknade.sjukfall_nr,
    raknade.alder,
    langder.start_datum,
    raknade.slut AS slut_datum,
    langder.langd_dagar,
    langder.antal_intyg,
    langder.dagar_hittills,
    sista.kon,
    sista.lan_nr,
    sista.enhet_nr,
    sista.diagnos_nr,
    sista.grad
FROM raknade
JOIN langder
    ON langder.fraga_nr = raknade.fraga_nr AND langder.period_nr = raknade.period_nr
    AND langder.patient_nr = raknade.patient_nr AND langder.sjukfall_nr = raknade.sjukfall_nr
JOIN core.sjukfall_period AS sista
    ON sista.patient_nr = raknade.patient_nr AND sista.plats = raknade.plats
JOIN valda_langder
    ON valda_langder.fraga_nr = raknade.fraga_nr
    AND langder.langd_dagar >= coalesce(valda_langder.fran, langder.langd_dagar)
    AND langder.langd_dagar <= coalesce(valda_langder.till, langder.langd_dagar)
