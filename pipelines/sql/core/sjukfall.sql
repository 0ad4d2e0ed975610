-- grain: one row per sjukfall: chain of certified periods of one patient with at most gap_days free days between
WITH delade AS (
    SELECT DISTINCT patient_nr, intyg_nr FROM core.nya_perioder WHERE period_nr <> 1
),
-- a chain has as many certificates as periods, except where one certificate has several of them
overtaliga AS (
    SELECT rader.patient_nr, rader.sjukfall_nr, count(*) - count(DISTINCT rader.intyg_nr) AS antal
    FROM core.nya_perioder AS rader
    JOIN delade ON delade.patient_nr = rader.patient_nr AND delade.intyg_nr = rader.intyg_nr
    GROUP BY rader.patient_nr, rader.sjukfall_nr
),
kedjor AS (
    SELECT
        patient_nr,
        sjukfall_nr,
        min(fran) AS start_datum,
        max(tom) AS sista_dag,
        CAST(sum(nya_dagar) AS INTEGER) AS langd_dagar,
        count(*) AS antal_perioder,
        max(CASE WHEN ar_forsta THEN enhet_nr END) AS forsta_enhet_nr,
        max(CASE WHEN ar_forsta THEN alder END) AS forsta_alder,
        max(CASE WHEN ar_forsta THEN diagnosgrupp END) AS forsta_diagnosgrupp,
        max(CASE WHEN ar_forsta THEN grad END) AS forsta_grad,
        max(CASE WHEN ar_sista THEN fran END) AS sista_intyg_fran,
        max(CASE WHEN ar_sista THEN enhet_nr END) AS sista_enhet_nr,
        max(CASE WHEN ar_sista THEN alder END) AS sista_alder,
        max(CASE WHEN ar_sista THEN diagnosgrupp END) AS sista_diagnosgrupp,
        max(CASE WHEN ar_sista THEN kon END) AS kon
    FROM core.nya_perioder
    WHERE NOT (ar_forsta AND ar_sista)
    GROUP BY patient_nr, sjukfall_nr
)
SELECT
    patient_nr,
    sjukfall_nr,
    fran AS start_datum,
    tom AS sista_dag,
    nya_dagar AS langd_dagar,
    nya_dagar AS kalenderlangd,
    1 AS antal_intyg,
    enhet_nr AS forsta_enhet_nr,
    alder AS forsta_alder,
    diagnosgrupp AS forsta_diagnosgrupp,
    grad AS forsta_grad,
    fran AS sista_intyg_fran,
    enhet_nr AS sista_enhet_nr,
    alder AS sista_alder,
    diagnosgrupp AS sista_diagnosgrupp,
    kon
FROM core.nya_perioder
WHERE ar_forsta AND ar_sista -- a chain of one period is that period: nothing to group
UNION ALL
SELECT
    kedjor.patient_nr,
    kedjor.sjukfall_nr,
    kedjor.start_datum,
    kedjor.sista_dag,
    kedjor.langd_dagar,
    kedjor.sista_dag - kedjor.start_datum + 1,
    CAST(kedjor.antal_perioder - coalesce(overtaliga.antal, 0) AS INTEGER),
    kedjor.forsta_enhet_nr,
    kedjor.forsta_alder,
    kedjor.forsta_diagnosgrupp,
    kedjor.forsta_grad,
    kedjor.sista_intyg_fran,
    kedjor.sista_enhet_nr,
    kedjor.sista_alder,
    kedjor.sista_diagnosgrupp,
    kedjor.kon
FROM kedjor
LEFT JOIN overtaliga ON overtaliga.patient_nr = kedjor.patient_nr AND overtaliga.sjukfall_nr = kedjor.sjukfall_nr
