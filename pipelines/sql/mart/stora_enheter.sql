-- grain: one row per vårdcentral and month with listade, when any staffing is stated: is it large, and without coordinator
WITH stora AS (
    SELECT listade.enhet_nr, listade.manad, sum(listade.antal) >= 4000 AS stor
    FROM mart.listade AS listade
    JOIN core.enhet AS enhet ON enhet.enhet_nr = listade.enhet_nr AND enhet.enhetstyp = 'vardcentral'
    WHERE listade.manad IN (SELECT manad FROM mart.bemanning)
    GROUP BY listade.enhet_nr, listade.manad
)
SELECT
    stora.enhet_nr,
    stora.manad,
    CAST(stora.stor AS INTEGER) AS stora,
    -- a unit for which the region has stated nothing in that month has no coordinator stated
    CAST(stora.stor AND coalesce(bemanning.fte, 0) = 0 AS INTEGER) AS utan
FROM stora
LEFT JOIN mart.bemanning AS bemanning ON bemanning.enhet_nr = stora.enhet_nr AND bemanning.manad = stora.manad
