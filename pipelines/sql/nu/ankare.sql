-- grain: one row per question and patient shown: the active certificate signed last, else the one that ended recently
WITH ordnade AS (
    SELECT
        block.*,
        row_number() OVER (
            PARTITION BY fraga_nr, patient_nr
            ORDER BY ar_aktivt DESC, signerad DESC NULLS LAST, tom, kand_fran, intyg_nr
        ) AS ordning
    FROM nu.block AS block
    WHERE ar_aktivt = 1 OR ar_avslutat = 1
)
SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, signerad, kand_fran, ar_aktivt
FROM ordnade
WHERE ordning = 1
