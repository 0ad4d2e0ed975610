-- grain: one row per certified period (or sjukfall) and kind of fault that it has, by the month of its first day
WITH intyg AS (
    SELECT
        patient_nr, enhet_nr, fran, tom, alder, diagnosgrupp,
        tom > CAST(kand_fran AS DATE) + INTERVAL 1 YEAR AS slutar_langt_fram
    FROM core.intyg_provad
    WHERE utelamnad IS NULL OR utelamnad = 'slutar mer än fem år fram'
),
overlappande AS (
    SELECT patient_nr, sjukfall_nr, plats, enhet_nr, fran
    FROM core.sjukfall_period
    WHERE nya_dagar < tom - fran + 1
),
for_hog_grad AS (
    -- the sum of the grades is highest on a day when some certificate begins
    SELECT rad.patient_nr, rad.plats, rad.enhet_nr, rad.fran
    FROM overlappande AS rad
    JOIN core.sjukfall_period AS samtidig
        ON samtidig.patient_nr = rad.patient_nr AND samtidig.sjukfall_nr = rad.sjukfall_nr
        AND samtidig.fran <= rad.fran AND samtidig.tom >= rad.fran
    GROUP BY rad.patient_nr, rad.plats, rad.enhet_nr, rad.fran
    HAVING sum(samtidig.grad) > 100
),
-- few persons are known at several vårdgivare: theirs are set against each other and no others, however the rest is planned
flera AS MATERIALIZED (
    SELECT patient_id FROM core.patient GROUP BY patient_id HAVING count(*) > 1
),
deras AS MATERIALIZED (
    SELECT
        patient.patient_id, patient.vardgivare_id, sjukfall.patient_nr, sjukfall.sjukfall_nr,
        sjukfall.forsta_enhet_nr AS enhet_nr, sjukfall.start_datum, sjukfall.sista_dag
    FROM flera
    JOIN core.patient AS patient ON patient.patient_id = flera.patient_id
    JOIN core.sjukfall AS sjukfall ON sjukfall.patient_nr = patient.patient_nr
),
delade AS (
    -- the same person at two vårdgivare with so few days between that one vårdgivare would have had one sjukfall
    SELECT DISTINCT deras.patient_nr, deras.sjukfall_nr, deras.enhet_nr, deras.start_datum
    FROM deras
    CROSS JOIN core.installning AS installning
    JOIN deras AS annat
        ON annat.patient_id = deras.patient_id AND annat.vardgivare_id <> deras.vardgivare_id
        AND annat.start_datum <= deras.sista_dag + installning.gap_days + 1
        AND deras.start_datum <= annat.sista_dag + installning.gap_days + 1
),
fel AS (
    SELECT enhet_nr, fran AS dag, 'slutar mer än ett år fram' AS fel, patient_nr FROM intyg WHERE slutar_langt_fram
    UNION ALL
    SELECT enhet_nr, fran, 'ålder över 100', patient_nr FROM intyg WHERE alder > 100
    UNION ALL
    SELECT enhet_nr, fran, 'okänd diagnos', patient_nr FROM intyg WHERE diagnosgrupp = 'okand'
    UNION ALL
    SELECT enhet_nr, fran, 'överlappar ett tidigare intyg', patient_nr FROM overlappande
    UNION ALL
    SELECT enhet_nr, fran, 'grad över 100 tillsammans', patient_nr FROM for_hog_grad
    UNION ALL
    SELECT enhet_nr, start_datum, 'delat mellan vårdgivare', patient_nr FROM delade
)
SELECT enhet_nr, strftime(dag, '%Y-%m') AS manad, fel, patient_nr
FROM fel
