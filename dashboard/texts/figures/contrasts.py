"""Every measure by sex: headings, and in how many the difference is larger than chance."""

from dashboard.texts.numbers import number

CAPTION = "Alla mått, kvinnor och män, med skillnadens 95-procentiga intervall och vad den består av"
CAPTION_SILENT = "Mått där varken kvinnors eller mäns värde visas"
BY_ACCIDENT = "Bland så många jämförelser kan någon enstaka skilja sig av en tillfällighet."
TOO_FEW = "För få personer för att jämföra kvinnor och män här."
MEASURE, WHOLE, INTERVAL = "Mått", "Hela", "Hela skillnadens intervall"
VALUE, COUNT, PERIOD = "värde", "antal", "period"
ON_CURVE, OF_STATE = "procent, {tile}", "procent dag {day}, {state}"


def differ(larger: int, judged: int) -> str:
    """Kvinnor och män skiljer sig mer än slumpen i 12 av de 30 mått som går att bedöma."""
    among = f"av de {number(judged)} mått" if judged > 1 else "mått"
    some = number(larger) if judged > 1 else "det enda"
    where = f"i {some} {among}" if larger else f"i något {among}"
    return f"Kvinnor och män skiljer sig {'' if larger else 'inte '}mer än slumpen {where} som går att bedöma."
