-- grain: one row per started sjukfall that reached the target day: days from it to the first event of each kind (NULL)
WITH malgrupp AS (
    SELECT
        startade.kvartal, startade.enhet_nr, startade.patient_nr, startade.sjukfall_nr, startade.kon,
        startade.start_datum,
        CAST(startade.start_datum + installning.target_day - 1 AS DATE) AS dag_noll,
        period.data_tom
    FROM mart.startade AS startade
    CROSS JOIN core.installning AS installning
    CROSS JOIN core.period AS period
    WHERE startade.sista_dag >= startade.start_datum + installning.target_day - 1
)
SELECT
    malgrupp.kvartal,
    malgrupp.enhet_nr,
    malgrupp.patient_nr,
    malgrupp.kon,
    malgrupp.data_tom - malgrupp.dag_noll AS foljd_dagar,
    min(CASE WHEN handelse.handelse IN ('erbjuden', 'avbojt') THEN handelse.datum - malgrupp.dag_noll END) AS erbjuden,
    min(CASE WHEN handelse.handelse = 'samtycke' THEN handelse.datum - malgrupp.dag_noll END) AS samtycke,
    min(CASE WHEN handelse.handelse = 'insats' THEN handelse.datum - malgrupp.dag_noll END) AS insats,
    min(
        CASE WHEN handelse.handelse IN ('plan', 'gemensam_handlingsplan') THEN handelse.datum - malgrupp.dag_noll END
    ) AS plan,
    min(
        CASE
            WHEN handelse.handelse IN ('plan_uppfoljd', 'uppfoljning_bokad') THEN handelse.datum - malgrupp.dag_noll
        END
    ) AS uppfoljning
FROM malgrupp
LEFT JOIN core.koordinering AS handelse
    ON handelse.patient_nr = malgrupp.patient_nr AND handelse.datum >= malgrupp.start_datum
GROUP BY
    malgrupp.kvartal, malgrupp.enhet_nr, malgrupp.patient_nr, malgrupp.sjukfall_nr, malgrupp.kon, malgrupp.data_tom,
    malgrupp.dag_noll
