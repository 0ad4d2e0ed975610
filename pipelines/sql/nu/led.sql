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
efter_brutna AS (
    SELECT
        fraga_nr, patient_nr, intyg_nr, fran, tom, steg,
        sum(CASE WHEN fran <= coalesce(forra_tom, ankare_tom) + glapp + 1 THEN 0 ELSE 1 END) OVER (
            PARTITION BY fraga_nr, patient_nr ORDER BY steg ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS brott
    FROM efter
),
framat AS (
    SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, steg FROM efter_brutna WHERE brott = 0
),
-- the way back begins where the anchor and what follows it begin: a long certificate after the anchor may reach far back
tidigast AS (
    SELECT fraga_nr, patient_nr, min(fran) AS fran FROM framat GROUP BY fraga_nr, patient_nr
),
fore AS (
    SELECT
        sidor.fraga_nr, sidor.patient_nr, sidor.intyg_nr, sidor.fran, sidor.tom, sidor.glapp,
        least(sidor.ankare_fran, coalesce(tidigast.fran, sidor.ankare_fran)) AS borjan,
        row_number() OVER (
            PARTITION BY sidor.fraga_nr, sidor.patient_nr
            ORDER BY sidor.tom DESC, sidor.kand_fran DESC, sidor.intyg_nr DESC
        ) AS steg,
        lag(sidor.fran) OVER (
            PARTITION BY sidor.fraga_nr, sidor.patient_nr
            ORDER BY sidor.tom DESC, sidor.kand_fran DESC, sidor.intyg_nr DESC
        ) AS forra_fran
    FROM sidor
    LEFT JOIN tidigast ON tidigast.fraga_nr = sidor.fraga_nr AND tidigast.patient_nr = sidor.patient_nr
    WHERE sidor.sida = -1
),
fore_brutna AS (
    SELECT
        fraga_nr, patient_nr, intyg_nr, fran, tom, steg,
        sum(CASE WHEN tom >= coalesce(forra_fran, borjan) - glapp - 1 THEN 0 ELSE 1 END) OVER (
            PARTITION BY fraga_nr, patient_nr ORDER BY steg ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS brott
    FROM fore
)
SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, CAST(steg AS INTEGER) AS steg
FROM framat
UNION ALL
SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, CAST(-steg AS INTEGER)
FROM fore_brutna
WHERE brott = 0
UNION ALL
SELECT fraga_nr, patient_nr, intyg_nr, fran, tom, 0 FROM nu.ankare
