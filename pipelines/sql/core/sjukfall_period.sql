-- grain: one row per certified period that counts, placed in its sjukfall (patient_nr, sjukfall_nr)
WITH ordnade AS (
    SELECT
        patient_nr, intyg_nr, period_nr, enhet_nr, fran, tom, grad, kon, alder, har_sgi, ersattning, lan_nr, diagnos_nr,
        diagnosgrupp,
        -- of periods that start together the last is the one received last, then the one with the highest grade
        row_number() OVER (PARTITION BY patient_nr ORDER BY fran, kand_fran, intyg_nr, grad, period_nr) AS plats,
        max(tom) OVER (
            PARTITION BY patient_nr ORDER BY fran, kand_fran, intyg_nr, grad, period_nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidigare_tom,
        lead(fran) OVER (PARTITION BY patient_nr ORDER BY fran, kand_fran, intyg_nr, grad, period_nr) AS nasta_fran
    FROM core.nya_provade
    WHERE utelamnad IS NULL
),
kedjade AS (
    SELECT
        patient_nr, intyg_nr, period_nr, enhet_nr, fran, tom, grad, kon, alder, har_sgi, ersattning, lan_nr, diagnos_nr,
        diagnosgrupp,
        CAST(plats AS INTEGER) AS plats,
        tidigare_tom IS NULL OR fran - tidigare_tom > installning.gap_days + 1 AS ar_forsta,
        nasta_fran IS NULL
            OR nasta_fran - greatest(tom, coalesce(tidigare_tom, tom)) > installning.gap_days + 1 AS ar_sista,
        nasta_fran,
        -- days that no earlier period of the chain has covered; a day is counted once
        CASE
            WHEN tidigare_tom IS NULL OR fran - tidigare_tom > installning.gap_days + 1 THEN tom - fran + 1
            ELSE greatest(0, tom - greatest(fran - 1, tidigare_tom))
        END AS nya_dagar
    FROM ordnade CROSS JOIN core.installning AS installning
)
SELECT
    patient_nr,
    -- a sjukfall is numbered by the place of its first period
    last_value(CASE WHEN ar_forsta THEN plats END IGNORE NULLS) OVER (
        PARTITION BY patient_nr ORDER BY plats ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS sjukfall_nr,
    enhet_nr, intyg_nr, period_nr, fran, tom, grad, kon, alder, har_sgi, ersattning, lan_nr, diagnos_nr,
    diagnosgrupp, ar_forsta, ar_sista,
    -- the last day on which this period is the latest begun of its sjukfall (NULL = as long as the sjukfall lasts)
    CASE WHEN NOT ar_sista THEN nasta_fran - 1 END AS senast_till,
    nya_dagar,
    plats
FROM kedjade
