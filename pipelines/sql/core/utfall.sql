-- grain: one row per patient and day with a registered outcome, as last known
WITH versioner AS (
    SELECT
        patient.patient_nr, utfall.datum, utfall.utfall,
        row_number() OVER (
            PARTITION BY patient.patient_nr, utfall.datum
            ORDER BY utfall.kand_fran DESC NULLS LAST, utfall.leverans_nr DESC, utfall.rad_nr DESC
        ) AS version
    FROM raw.utfall AS utfall
    JOIN core.patient AS patient
        ON patient.vardgivare_id = utfall.vardgivare_id AND patient.patient_id = utfall.patient_id
    WHERE utfall.indragen_av IS NULL
)
SELECT
    patient_nr,
    datum,
    CASE
        WHEN utfall IN ('atergang_arbete', 'atergang_arbetssokande', 'atergang_studier') THEN 'atergang'
        WHEN utfall IN ('sjukersattning', 'aktivitetsersattning') THEN 'ersattning'
        WHEN utfall = 'alderspension' THEN 'pension'
        ELSE utfall
    END AS utfall
FROM versioner
WHERE version = 1
