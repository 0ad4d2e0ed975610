"""What is said of a landmark. Always a description, never an effect."""

from collections.abc import Sequence

from dashboard.texts.numbers import HIDDEN, listed
from dashboard.texts.states import HIDDEN as WHY_HIDDEN

QUESTION = "Och för dem som är sjukskrivna efter dag {day}?"
SUBTITLE = (
    "Sjukfall kvar efter dag {day}, standardiserade för ålder och diagnosgrupp. {place}, sjukfall "
    "som {cohort} {when}. {sizes}{rule} {source}"
)
SIZES = "{sex}: {insats} med insats senast dag {day}, {without} inte ännu. "
TITLE = "{description}. {event} inom {within} dagar efter dag {day}"
ARMS = ("med insats", "utan insats ännu")
SUMMARY, SHARE_AFTER = "Kurvdiagram. {name}. Sjukfall kvar efter dag {day}.", "{share} efter {day} dagar"
TOO_FEW = "För få för en tillförlitlig jämförelse: minst {least} personer krävs i båda grupperna av ett kön."
NOT_ALIKE = (
    "Grupperna går inte att göra lika i ålder och diagnos: för få av varje slag. Välj område eller hela regionen."
)
HIDDEN_OF = f"Kurvorna för {{sexes}} är dolda ({HIDDEN}). {WHY_HIDDEN}"
UNLIKE_OF = f"Kurvorna för {{sexes}} visas inte (..). {NOT_ALIKE}"
DAYS_OF, ENDS_OF = "{sex} efter {days} dagar", "{sex}, {arm}, efter {day} dagar"
WHO = "sjukfall som {cohort} {when} och pågick efter dag {day}"
NOT_SAID = "{description}. {silent}"
SENTENCE = (
    "{description}. Av {who} hade, justerat för ålder och diagnosgrupp, {told} {phrase} inom "
    "{within} dagar{missing}.{chance}"
)
OF_SEX, OF_ARM = "hos {sex} {insats} och {without}", "{share}{limits} av {count} {arm}"
AXIS, HEADING, HOVER = "Dagar efter dag {day}", ": {insats} insats, {without} inte ännu", "{line}, efter {day} dagar"
CAPTION = "{name}. Sjukfall kvar efter dag {day}; standardiserat och ojusterat; skillnad i procentenheter"
FIRST, BY_DAY, GAP = "Dagar efter", "{arm} senast dag {day}", "Skillnad insats − inte ännu"
ROW, AS_IS = "{day} dagar, {sex}{how}", ", ojusterat"


def chance(larger: Sequence[str], unsure: Sequence[str]) -> str:
    """Of which sexes the difference is larger than chance or may be chance, and that more than chance is still no effect."""
    if not larger and not unsure:
        return ""
    if not larger:
        return " Skillnaden kan vara slump."
    where = listed([f"hos {sex}" for sex in larger])
    rest = f"; hos {unsure[0]} kan den vara slump" if unsure else ""
    return f" Skillnaden är större än slumpen {where}, men visar inte vad insatsen gör{rest}."
