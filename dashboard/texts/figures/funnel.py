"""The funnel in words: where a unit lies, whether it differs, and how to read the limits."""

from dashboard.texts.numbers import listed, number, percent
from schemas.limits import FALSE_DISCOVERIES

QUESTION = "{short}: avviker enheten mer än slumpen?"
STANDARD = {
    True: "standardiserat för ålder och diagnos inom vart kön",
    False: "standardiserat för ålder inom vart kön",
}
SUMMARY = "Trattdiagram. {name}, {unit}, för {count} vårdcentraler."
OF_SEX = "{sex}: {value}, gränser {low}–{high}, {side}."
NOT_A_FAULT = "Utanför gräns ≠ fel: det är ett skäl att fråga varför."
READING = (
    "Varje punkt är en vårdcentral: ju längre åt höger, desto större underlag och desto smalare gränser.",
    "Mellan de heldragna linjerna ligger en enhet som gör som regionen nästan alltid (99,8 %), mellan de prickade oftast "
    "(95 %).",
)
TWO_YEARS = (
    "En enhet avviker först när den ligger utanför de heldragna linjerna på samma sida två år i rad, och när det står sig "
    f"fast många enheter och mått prövas samtidigt (andelen falska larm hålls vid {percent(FALSE_DISCOVERIES, None)})."
)
CASE_MIX = (
    "Enheterna skiljer sig så mycket att det oftare beror på vilka patienter de har, eller hur de registrerar, än på vad "
    "de gör."
)
NOT_WIDENED = "Enheterna skiljer sig inte mer än slumpen (φ högst 1)."
WIDENED = "Gränserna är vidgade: enheterna skiljer sig mer än slumpen ({found})."
TRIED = "I hela regionen prövades {tried} värden det här året (mått × enheter × kön); {differing} avviker."
NOTHING_TRIED = "Inget värde kan prövas ännu: det krävs två år."
METHOD = "{method}. Plats: simulerat intervall (95 %)."

SIDES = {"over": "över gränsen", "under": "under gränsen", "inom": "inom gränserna"}
DIFFERS, THIS_YEAR = "avviker, {side} två år i rad", "{side} i år, inte två år i rad"
HIDDEN, MISSING = "dolt", "uppgift saknas"
REASONS = {
    "litet_underlag": "för litet underlag", "for_fa_enheter": "för få enheter", "underlag_saknas": MISSING,
    "ingen_uppfoljning": "följs inte så länge",
}  # fmt: skip

ALIKE = "{name}: {side} för kvinnor och män."
EACH = "{name}: kvinnor {women}, män {men}."
NOT_YET = "Ingen enhet kan prövas ännu: det krävs två år."
NONE_DIFFERS = "Ingen enhet avviker mer än slumpen två år i rad."
SOME_DIFFER = "{differing} av {units} enheter avviker två år i rad."
SENTENCE = "{short} för {sex}: {side} bland enheterna två år i rad, {value} (regionen {level})."

NOT_TRIED = "{name} kan inte prövas mot regionen: det krävs två år med tillräckligt underlag."
AS_OTHERS = "{name} avviker inte från andra vårdcentraler i regionen i något av {tried}."
IN_WHAT = "{name} avviker i {found}. Prövat: {tried}."
ONE, MEASURES = "{short} för {sex} ({side})", "{count} mått ({measures})"

UNDERLAG, EXPECTED, IN_HOVER = "Sjukfall i underlaget", "Väntat antal sjukfall", "underlag"
CAPTION = (
    "{name}, {standard}, per vårdcentral, störst underlag först. Plats = intervall för platsen från lägst till högst"
)
SIDE, FLOOR, CEILING, PLACE = "Läge", "Undre gräns", "Övre gräns", "Plats"
PLACED = "{first}–{last} av {units}"


def widened(found: dict[str, float]) -> str:
    """`found` is φ of each sex's funnel that is wider than chance."""
    return WIDENED.format(found=", ".join(f"{sex} φ = {number(phi, 1)}" for sex, phi in found.items()))


def tried(count: str, measures: list[str]) -> str:
    """Två mått (startade sjukfall och långa sjukfall)."""
    return MEASURES.format(count=count, measures=listed(measures))
