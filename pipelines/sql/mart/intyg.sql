-- grain: one row per certificate by the month it was signed, and whether Försäkringskassan asked for a komplettering
WITH forsta AS (
    SELECT
        gallande.intyg_id, gallande.patient_nr, gallande.enhet_id, gallande.kon, gallande.alder,
        upper(regexp_replace(gallande.typ, '[\s\-]', '', 'g')) AS typ,
        CAST(coalesce(gallande.signerad, CAST(gallande.fran AS TIMESTAMP)) AS DATE) AS datum,
        row_number() OVER (PARTITION BY gallande.intyg_id ORDER BY gallande.period_nr) AS ordning
    FROM core.intyg_gallande AS gallande
),
fragor AS (
    SELECT DISTINCT intyg_id FROM raw.meddelanden WHERE amne = 'KOMPLT' AND indragen_av IS NULL
)
SELECT
    manad.manad,
    manad.kvartal,
    coalesce(enhet.enhet_nr, 0) AS enhet_nr,
    forsta.patient_nr,
    forsta.kon,
    CASE
        WHEN forsta.typ IN ('FK7804', 'LISJP', 'FK7263') THEN 'fk7804'
        WHEN forsta.typ LIKE 'AG%' THEN 'ag'
        ELSE 'okand'
    END AS intygstyp,
    fragor.intyg_id IS NOT NULL AS kompletterat
FROM forsta
JOIN core.manad AS manad ON forsta.datum BETWEEN manad.forsta AND manad.sista
LEFT JOIN core.enhet AS enhet ON enhet.enhet_id = forsta.enhet_id
LEFT JOIN fragor ON fragor.intyg_id = forsta.intyg_id
CROSS JOIN core.installning AS installning
WHERE forsta.ordning = 1 AND forsta.alder BETWEEN installning.age_from AND installning.age_to
