-- grain: one row per certified period as last known; revoked certificates are gone, replaced ones stay (national rule)
WITH makulerade AS (
    SELECT DISTINCT intyg_id FROM raw.intyg WHERE handelse = 'makulerat' AND indragen_av IS NULL
),
versioner AS (
    SELECT
        intyg_id, period_nr, kand_fran, leverans_nr, rad_nr, patient_id, vardgivare_id, enhet_id,
        typ, fran, tom, grad, diagnos, kon, alder, har_sgi, ersattning,
        row_number() OVER (
            PARTITION BY intyg_id, period_nr ORDER BY kand_fran DESC, leverans_nr DESC, rad_nr DESC
        ) AS version
    FROM raw.intyg
    WHERE handelse <> 'makulerat' AND indragen_av IS NULL
)
SELECT versioner.*
FROM versioner LEFT JOIN makulerade ON makulerade.intyg_id = versioner.intyg_id
WHERE versioner.version = 1 AND makulerade.intyg_id IS NULL
