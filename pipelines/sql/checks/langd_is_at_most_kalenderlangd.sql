-- grain: one row per sjukfall with more certified days than calendar days, or none (must be none)
SELECT patient_nr, sjukfall_nr FROM core.sjukfall WHERE langd_dagar > kalenderlangd OR langd_dagar < 1
