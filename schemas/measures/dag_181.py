from schemas.long_cases import reaching

measure = reaching(181, order=27, history_days=210)
