-- grain: one row per sjukfall that ended: days until the patient's next one, until death, or until the last follow-up
WITH senare AS (
    SELECT
        patient_nr, sjukfall_nr, sista_dag,
        lead(start_datum) OVER (PARTITION BY patient_nr ORDER BY sjukfall_nr) AS ny_datum
    FROM core.sjukfall
),
lamnat AS (
    -- who died or moved can no longer be seen to fall ill
    SELECT avslutade.patient_nr, avslutade.sjukfall_nr, utfall.datum, utfall.utfall,
        row_number() OVER (PARTITION BY avslutade.patient_nr, avslutade.sjukfall_nr ORDER BY utfall.datum) AS ordning
    FROM mart.avslutade AS avslutade
    JOIN senare ON senare.patient_nr = avslutade.patient_nr AND senare.sjukfall_nr = avslutade.sjukfall_nr
    JOIN core.utfall AS utfall ON utfall.patient_nr = avslutade.patient_nr AND utfall.datum > senare.sista_dag
    WHERE utfall.utfall IN ('avliden', 'flyttat')
)
SELECT
    avslutade.kvartal,
    avslutade.enhet_nr,
    avslutade.patient_nr,
    avslutade.kon,
    avslutade.diagnos5,
    least(
        coalesce(senare.ny_datum, DATE '9999-12-31'), coalesce(lamnat.datum, DATE '9999-12-31'), period.data_tom
    ) - senare.sista_dag AS dag,
    CASE
        WHEN senare.ny_datum <= period.data_tom AND (lamnat.datum IS NULL OR senare.ny_datum <= lamnat.datum) THEN 'ny'
        WHEN lamnat.datum <= period.data_tom AND lamnat.utfall = 'avliden' THEN 'avliden'
    END AS orsak,
    false AS egen
FROM mart.avslutade AS avslutade
JOIN senare ON senare.patient_nr = avslutade.patient_nr AND senare.sjukfall_nr = avslutade.sjukfall_nr
JOIN core.sjukfall_slut AS slut
    ON slut.patient_nr = avslutade.patient_nr AND slut.sjukfall_nr = avslutade.sjukfall_nr
LEFT JOIN lamnat
    ON lamnat.patient_nr = avslutade.patient_nr AND lamnat.sjukfall_nr = avslutade.sjukfall_nr AND lamnat.ordning = 1
CROSS JOIN core.period AS period
WHERE slut.orsak <> 'avliden'
