-- grain: one row per started sjukfall and landmark day (core.landmark_dag) after which it is still open: arm on that day,
-- and from that day on the day and registered cause of its end, or the last day it was followed (NULL)
SELECT
    rad.kvartal,
    rad.enhet_nr,
    rad.patient_nr,
    rad.kon,
    rad.diagnosgrupp,
    rad.diagnos5,
    rad.aldersgrupp,
    landmark.dag AS fran_dag,
    -- an insats after the landmark is none yet, whenever it comes: nothing later decides where a case belongs
    CASE
        WHEN insats.insats_datum - rad.start_datum + 1 <= landmark.dag THEN 'insats' ELSE 'inte_annu'
    END AS arm,
    rad.dag - landmark.dag AS dag,
    rad.orsak,
    false AS egen
FROM mart.atergang AS rad
JOIN core.landmark_dag AS landmark ON rad.dag > landmark.dag
LEFT JOIN core.forsta_insats AS insats
    ON insats.patient_nr = rad.patient_nr AND insats.sjukfall_nr = rad.sjukfall_nr
