"""A measure as a process, in words: what a sign says, whether a target is met, and how to read the limits."""

from dashboard.texts.numbers import in_words
from schemas.limits import SIGNAL_BASELINE

ORDINARY = "vanlig variation"
SIGNS = {
    ("utanfor", 1): "ovanligt högt", ("utanfor", -1): "ovanligt lågt",
    ("trend", 1): "stigande sju kvartal i rad", ("trend", -1): "fallande sju kvartal i rad",
    ("tva_av_tre", 1): "högt, två av tre kvartal nära gränsen", ("tva_av_tre", -1): "lågt, två av tre kvartal nära gränsen",
    ("sida", 1): "över sin vanliga nivå sju kvartal i rad", ("sida", -1): "under sin vanliga nivå sju kvartal i rad",
}  # fmt: skip
TARGETS = {
    "ja": "nås stabilt", "ibland": "nås ibland, av slump", "nej": "nås inte utan förändrat arbetssätt",
}  # fmt: skip
TARGET_NOW = "{short} för {sex}: målet {now}."
TARGET_SOURCE = "Målet gäller från {fran}, beslutat av {av}. Källa: {kalla}."
GOAL, LINE = "Mål {goal} för {sex}: {reached}.", "Mål"
QUESTION = "{short}: är förändringen verklig eller slump?"
SENTENCE = "{short} för {sex}: {sign}, {value} (vanligt {low}–{high})."
UNTIL = ", till och med {quarter}"
TOO_SHORT = "För få kvartal för att skilja förändring från slump."
NO_SIGNALS = f"Inga signaler: {ORDINARY} för kvinnor och män."
SUMMARY = "Styrdiagram. {name}, {unit}."
LAST = f"{{sex}}: {{value}} {{quarter}}, {ORDINARY} {{low}}–{{high}}, {{sign}}."
READING = (
    f"Mittlinjen är den vanliga nivån och de prickade linjerna gränserna för {ORDINARY}.{{season}}",
    f"Inringade punkter är mer än {ORDINARY}: utanför gränserna, sju i rad åt samma håll eller på samma sida, eller "
    "två av tre nära en gräns.",
)
SEASON = " De följer årstiden i regionen."
NOT_WRONG = "Utanför gränserna är inte detsamma som fel: det är ett skäl att fråga vad som har hänt."
PROVISIONAL = f"Gränserna är preliminära: de bygger på färre än {in_words(SIGNAL_BASELINE)} kvartal."
STOCKS = "Bestånd följs kvartalets sista dag: två månader efter varandra delar de flesta av sina sjukfall."
METHOD = "{name}: {limits} Regler: Making Data Count."
MOVING_RANGE = "gränser 2,66 medelrörelser från medelvärdet."
DEVIATIONS = "gränser tre standardavvikelser från nivån, vidgade med den variation som serien själv har."
CAPTION = f"{{name}} per kvartal, senaste först, med gränserna för {ORDINARY}"
LEVEL, SIGN = "Nivå", "Signal"
