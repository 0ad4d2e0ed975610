-- grain: one row per sjukfall that started in a month whose starts are all known
SELECT
    manad.manad,
    manad.kvartal,
    sjukfall.forsta_enhet_nr AS enhet_nr,
    sjukfall.patient_nr,
    sjukfall.sjukfall_nr,
    sjukfall.kon,
    sjukfall.forsta_alder AS alder,
    sjukfall.forsta_diagnosgrupp AS diagnosgrupp,
    sjukfall.start_datum,
    sjukfall.sista_dag
FROM core.sjukfall AS sjukfall
JOIN core.manad AS manad ON sjukfall.start_datum BETWEEN manad.forsta AND manad.sista
CROSS JOIN core.installning AS installning
WHERE manad.har_floden AND sjukfall.forsta_alder BETWEEN installning.age_from AND installning.age_to
