-- grain: one row per question, patient and sjukfall of the patient view (ar_framtida = begins after the day: not shown)
WITH ordnade AS (
    SELECT
        block.*,
        fraga.dag,
        fraga.glapp,
        -- compared with the certificate before, not with the longest so far
        lag(block.tom) OVER (
            PARTITION BY block.fraga_nr, block.patient_nr ORDER BY block.fran, block.tom, block.kand_fran, block.intyg_nr
        ) AS forra_tom,
        row_number() OVER (
            PARTITION BY block.fraga_nr, block.patient_nr ORDER BY block.fran, block.tom, block.kand_fran, block.intyg_nr
        ) AS plats
    FROM nu.block AS block
    JOIN fraga.nu AS fraga ON fraga.fraga_nr = block.fraga_nr
),
numrerade AS (
    SELECT
        ordnade.*,
        sum(CASE WHEN forra_tom IS NULL OR fran - forra_tom > glapp + 1 THEN 1 ELSE 0 END) OVER (
            PARTITION BY fraga_nr, patient_nr ORDER BY plats ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS fran_forsta
    FROM ordnade
),
beskrivna AS (
    SELECT
        numrerade.*,
        row_number() OVER (
            PARTITION BY fraga_nr, patient_nr, fran_forsta
            ORDER BY ar_aktivt DESC, signerad DESC NULLS LAST, tom, kand_fran, intyg_nr
        ) AS ordning
    FROM numrerade
),
sjukfall AS (
    SELECT
        fraga_nr, patient_nr, fran_forsta,
        min(fran) AS start_datum,
        max(tom) AS slut_datum,
        CAST(count(*) AS INTEGER) AS antal_intyg,
        max(CASE WHEN ordning = 1 THEN intyg_nr END) AS intyg_nr,
        max(dag) AS dag
    FROM beskrivna
    GROUP BY fraga_nr, patient_nr, fran_forsta
)
SELECT
    sjukfall.fraga_nr,
    sjukfall.patient_nr,
    CAST(row_number() OVER (
        PARTITION BY sjukfall.fraga_nr, sjukfall.patient_nr ORDER BY sjukfall.fran_forsta DESC
    ) AS INTEGER) AS fran_senaste,
    sjukfall.start_datum,
    sjukfall.slut_datum,
    sjukfall.antal_intyg,
    sjukfall.intyg_nr,
    ankare.diagnos,
    coalesce(sjukfall.start_datum > sjukfall.dag, false) AS ar_framtida
FROM sjukfall
JOIN (
    SELECT patient_nr, intyg_nr, max(diagnos) AS diagnos FROM core.intyg_gallande GROUP BY patient_nr, intyg_nr
) AS ankare ON ankare.patient_nr = sjukfall.patient_nr AND ankare.intyg_nr = sjukfall.intyg_nr
