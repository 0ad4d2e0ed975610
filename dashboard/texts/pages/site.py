"""What stands on every page, and what each is called."""

# in the menu and the footer
OVERVIEW = "Översikt"
OVER_TIME = "Över tid"
WOMEN_AND_MEN = "Kvinnor och män"
LENGTH = "Längd"
RETURN = "Återgång"
COORDINATION = "Koordinering"
DIAGNOSES = "Diagnoser"
COMPARE = "Jämför"
MEETING = "Månadsuppföljning"
DECISIONS = "Beslut och åtgärder"
MEASURES = "Mått"
QUALITY = "Datakvalitet"
MEASURE = "Ett mått"
WORDS = "Ordlista"
HELP = "Hjälp"
ACCESSIBILITY = "Tillgänglighet"
PRIVACY = "Om personuppgifter"

ACCESSIBILITY_HEADING = "Tillgänglighetsredogörelse"
WORDS_LEAD = "Ord som är understrukna med prickar på andra sidor leder hit."
ROUNDED = "Skillnaden är räknad på oavrundade värden."

# round every page
PRODUCT = "Sjukvy"
TITLE = "{page} – {place} – Sjukvy"
TITLE_ALONE = "{page} – Sjukvy"
STATUS = "{page}. Visar {place}, {month}, alla diagnoser"
FRESHNESS = " · {month} · data till och med {last}"
SOURCE = "Källa: intyg och register i regionen, data till och med {last}."
ABOVE = "Nivåer ovanför"
BELOW = {"omrade": "Områden i {place}", "enhet": "Enheter i {place}"}

# instead of a page
WELCOME = "Välkommen till Sjukvy"
NO_PAGE = "Sidan finns inte"
NO_RIGHT = "Ingen behörighet"
NO_MONTH = "Månaden finns inte"
NO_MEASURE = "Måttet finns inte"
NOTHING_SUCH = "Finns inte"
FAILED = "Något gick fel"
