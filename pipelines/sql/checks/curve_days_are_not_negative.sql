-- grain: one row per case whose clock runs backwards (must be none)
SELECT patient_nr FROM mart.atergang WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.avslut WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.tackning WHERE dag < 0
UNION ALL
SELECT patient_nr FROM mart.partiell WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.varaktig WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.varaktigt_avslut WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.aterinsjuknande WHERE dag < 1
UNION ALL
SELECT patient_nr FROM mart.gradbyte WHERE dag < 0
