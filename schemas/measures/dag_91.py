from schemas.long_cases import reaching

measure = reaching(91, order=26, history_days=120)
