-- grain: one row per question, patient and certificate, in the chain that the longest end so far holds together
WITH ordnade AS (
    SELECT
        block.fraga_nr, block.patient_nr, block.intyg_nr, block.fran, block.tom, fraga.glapp,
        max(block.tom) OVER (
            PARTITION BY block.fraga_nr, block.patient_nr ORDER BY block.fran, block.tom, block.kand_fran, block.intyg_nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidigare_tom,
        row_number() OVER (
            PARTITION BY block.fraga_nr, block.patient_nr ORDER BY block.fran, block.tom, block.kand_fran, block.intyg_nr
        ) AS plats
    FROM nu.block AS block
    JOIN fraga.nu AS fraga ON fraga.fraga_nr = block.fraga_nr
)
SELECT
    fraga_nr, patient_nr, intyg_nr,
    CAST(sum(CASE WHEN tidigare_tom IS NULL OR fran - tidigare_tom > glapp + 1 THEN 1 ELSE 0 END) OVER (
        PARTITION BY fraga_nr, patient_nr ORDER BY plats ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS INTEGER) AS kedja_nr
FROM ordnade
