"""Words that several figures share: headings of tables, marks, names of units, and what is said of chance."""

from dashboard.texts import states
from dashboard.texts.numbers import HIDDEN

IN_TABLE = "Alla värden finns i tabellen nedan."
HIDDEN_IS = f"{HIDDEN} = dolt"
NOT_SHOWN = "visas inte"
NOT_SHOWN_OF = f"{{sex}} {NOT_SHOWN}"
EACH_UNIT = "Intervall 95 % för varje enhet för sig."

VALUE, LOW, HIGH, COUNT, UNIT, PERIOD, QUARTER = "Värde", "Nedre", "Övre", "Antal", "Enhet", "Period", "Kvartal"
MONTH, UP_TO, TWELVE_MONTHS = "Månad", "Till och med", "Tolv månader till och med"
VALUE_LIMITS = (VALUE, LOW, HIGH)
LIMITS = ((LOW, "95 %"), (HIGH, "95 %"))  # heading and unit
SHARE, SHARE_UNIT = "Andel", "andel"
SHARES = ((SHARE, SHARE_UNIT), *LIMITS, ("I risk", "avrundat till fem"))
DAY, ON_DAY = "Dag", "Dag {day}"
CASES = "sjukfall"
GAP, RATIO, RATIO_UNIT, PERCENT, POINTS = (
    "Skillnad kvinnor − män", "Kvot kvinnor/män", "kvot", "procent", "procentenheter"
)  # fmt: skip
PREFIX = "Vårdcentralen "  # of names, where they stand among vårdcentraler only


def short_name(name: str) -> str:
    """Vårdcentralen Linden → Linden."""
    return name.removeprefix(PREFIX)


def points(unit: str) -> str:
    """The unit of a difference: shares differ by points, not by percent."""
    return POINTS if unit.startswith(PERCENT) else unit


def axis(unit: str) -> str:
    """The title of a short axis: of shares the first word alone, for the heading says the rest."""
    return unit.split(maxsplit=1)[0].capitalize() if unit.startswith(PERCENT) else unit.capitalize()


def chance(sure: bool) -> str:
    return states.EXCEEDS_CHANCE if sure else states.MAY_BE_CHANCE


def ending(sure: bool | None) -> str:
    """The end of a title about a difference; nothing where there is no interval."""
    return "" if sure is None else f"; {chance(sure)}"
