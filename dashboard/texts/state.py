"""What that which people write is called, and why it is not saved."""

from dashboard.texts.review import NEVER

DECISION, ACTION, COMMENT, FOLLOW_UP = "Beslut", "Åtgärd", "Kommentar", "Uppföljning"
NEW, GOING, DONE, BROKEN_OFF = "Ny", "Pågår", "Klar", "Avbruten"

HOLDS = f"Texten ser ut att innehålla {{kind}}. {NEVER}"
NAMES = "Texten ser ut att innehålla ett namn. Ta bort det, eller bekräfta att det inte gäller en patient."
MISSING = {
    "text": "Skriv vad det gäller.",
    "av": "Skriv vem som antecknar.",
    "ansvarig": "Skriv vem som ansvarar.",
    "klart_senast": "Ange när det ska vara klart.",
    "effekt": "Skriv vilken förändring ni väntar er.",
    "matt": "Välj måttet som ska visa förändringen.",
}
FIELDS = {"text": "Texten", "effekt": "Väntad förändring", "av": "Antecknat av", "ansvarig": "Ansvarig"}
TOO_LONG = "{field} får vara högst {most} tecken."
NO_STATUS = "Välj en status i listan."
NO_DAY = "Skriv dagen som ÅÅÅÅ-MM-DD."
NO_MONTH = "Månaden finns inte."
NO_SUCH = "Det som skulle ändras finns inte."
TOO_MANY = "Mötet har redan {most} beslut. Fler blir sällan gjorda: ändra eller avbryt ett av dem."

# letters
EVERY_MONTH, WHEN_NEEDED, NEVER_AT_ALL = "varje månad", "bara när det finns något att säga", "aldrig"
DOMAINS = "Adressen måste höra till en av regionens domäner: {domains}."
NO_DOMAINS = "ingen är angiven"
CHOOSE_WHEN = "Välj när: {choices}."
