-- grain: one row per sjukfall and month on whose chosen day it is open, with the latest certificate then begun
WITH dagar AS (
    SELECT manad.manad, CAST(manad.forsta + installning.stock_day - 1 AS DATE) AS dag
    FROM core.manad AS manad CROSS JOIN core.installning AS installning
)
SELECT
    oppna.manad, oppna.enhet_nr, oppna.patient_nr, oppna.kon, grad.grupp AS grad_nationell, langd.grupp AS langd_dag
FROM (
    SELECT
        dagar.manad, rader.enhet_nr, rader.patient_nr, rader.kon, rader.alder, rader.grad,
        -- distinct certified days up to and including the day
        rader.dagar_hittills - greatest(0, rader.tom_hittills - dagar.dag) AS langd_dagar
    FROM core.sjukfall_hittills AS rader
    JOIN dagar ON dagar.dag BETWEEN rader.fran AND rader.senast_till
) AS oppna
JOIN core.band AS grad ON grad.indelning = 'grad_nationell' AND oppna.grad BETWEEN grad.fran AND grad.till
JOIN core.band AS langd ON langd.indelning = 'langd_dag' AND oppna.langd_dagar BETWEEN langd.fran AND langd.till
CROSS JOIN core.installning AS installning
WHERE oppna.alder BETWEEN installning.age_from AND installning.age_to
