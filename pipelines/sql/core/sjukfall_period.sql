-- grain: one row per certified period that counts, placed in its sjukfall (patient_nr, sjukfall_nr)
WITH ordnade AS (
    SELECT
        patient_nr, enhet_nr, intyg_id, fran, tom, grad, kon, alder, diagnosgrupp, har_sgi, ersattning,
        row_number() OVER (
            PARTITION BY patient_nr ORDER BY fran, kand_fran, leverans_nr, rad_nr, grad
        ) AS plats,
        max(tom) OVER (
            PARTITION BY patient_nr ORDER BY fran, kand_fran, leverans_nr, rad_nr, grad
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidigare_tom
    FROM core.intyg_provad
    WHERE utelamnad IS NULL
),
kedjade AS (
    SELECT
        ordnade.*,
        CASE WHEN tidigare_tom IS NULL OR fran - tidigare_tom > installning.gap_days + 1 THEN 1 ELSE 0 END AS ar_forsta
    FROM ordnade CROSS JOIN core.installning AS installning
),
numrerade AS (
    SELECT
        kedjade.*,
        CAST(sum(ar_forsta) OVER (
            PARTITION BY patient_nr ORDER BY plats ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS INTEGER) AS sjukfall_nr,
        -- days that no earlier period of the chain has covered; a day is counted once
        CASE
            WHEN ar_forsta = 1 THEN tom - fran + 1
            ELSE greatest(0, tom - greatest(fran - 1, tidigare_tom))
        END AS nya_dagar,
        lead(fran) OVER (PARTITION BY patient_nr ORDER BY plats) AS nasta_fran,
        lead(ar_forsta) OVER (PARTITION BY patient_nr ORDER BY plats) AS nasta_ar_forsta
    FROM kedjade
)
SELECT
    patient_nr, sjukfall_nr, enhet_nr, intyg_id, fran, tom, grad, kon, alder, diagnosgrupp, har_sgi, ersattning,
    ar_forsta = 1 AS ar_forsta,
    coalesce(nasta_ar_forsta, 1) = 1 AS ar_sista,
    -- the last day on which this period is the latest begun of its sjukfall (NULL = as long as the sjukfall lasts)
    CASE WHEN nasta_ar_forsta = 0 THEN nasta_fran - 1 END AS senast_till,
    nya_dagar,
    plats
FROM numrerade
