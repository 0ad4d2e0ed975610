-- grain: one row per delivered file whose rows are not loaded + duplicates + quarantined (must be none)
SELECT leverans_nr, extrakt
FROM ledger.leverans
WHERE status <> 'avvisad' AND rader_in <> inlasta + dubbletter + karantan
