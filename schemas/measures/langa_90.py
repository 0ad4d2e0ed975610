from schemas.long_cases import longer_than

measure = longer_than(90, order=22, within="langa_60", history_days=120, featured=True)
