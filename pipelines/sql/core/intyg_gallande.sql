-- grain: one row per certified period as last known; revoked certificates are gone, replaced ones stay (national rule)
WITH makulerade AS (
    SELECT DISTINCT intyg_id FROM core.rader WHERE handelse = 'makulerat'
),
-- nearly every period is delivered once: only those that came again need to be put in order
flera AS (
    SELECT intyg_id, period_nr
    FROM core.rader
    WHERE handelse <> 'makulerat'
    GROUP BY intyg_id, period_nr
    HAVING count(*) > 1
),
versioner AS (
    SELECT
        rader.leverans_nr,
        rader.rad_nr,
        row_number() OVER (
            PARTITION BY rader.intyg_id, rader.period_nr
            ORDER BY rader.kand_fran DESC, rader.leverans_nr DESC, rader.rad_nr DESC
        ) AS version
    FROM core.rader AS rader
    JOIN flera ON flera.intyg_id = rader.intyg_id AND flera.period_nr = rader.period_nr
    WHERE rader.handelse <> 'makulerat'
),
foraldrade AS (
    SELECT leverans_nr, rad_nr FROM versioner WHERE version > 1
)
SELECT
    patient.patient_nr,
    -- the first 60 bits of the id's MD5: the same whatever else has been delivered, in whatever order
    CAST('0x' || left(md5(rader.intyg_id), 15) AS BIGINT) AS intyg_nr,
    rader.intyg_id, rader.period_nr, rader.handelse, rader.kand_fran, rader.enhet_id, rader.typ,
    rader.signerad, rader.fran, rader.tom, rader.grad, rader.diagnos, rader.bidiagnoser,
    rader.kon, rader.alder, rader.sysselsattning, rader.har_sgi, rader.ersattning, rader.lan_kod,
    rader.kommun_kod,
    rader.ersatter_intyg_id, rader.kompletterar_intyg_id
FROM core.rader AS rader
JOIN core.patient AS patient
    ON patient.vardgivare_id = rader.vardgivare_id AND patient.patient_id = rader.patient_id
LEFT JOIN makulerade ON makulerade.intyg_id = rader.intyg_id
LEFT JOIN foraldrade ON foraldrade.leverans_nr = rader.leverans_nr AND foraldrade.rad_nr = rader.rad_nr
WHERE rader.handelse <> 'makulerat' AND makulerade.intyg_id IS NULL AND foraldrade.rad_nr IS NULL
