-- grain: one row per message about a known certificate, by the day it came; sex and age are the certificate's
WITH versioner AS (
    SELECT
        meddelande_id, intyg_id, datum, amne, enhet_id, fraga,
        row_number() OVER (PARTITION BY meddelande_id ORDER BY leverans_nr DESC, rad_nr DESC) AS version
    FROM raw.meddelanden
    WHERE indragen_av IS NULL
),
intyg AS (
    SELECT
        intyg_id, patient_nr, kon, alder,
        row_number() OVER (PARTITION BY intyg_id ORDER BY period_nr) AS ordning
    FROM core.intyg_gallande
)
SELECT
    manad.manad,
    manad.kvartal,
    coalesce(enhet.enhet_nr, 0) AS enhet_nr,
    intyg.patient_nr,
    intyg.kon,
    versioner.amne,
    -- only kompletteringar are about a question of the form
    CASE
        WHEN versioner.amne <> 'KOMPLT' THEN NULL
        WHEN trim(versioner.fraga) IN (
            '1', '6', '17', '19', '20', '25', '26', '27', '28', '29', '32', '33', '34', '35', '37', '39', '40'
        ) THEN trim(versioner.fraga)
        ELSE 'okand'
    END AS fraga
FROM versioner
JOIN intyg ON intyg.intyg_id = versioner.intyg_id AND intyg.ordning = 1
JOIN core.manad AS manad ON versioner.datum BETWEEN manad.forsta AND manad.sista
LEFT JOIN core.enhet AS enhet ON enhet.enhet_id = versioner.enhet_id
CROSS JOIN core.installning AS installning
WHERE versioner.version = 1 AND intyg.alder BETWEEN installning.age_from AND installning.age_to
