from schemas.long_cases import longer_than

measure = longer_than(180, order=23, within="langa_90", history_days=240)
