-- grain: one row per sjukfall and month-end on which it is open, with the latest certificate then begun
SELECT
    manad.manad,
    rader.enhet_nr,
    rader.patient_nr,
    rader.kon,
    rader.alder,
    rader.diagnosgrupp,
    diagnos5.diagnos5,
    rader.grad,
    rader.har_sgi,
    rader.ersattning,
    -- insats or plan so far
    coalesce(stod.stod_datum <= manad.sista, false) AS har_stod,
    -- distinct certified days up to and including the month-end
    rader.dagar_hittills - greatest(0, rader.tom_hittills - manad.sista) AS langd_dagar
FROM core.sjukfall_hittills AS rader
JOIN core.manad AS manad ON manad.sista BETWEEN rader.fran AND rader.senast_till
JOIN core.diagnos5 AS diagnos5 ON diagnos5.diagnosgrupp = rader.diagnosgrupp
LEFT JOIN core.forsta_stod AS stod ON stod.patient_nr = rader.patient_nr AND stod.sjukfall_nr = rader.sjukfall_nr
CROSS JOIN core.installning AS installning
WHERE rader.alder BETWEEN installning.age_from AND installning.age_to
