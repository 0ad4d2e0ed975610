-- grain: one row per sjukfall and month-end on which it is open, with the latest certificate then begun
SELECT
    manad.manad,
    period.enhet_nr,
    period.patient_nr,
    period.kon,
    period.alder,
    period.diagnosgrupp,
    diagnos5.diagnos5,
    period.grad,
    period.har_sgi,
    period.ersattning,
    -- insats or plan so far
    coalesce(stod.stod_datum <= manad.sista, false) AS har_stod,
    -- distinct certified days up to and including the month-end
    period.dagar_hittills - greatest(0, period.tom_hittills - manad.sista) AS langd_dagar
FROM (
    SELECT
        rader.patient_nr, rader.sjukfall_nr, rader.enhet_nr, rader.kon, rader.alder, rader.diagnosgrupp, rader.grad,
        rader.har_sgi, rader.ersattning, rader.fran,
        coalesce(rader.senast_till, sjukfall.sista_dag) AS senast_till,
        sum(rader.nya_dagar) OVER (
            PARTITION BY rader.patient_nr, rader.sjukfall_nr ORDER BY rader.plats
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS dagar_hittills,
        max(rader.tom) OVER (
            PARTITION BY rader.patient_nr, rader.sjukfall_nr ORDER BY rader.plats
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS tom_hittills
    FROM core.sjukfall_period AS rader
    JOIN core.sjukfall AS sjukfall
        ON sjukfall.patient_nr = rader.patient_nr AND sjukfall.sjukfall_nr = rader.sjukfall_nr
) AS period
JOIN core.manad AS manad ON manad.sista BETWEEN period.fran AND period.senast_till
JOIN core.diagnos5 AS diagnos5 ON diagnos5.diagnosgrupp = period.diagnosgrupp
LEFT JOIN core.forsta_stod AS stod ON stod.patient_nr = period.patient_nr AND stod.sjukfall_nr = period.sjukfall_nr
CROSS JOIN core.installning AS installning
WHERE period.alder BETWEEN installning.age_from AND installning.age_to
