"""What the pages say of their diagrams: questions, subtitles, and where a diagram is shown instead."""

from collections.abc import Sequence

from dashboard.texts.numbers import listed

SUBTITLE = "{what}, {unit}. {place}, {period}. {population}. {source}"
PERCENT = "procent {what}"

# the stock beyond each length
HOW_LONG = "Hur många sjukfall har pågått länge?"
BY_LENGTH = "Pågående sjukfall efter längd"
BEYOND = "Pågående sjukfall över ett visst antal dagar"
NESTED = "Varje rad ingår i raden ovanför: den som är över 90 dagar är också över 28."

# groups
AS_COUNTS = "Listade är inte levererade i dessa grupper, därför visas antal."
TOGETHER = "Gruppernas skillnader är tillsammans hela skillnaden, eftersom alla delas med samma listade."
DIFFERS = "{subject}: var skiljer det mellan kvinnor och män?"
SPREAD = "{name}: hur stor är spridningen?"
BY = "{short} per {split}"
DOMINATES = "{subject}: vad dominerar?"
SECTIONS_DOMINATE = "{whole}: vilka avsnitt dominerar?"
OVER_TIME = "{group}: hur har det utvecklats?"

# sections of a chapter
SECTIONS = "Vilka avsnitt dominerar inom ett diagnoskapitel?"
NO_SECTIONS = (
    "Avsnitt visas för regionen, tolv månader. För en enhet eller ett område skulle de flesta vara dolda: de har för få "
    "kvinnor eller för få män."
)
CHOOSE = "Välj {what}"
NONE_CHOSEN = "inget valt"

# at other levels
MOSTLY_HIDDEN = "För en enhet skulle de flesta tal vara dolda, eller gå att räkna ut ur andra som visas."
SHOW = "Visa {place}"

# what is worth bringing up
BRING_UP = "Att ta upp"


def length(short: str) -> str:
    """A measure of long cases as a row among such: Sjukfall över 90 dagar → Över 90 dagar."""
    return short.removeprefix("Sjukfall ").capitalize()


def shown_for(levels: Sequence[str]) -> str:
    """Why it is not shown here, and where it is."""
    return f"Visas för {' och '.join(levels)}. {MOSTLY_HIDDEN}"


def not_judged(names: Sequence[str]) -> str:
    """Of which measures nothing can be said."""
    words = f"{listed(names)} kan inte bedömas: för få personer eller ingen hel tolvmånadersperiod."
    return f"{words[0].upper()}{words[1:]}"
