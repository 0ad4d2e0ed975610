-- grain: one row per sjukfall: chain of certified periods of one patient with at most gap_days free days between
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
    patient_nr,
    sjukfall_nr,
    min(fran),
    max(tom),
    CAST(sum(nya_dagar) AS INTEGER),
    max(tom) - min(fran) + 1,
    CAST(count(DISTINCT intyg_nr) AS INTEGER),
    max(CASE WHEN ar_forsta THEN enhet_nr END),
    max(CASE WHEN ar_forsta THEN alder END),
    max(CASE WHEN ar_forsta THEN diagnosgrupp END),
    max(CASE WHEN ar_forsta THEN grad END),
    max(CASE WHEN ar_sista THEN fran END),
    max(CASE WHEN ar_sista THEN enhet_nr END),
    max(CASE WHEN ar_sista THEN alder END),
    max(CASE WHEN ar_sista THEN diagnosgrupp END),
    max(CASE WHEN ar_sista THEN kon END)
FROM core.nya_perioder
WHERE NOT (ar_forsta AND ar_sista)
GROUP BY patient_nr, sjukfall_nr
