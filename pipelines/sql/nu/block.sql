-- grain: one row per question and certificate on its units, as one block from first to last day ("just now")
SELECT
    fraga.fraga_nr,
    gallande.patient_nr,
    gallande.intyg_nr,
    min(gallande.fran) AS fran,
    max(gallande.tom) AS tom,
    max(gallande.signerad) AS signerad,
    max(gallande.kand_fran) AS kand_fran,
    -- on a day in its inner gap a certificate is not active
    max(CASE WHEN fraga.dag BETWEEN gallande.fran AND gallande.tom THEN 1 ELSE 0 END) AS ar_aktivt,
    CASE
        WHEN max(gallande.tom) < fraga.dag AND fraga.dag <= max(gallande.tom) + fraga.dagar_efter THEN 1 ELSE 0
    END AS ar_avslutat
FROM fraga.nu AS fraga
JOIN fraga.nu_enhet AS vald ON vald.fraga_nr = fraga.fraga_nr
JOIN core.enhet AS enhet ON enhet.enhet_nr = vald.enhet_nr
JOIN core.intyg_gallande AS gallande ON gallande.enhet_id = enhet.enhet_id
JOIN core.patient AS patient
    ON patient.patient_nr = gallande.patient_nr AND patient.vardgivare_id = fraga.vardgivare_id
LEFT JOIN core.intyg_utbytt AS utbytt ON utbytt.intyg_id = gallande.intyg_id
WHERE utbytt.intyg_id IS NULL
    AND upper(trim(gallande.typ)) IN ('FK7804', 'LISJP', 'FK7263')
    AND fraga.glapp >= 0
GROUP BY fraga.fraga_nr, fraga.dag, fraga.dagar_efter, gallande.patient_nr, gallande.intyg_nr
