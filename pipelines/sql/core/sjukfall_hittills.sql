-- grain: one row per certified period: its sjukfall as it stands while this period is the latest begun
SELECT
    rader.patient_nr, rader.sjukfall_nr, rader.plats, rader.enhet_nr, rader.kon, rader.alder, rader.diagnosgrupp,
    rader.diagnos_nr, rader.grad, rader.har_sgi, rader.ersattning, rader.fran,
    coalesce(rader.senast_till, sjukfall.sista_dag) AS senast_till,
    sjukfall.start_datum,
    sjukfall.sista_dag,
    CAST(sum(rader.nya_dagar) OVER (
        PARTITION BY rader.patient_nr, rader.sjukfall_nr ORDER BY rader.plats
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS INTEGER) AS dagar_hittills,
    max(rader.tom) OVER (
        PARTITION BY rader.patient_nr, rader.sjukfall_nr ORDER BY rader.plats
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS tom_hittills
FROM core.sjukfall_period AS rader
JOIN core.sjukfall AS sjukfall
    ON sjukfall.patient_nr = rader.patient_nr AND sjukfall.sjukfall_nr = rader.sjukfall_nr
