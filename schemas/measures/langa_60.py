from schemas.long_cases import longer_than

measure = longer_than(60, order=21, within="langa_28", history_days=75)
