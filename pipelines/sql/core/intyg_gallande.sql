-- grain: one row per certified period as last known; revoked certificates are gone, replaced ones stay (national rule)
WITH makulerade AS (
    SELECT DISTINCT intyg_id FROM raw.intyg WHERE handelse = 'makulerat' AND indragen_av IS NULL
),
versioner AS (
    SELECT
        rader.*,
        row_number() OVER (
            PARTITION BY rader.intyg_id, rader.period_nr
            ORDER BY rader.kand_fran DESC, rader.leverans_nr DESC, rader.rad_nr DESC
        ) AS version
    FROM core.rader AS rader
    LEFT JOIN makulerade ON makulerade.intyg_id = rader.intyg_id
    WHERE rader.handelse <> 'makulerat' AND makulerade.intyg_id IS NULL
)
SELECT
    patient.patient_nr,
    -- the certificate's number within the patient: the same whatever order the rows came in
    CAST(dense_rank() OVER (PARTITION BY patient.patient_nr ORDER BY versioner.intyg_id) AS INTEGER) AS intyg_nr,
    versioner.intyg_id, versioner.period_nr, versioner.handelse, versioner.kand_fran, versioner.enhet_id, versioner.typ,
    versioner.signerad, versioner.fran, versioner.tom, versioner.grad, versioner.diagnos, versioner.bidiagnoser,
    versioner.kon, versioner.alder, versioner.sysselsattning, versioner.har_sgi, versioner.ersattning, versioner.lan_kod,
    versioner.kommun_kod,
    versioner.ersatter_intyg_id, versioner.kompletterar_intyg_id
FROM versioner
JOIN core.patient AS patient
    ON patient.vardgivare_id = versioner.vardgivare_id AND patient.patient_id = versioner.patient_id
WHERE versioner.version = 1
