-- grain: one row per sjukfall: chain of certified periods of one patient with at most gap_days free days between
SELECT
    patient_nr,
    sjukfall_nr,
    min(fran) AS start_datum,
    max(tom) AS sista_dag,
    CAST(sum(nya_dagar) AS INTEGER) AS langd_dagar,
    max(tom) - min(fran) + 1 AS kalenderlangd,
    CAST(count(DISTINCT intyg_nr) AS INTEGER) AS antal_intyg,
    max(CASE WHEN ar_forsta THEN enhet_nr END) AS forsta_enhet_nr,
    max(CASE WHEN ar_forsta THEN alder END) AS forsta_alder,
    max(CASE WHEN ar_forsta THEN diagnosgrupp END) AS forsta_diagnosgrupp,
    max(CASE WHEN ar_forsta THEN grad END) AS forsta_grad,
    max(CASE WHEN ar_sista THEN fran END) AS sista_intyg_fran,
    max(CASE WHEN ar_sista THEN enhet_nr END) AS sista_enhet_nr,
    max(CASE WHEN ar_sista THEN kon END) AS kon
FROM core.nya_perioder
GROUP BY patient_nr, sjukfall_nr
