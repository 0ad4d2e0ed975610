from schemas.long_cases import longer_than

measure = longer_than(365, order=24, within="langa_180", history_days=450)
