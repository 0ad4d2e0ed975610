-- grain: one row per case whose clock runs backwards (must be none)
SELECT patient_nr FROM mart.atergang WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.avslut WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.tackning WHERE dag < 0
