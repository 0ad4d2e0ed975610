-- grain: one row per question, patient and certificate linked to the anchor (steg < 0 before it, 0 itself, > 0 after it)
WITH sidor AS (
    SELECT
        block.fraga_nr, block.patient_nr, block.intyg_nr, block.fran, block.tom, block.kand_fran,
        ankare.fran AS ankare_fran,
        ankare.tom AS ankare_tom,
        fraga.glapp,
        CASE
            WHEN block.intyg_nr = ankare.intyg_nr THEN 0
            WHEN block.tom > ankare.tom THEN 1
            WHEN block.tom < ankare.tom THEN -1
            WHEN block.kand_fran > ankare.kand_fran THEN 1
            WHEN block.kand_fran < ankare.kand_fran THEN -1
            WHEN block.intyg_nr > ankare.intyg_nr THEN 1
            ELSE -1
        END AS sida
    FROM nu.block AS block
    JOIN nu.ankare AS ankare ON ankare.fraga_nr = block.fraga_nr AND ankare.patient_nr = block.patient_nr
    JOIN fraga.nu AS fraga ON fraga.fraga_nr = block.fraga_nr
),
efter AS (
    SELECT
        fraga_nr, patient_nr, intyg_nr, fran, tom, glapp, ankare_tom,
        row_number() OVER (PARTITION BY fraga_nr, patient_nr ORDER BY fran, tom, kand_fran, intyg_nr) AS steg,
        -- compared with the block before, not with the longest so far: after a nested short one a later can be cut off
        lag(tom) OVER (PARTITION BY fraga_nr, patient_nr ORDER BY fran, tom, kand_fran, intyg_nr) AS forra_tom
    FROM sidor
    WHERE sida = 1
),
fore AS (
    SELECT
        fraga_nr, patient_nr, intyg_nr, fran, tom, glapp, ankare_fran,
        row_number() OVER (
            PARTITION BY fraga_nr, patient_nr ORDER BY tom DESC, kand_fran DESC, intyg_nr DESC
        ) AS steg,
        lag(fran) OVER (
            PARTITION BY fraga_nr, patient_nr ORDER BY tom DESC, kand_fran DESC, intyg_nr DESC
        ) AS forra_fran
    FROM sidor
    WHERE sida = -1
),
brutna AS (
    SELECT
        fraga_nr, patient_nr, intyg_nr, fran, tom, steg, 1 AS riktning,
        CASE WHEN fran <= coalesce(forra_tom, ankare_tom) + glapp + 1 THEN 0 ELSE 1 END AS bryter
    FROM efter
    UNION ALL
    SELECT
        fraga_nr, patient_nr, intyg_nr, fran, tom, steg, -1,
        CASE WHEN tom >= coalesce(forra_fran, ankare_fran) - glapp - 1 THEN 0 ELSE 1 END
    FROM fore
),
kedjade AS (
    SELECT
        brutna.*,
        sum(bryter) OVER (
            PARTITION BY fraga_nr, patient_nr, riktning ORDER BY steg ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS brott
    FROM brutna
)
SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, CAST(riktning * steg AS INTEGER) AS steg
FROM kedjade
WHERE brott = 0
UNION ALL
SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, 0 FROM nu.ankare
