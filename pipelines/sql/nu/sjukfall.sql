-- grain: one row per question and patient on sick leave that day on its units, described by the anchor certificate
WITH dagar AS (
    SELECT
        led.fraga_nr, led.patient_nr, period.fran, period.tom,
        max(period.tom) OVER (
            PARTITION BY led.fraga_nr, led.patient_nr ORDER BY period.fran, period.tom, period.intyg_nr, period.period_nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidigare_tom
    FROM nu.led AS led
    JOIN core.intyg_gallande AS period ON period.patient_nr = led.patient_nr AND period.intyg_nr = led.intyg_nr
),
langder AS (
    SELECT
        fraga_nr, patient_nr,
        CAST(sum(greatest(0, tom - greatest(fran - 1, coalesce(tidigare_tom, fran - 1)))) AS INTEGER) AS langd_dagar
    FROM dagar
    GROUP BY fraga_nr, patient_nr
),
spann AS (
    SELECT fraga_nr, patient_nr, min(fran) AS start_datum, max(tom) AS slut_datum, count(*) AS antal_intyg
    FROM nu.led
    GROUP BY fraga_nr, patient_nr
),
ankare AS (
    SELECT
        ankare.fraga_nr, ankare.patient_nr, ankare.intyg_nr, ankare.ar_aktivt,
        max(period.enhet_id) AS enhet_id,
        max(period.diagnos) AS diagnos,
        max(period.bidiagnoser) AS bidiagnoser,
        max(period.kon) AS kon,
        max(period.alder) AS alder,
        count(DISTINCT period.grad) > 1 AS flera_grader,
        max(CASE WHEN fraga.dag BETWEEN period.fran AND period.tom THEN period.grad END) AS aktuell_grad
    FROM nu.ankare AS ankare
    JOIN fraga.nu AS fraga ON fraga.fraga_nr = ankare.fraga_nr
    JOIN core.intyg_gallande AS period ON period.patient_nr = ankare.patient_nr AND period.intyg_nr = ankare.intyg_nr
    GROUP BY ankare.fraga_nr, ankare.patient_nr, ankare.intyg_nr, ankare.ar_aktivt
)
SELECT
    ankare.fraga_nr, ankare.patient_nr, ankare.intyg_nr, ankare.ar_aktivt = 1 AS ar_aktivt,
    spann.start_datum, spann.slut_datum, langder.langd_dagar, CAST(spann.antal_intyg AS INTEGER) AS antal_intyg,
    ankare.enhet_id, ankare.diagnos, ankare.bidiagnoser, ankare.kon, ankare.alder, ankare.flera_grader,
    ankare.aktuell_grad
FROM ankare
JOIN spann ON spann.fraga_nr = ankare.fraga_nr AND spann.patient_nr = ankare.patient_nr
JOIN langder ON langder.fraga_nr = ankare.fraga_nr AND langder.patient_nr = ankare.patient_nr
