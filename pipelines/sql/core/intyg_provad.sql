-- grain: one row per certified period as last known, with the national rule that leaves it out (NULL = it counts)
SELECT
    gallande.patient_nr,
    gallande.intyg_nr,
    gallande.period_nr,
    coalesce(enhet.enhet_nr, 0) AS enhet_nr,
    gallande.kand_fran,
    gallande.fran,
    gallande.tom,
    gallande.grad,
    gallande.kon,
    gallande.alder,
    coalesce(gallande.har_sgi, 'okand') AS har_sgi,
    coalesce(gallande.ersattning, 'okand') AS ersattning,
    -- a county is two digits; 0 = not stated
    coalesce(TRY_CAST(gallande.lan_kod AS SMALLINT), 0) AS lan_nr,
    coalesce(diagnos.diagnos_nr, 0) AS diagnos_nr,
    coalesce(diagnos.diagnosgrupp, 'okand') AS diagnosgrupp,
    CASE
        WHEN upper(trim(gallande.typ)) NOT IN ('FK7804', 'LISJP', 'FK7263') THEN 'annan intygstyp'
        WHEN gallande.fran < DATE '2010-01-01' THEN 'börjar före 2010'
        WHEN gallande.tom > period.data_tom + INTERVAL 5 YEAR THEN 'slutar mer än fem år fram'
        WHEN gallande.tom < gallande.fran THEN 'slutar före sin början'
        WHEN gallande.grad NOT IN (25, 50, 75, 100) THEN 'grad utanför 25, 50, 75 och 100'
        WHEN gallande.alder = -1 THEN 'ålder minus ett'
        WHEN length(trim(gallande.kommun_kod)) > 4 THEN 'kommunkod längre än fyra tecken'
        WHEN enhet.enhet_nr IS NULL AND NOT installning.okand_enhet_raknas THEN 'okänd enhet'
    END AS utelamnad
FROM core.nya_gallande AS gallande
LEFT JOIN core.enhet AS enhet ON enhet.enhet_id = gallande.enhet_id
LEFT JOIN core.diagnoskod AS diagnos ON diagnos.kod = gallande.diagnos
CROSS JOIN core.period AS period
CROSS JOIN core.installning AS installning
