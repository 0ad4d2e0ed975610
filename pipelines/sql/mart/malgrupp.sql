-- grain: one row per started sjukfall that reached the target day: days from it to the first event of each kind (NULL)
-- Events from the first to the last certified day count; before the target day they are negative, or 0 on it.
WITH malgrupp AS (
    SELECT
        startade.*,
        CAST(startade.start_datum + installning.target_day - 1 AS DATE) AS dag_noll
    FROM mart.startade AS startade
    CROSS JOIN core.installning AS installning
    WHERE startade.sista_dag >= startade.start_datum + installning.target_day - 1
),
handelser AS (
    SELECT
        malgrupp.patient_nr, malgrupp.sjukfall_nr, koordinering.handelse, enhet.enhetstyp,
        koordinering.datum - malgrupp.dag_noll AS dag
    FROM malgrupp
    JOIN core.koordinering AS koordinering
        ON koordinering.patient_nr = malgrupp.patient_nr
        AND koordinering.datum BETWEEN malgrupp.start_datum AND malgrupp.sista_dag
    JOIN core.enhet AS enhet ON enhet.enhet_nr = koordinering.enhet_nr
),
dagar AS (
    SELECT
        patient_nr,
        sjukfall_nr,
        min(CASE WHEN handelse IN ('erbjuden', 'avbojt') THEN dag END) AS erbjuden,
        min(CASE WHEN handelse = 'samtycke' THEN dag END) AS samtycke,
        min(CASE WHEN handelse = 'avbojt' THEN dag END) AS avbojt,
        min(CASE WHEN handelse = 'insats' THEN dag END) AS insats,
        min(CASE WHEN handelse = 'insats' AND enhetstyp = 'vardcentral' THEN dag END) AS insats_vardcentral,
        min(CASE WHEN handelse IN ('plan', 'gemensam_handlingsplan') THEN dag END) AS plan,
        min(CASE WHEN handelse = 'gemensam_handlingsplan' THEN dag END) AS gemensam_plan,
        min(CASE WHEN handelse IN ('plan_uppfoljd', 'uppfoljning_bokad') THEN dag END) AS uppfoljning,
        min(CASE WHEN handelse = 'uppfoljning_bokad' THEN dag END) AS uppfoljning_bokad,
        min(CASE WHEN handelse = 'ben_stod' THEN dag END) AS ben_stod,
        min(CASE WHEN handelse = 'ben_intern' THEN dag END) AS ben_intern,
        min(CASE WHEN handelse = 'ben_extern' THEN dag END) AS ben_extern,
        min(CASE WHEN handelse = 'kontakt_arbetsgivare' THEN dag END) AS arbetsgivare,
        min(CASE WHEN handelse = 'kontakt_forsakringskassan' THEN dag END) AS forsakringskassan,
        min(CASE WHEN handelse = 'kontakt_arbetsformedlingen' THEN dag END) AS arbetsformedlingen,
        min(CASE WHEN handelse = 'kontakt_socialtjanst' THEN dag END) AS socialtjanst,
        min(CASE WHEN handelse = 'avstamningsmote' THEN dag END) AS avstamningsmote,
        min(CASE WHEN handelse = 'flerpart' THEN dag END) AS flerpart,
        min(CASE WHEN handelse = 'fk_information_30kap' THEN dag END) AS fk_information
    FROM handelser
    GROUP BY patient_nr, sjukfall_nr
)
SELECT
    malgrupp.manad,
    malgrupp.kvartal,
    malgrupp.enhet_nr,
    malgrupp.kon,
    malgrupp.alder,
    malgrupp.aldersgrupp,
    malgrupp.diagnos5,
    malgrupp.patient_nr,
    dagar.erbjuden,
    dagar.samtycke,
    dagar.avbojt,
    dagar.insats,
    dagar.insats_vardcentral,
    dagar.plan,
    dagar.gemensam_plan,
    dagar.uppfoljning,
    dagar.uppfoljning_bokad,
    dagar.ben_stod,
    dagar.ben_intern,
    dagar.ben_extern,
    dagar.arbetsgivare,
    dagar.forsakringskassan,
    dagar.arbetsformedlingen,
    dagar.socialtjanst,
    dagar.avstamningsmote,
    dagar.flerpart,
    dagar.fk_information
FROM malgrupp
LEFT JOIN dagar ON dagar.patient_nr = malgrupp.patient_nr AND dagar.sjukfall_nr = malgrupp.sjukfall_nr
