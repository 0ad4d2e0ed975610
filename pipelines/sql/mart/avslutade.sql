-- grain: one row per sjukfall that ended in a month whose ends are all known
SELECT
    manad.manad,
    manad.kvartal,
    sjukfall.sista_enhet_nr AS enhet_nr,
    sjukfall.patient_nr,
    sjukfall.sjukfall_nr,
    sjukfall.kon,
    sjukfall.sista_alder AS alder,
    diagnos5.diagnos5,
    sjukfall.langd_dagar,
    langd.grupp AS langd_ar
FROM core.sjukfall AS sjukfall
JOIN core.manad AS manad ON sjukfall.sista_dag BETWEEN manad.forsta AND manad.sista
JOIN core.diagnos5 AS diagnos5 ON diagnos5.diagnosgrupp = sjukfall.sista_diagnosgrupp
JOIN core.band AS langd
    ON langd.indelning = 'langd_ar' AND sjukfall.langd_dagar BETWEEN langd.fran AND langd.till
CROSS JOIN core.installning AS installning
WHERE manad.har_slut AND manad.har_floden
    AND sjukfall.sista_alder BETWEEN installning.age_from AND installning.age_to
