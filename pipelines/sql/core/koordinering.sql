-- grain: one row per patient, day, performer, unit and kind of event, however many codes it was registered with
-- The leg of the law and the part contacted are kinds too: ben_stod, kontakt_arbetsgivare …
WITH versioner AS (
    SELECT
        handelse_id, handelse_status, patient_id, vardgivare_id, enhet_id, datum, handelse, kva_koder, reko_status,
        utforare_id, ben, aktor,
        row_number() OVER (
            PARTITION BY handelse_id ORDER BY kand_fran DESC, leverans_nr DESC, rad_nr DESC
        ) AS version
    FROM raw.koordinering
    WHERE indragen_av IS NULL
),
gallande AS (
    SELECT * FROM versioner WHERE version = 1 AND handelse_status = 'gallande'
),
utford AS (
    -- an offer and its answer are not yet work in any leg, nor a contact with anybody else
    SELECT * FROM gallande
    WHERE coalesce(handelse, '') NOT IN ('erbjuden', 'samtycke', 'avbojt', 'screenad_ej_behov')
),
koder AS (
    SELECT handelse_id, 'KVA' AS kodverk, upper(trim(unnest(string_split(kva_koder, '|')))) AS kod
    FROM gallande
    WHERE kva_koder IS NOT NULL
    UNION ALL
    SELECT handelse_id, 'REKO', reko_status FROM gallande WHERE reko_status IS NOT NULL
),
sagda AS (
    SELECT handelse_id, handelse FROM gallande WHERE handelse IS NOT NULL
    UNION
    SELECT koder.handelse_id, karta.handelse
    FROM koder
    JOIN gallande ON gallande.handelse_id = koder.handelse_id
    JOIN core.kodkarta AS karta
        ON karta.kodverk = koder.kodverk AND karta.kod = koder.kod
        AND gallande.datum BETWEEN karta.giltig_fran AND karta.giltig_till
    UNION
    SELECT handelse_id, 'ben_' || ben FROM utford WHERE ben IS NOT NULL
    UNION
    SELECT handelse_id, 'kontakt_' || aktor FROM utford WHERE aktor IS NOT NULL
)
SELECT DISTINCT
    patient.patient_nr,
    coalesce(enhet.enhet_nr, 0) AS enhet_nr,
    gallande.datum,
    coalesce(gallande.utforare_id, '') AS utforare_id,
    sagda.handelse
FROM sagda
JOIN gallande ON gallande.handelse_id = sagda.handelse_id
JOIN core.patient AS patient
    ON patient.vardgivare_id = gallande.vardgivare_id AND patient.patient_id = gallande.patient_id
LEFT JOIN core.enhet AS enhet ON enhet.enhet_id = gallande.enhet_id
