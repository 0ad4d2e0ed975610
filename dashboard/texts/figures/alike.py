"""The vårdcentraler that are most like the chosen one: how alike, in words."""

from dashboard.texts.figures.shared import IN_TABLE
from dashboard.texts.numbers import NBSP, number

QUESTION = "{short}: hur är det på enheter som liknar oss?"
TITLE = "Likast är {names}."
SUMMARY = f"Punktdiagram med intervall. {{name}}, {{unit}}, för den egna enheten och {{count}} liknande. {IN_TABLE}"
READING = (
    "Likast är de som är ungefär lika stora och har patienter i samma åldrar med samma slags diagnoser. De tre väger lika.",
    "Samma mått kan ändå skilja av slump: se intervallen.",
)
METHOD = (
    "Likhet: log av storleken, och hur stor del av de listade och av sjukfallen som måste byta grupp för att "
    "blandningen ska bli densamma; var del genom sin median."
)
CAPTION = "{name}: den egna enheten och de som liknar den mest"
LIKENESS, IN_WORDS, OWN = "Likhet", "i ord", "Den egna enheten"
SIZES = ((0.85, "ungefär lika stor"), (0.5, "mindre"), (0.0, "mycket mindre"))
LARGER = {"mindre": "större", "mycket mindre": "mycket större"}
REASON = "{size} ({share} av den egna storleken), åldrarna skiljer {ages}, {diagnoses}"
DIAGNOSES, DIAGNOSES_HIDDEN = "diagnoserna {share}", "diagnoserna är delvis dolda"


def reason(ratio: float, ages: float, diagnoses: float | None) -> str:
    """Ungefär lika stor (104 %), åldrarna skiljer 3 %, diagnoserna 5 %."""
    told = DIAGNOSES_HIDDEN if diagnoses is None else DIAGNOSES.format(share=_whole(diagnoses))
    return REASON.format(size=_size(ratio), share=_whole(ratio), ages=_whole(ages), diagnoses=told)


def _size(ratio: float) -> str:
    smaller = min(ratio, 1 / ratio)
    word = next(word for least, word in SIZES if smaller >= least)
    return LARGER.get(word, word) if ratio > 1 else word


def _whole(share: float) -> str:
    return f"{number(100 * share)}{NBSP}%"
