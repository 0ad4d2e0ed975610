-- grain: one row per question, its period and certified period that matches: shares a day, is seen, passes the filters
WITH enheter AS (
    SELECT fraga_nr, enhet_nr FROM fraga.enhet
    UNION ALL
    SELECT fraga.fraga_nr, enhet.enhet_nr FROM fraga.fraga AS fraga CROSS JOIN core.enhet AS enhet WHERE fraga.alla_enheter
),
diagnoser AS (
    SELECT DISTINCT vald.fraga_nr, diagnos.diagnos_nr
    FROM fraga.diagnos AS vald
    JOIN core.diagnoskod AS diagnos
        ON (vald.niva = 'kapitel' AND diagnos.kapitel = vald.varde)
        OR (vald.niva = 'avsnitt' AND diagnos.avsnitt = vald.varde)
        OR (vald.niva = 'kategori' AND diagnos.kategori = vald.varde)
        OR (vald.niva = 'kod' AND diagnos.ar_underkod AND diagnos.ren = vald.varde)
        OR (vald.niva = 'okand_kod' AND NOT diagnos.ar_underkod AND diagnos.kategori = vald.varde)
    UNION ALL
    SELECT fraga.fraga_nr, diagnos.diagnos_nr
    FROM fraga.fraga AS fraga CROSS JOIN core.diagnoskod AS diagnos
    WHERE fraga.alla_diagnoser
    UNION ALL
    SELECT fraga_nr, 0 FROM fraga.fraga WHERE alla_diagnoser
),
aldrar AS (
    SELECT fraga_nr, fran, till FROM fraga.alder
    UNION ALL
    SELECT fraga_nr, NULL, NULL FROM fraga.fraga WHERE alla_aldrar
)
SELECT
    period.fraga_nr,
    period.period_nr,
    patient.vardgivare_id,
    rad.patient_nr,
    rad.sjukfall_nr,
    rad.plats,
    rad.tom,
    rad.enhet_nr,
    rad.diagnos_nr,
    rad.grad,
    rad.alder
FROM fraga.period AS period
JOIN fraga.vardgivare AS vald ON vald.fraga_nr = period.fraga_nr
JOIN core.patient AS patient ON patient.vardgivare_id = vald.vardgivare_id
JOIN core.sjukfall_period AS rad
    ON rad.patient_nr = patient.patient_nr AND rad.fran <= period.sista AND rad.tom >= period.forsta
JOIN enheter ON enheter.fraga_nr = period.fraga_nr AND enheter.enhet_nr = rad.enhet_nr
JOIN diagnoser ON diagnoser.fraga_nr = period.fraga_nr AND diagnoser.diagnos_nr = rad.diagnos_nr
JOIN aldrar
    ON aldrar.fraga_nr = period.fraga_nr
    AND rad.alder >= coalesce(aldrar.fran, rad.alder)
    AND rad.alder <= coalesce(aldrar.till, rad.alder)
