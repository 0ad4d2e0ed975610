-- grain: one row per question and patient: certified days of the chain with the active certificate (no day: of the last)
WITH vald AS (
    SELECT kedja.fraga_nr, kedja.patient_nr, max(kedja.kedja_nr) AS kedja_nr
    FROM nu.kedja AS kedja
    JOIN fraga.nu AS fraga ON fraga.fraga_nr = kedja.fraga_nr
    LEFT JOIN nu.ankare AS ankare
        ON ankare.fraga_nr = kedja.fraga_nr AND ankare.patient_nr = kedja.patient_nr
        AND ankare.intyg_nr = kedja.intyg_nr AND ankare.ar_aktivt = 1
    WHERE fraga.dag IS NULL OR ankare.intyg_nr IS NOT NULL
    GROUP BY kedja.fraga_nr, kedja.patient_nr
),
dagar AS (
    SELECT
        vald.fraga_nr, vald.patient_nr, period.fran, period.tom,
        max(period.tom) OVER (
            PARTITION BY vald.fraga_nr, vald.patient_nr
            ORDER BY period.fran, period.tom, period.intyg_nr, period.period_nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidigare_tom
    FROM vald
    JOIN nu.kedja AS kedja
        ON kedja.fraga_nr = vald.fraga_nr AND kedja.patient_nr = vald.patient_nr AND kedja.kedja_nr = vald.kedja_nr
    JOIN core.intyg_gallande AS period ON period.patient_nr = kedja.patient_nr AND period.intyg_nr = kedja.intyg_nr
)
SELECT
    fraga_nr, patient_nr,
    CAST(sum(greatest(0, tom - greatest(fran - 1, coalesce(tidigare_tom, fran - 1)))) AS INTEGER) AS langd_dagar
FROM dagar
GROUP BY fraga_nr, patient_nr
