-- grain: one row when the periods placed in sjukfall are not exactly those that count (must be none)
SELECT placed.antal AS placed, counted.antal AS counted
FROM (SELECT count(*) AS antal FROM core.sjukfall_period) AS placed
CROSS JOIN (SELECT count(*) AS antal FROM core.intyg_provad WHERE utelamnad IS NULL) AS counted
WHERE placed.antal <> counted.antal
