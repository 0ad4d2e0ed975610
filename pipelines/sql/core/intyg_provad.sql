-- grain: one row per certified period as last known, with the national rule that leaves it out (NULL = it counts)
SELECT
    patient.patient_nr,
    coalesce(enhet.enhet_nr, 0) AS enhet_nr,
    gallande.intyg_id,
    gallande.kand_fran,
    gallande.leverans_nr,
    gallande.rad_nr,
    gallande.fran,
    gallande.tom,
    gallande.grad,
    gallande.kon,
    gallande.alder,
    coalesce(gallande.har_sgi, 'okand') AS har_sgi,
    coalesce(gallande.ersattning, 'okand') AS ersattning,
    coalesce(diagnos.diagnosgrupp, 'okand') AS diagnosgrupp,
    CASE
        WHEN upper(trim(gallande.typ)) NOT IN ('FK7804', 'LISJP', 'FK7263') THEN 'annan intygstyp'
        WHEN gallande.fran < DATE '2010-01-01' THEN 'börjar före 2010'
        WHEN gallande.tom > period.data_tom + INTERVAL 5 YEAR THEN 'slutar mer än fem år fram'
        WHEN gallande.grad NOT IN (25, 50, 75, 100) THEN 'grad utanför 25, 50, 75 och 100'
    END AS utelamnad
FROM core.intyg_gallande AS gallande
JOIN core.patient AS patient
    ON patient.vardgivare_id = gallande.vardgivare_id AND patient.patient_id = gallande.patient_id
LEFT JOIN core.enhet AS enhet ON enhet.enhet_id = gallande.enhet_id
LEFT JOIN core.diagnos AS diagnos ON diagnos.kod = gallande.diagnos
CROSS JOIN core.period AS period
