from schemas.long_cases import longer_than

measure = longer_than(28, order=20, within="pagaende", history_days=40)
