"""What stands round every page."""

SKIP = "Hoppa till innehåll"
MARKED = "Märkning"  # of a demo
IS = "sjukskrivning per vårdcentral"
MENU = "Huvudmeny"

# the choices, and who chooses
CHOICES = "Urval"
UNIT, MONTH = "Enhet", "Månad"
RESET, COPY, PRINT = "Återställ", "Kopiera länk", "Skriv ut"
WHO = "{name} ({roles})"
ACCOUNTS, OUT = "Konton", "Logga ut"

# below
DATA = "Data till och med {data_tom}."
RELEASE = "Utgåva {release_id}."
PROTECTED = "Värden som bygger på färre än {troskel} personer visas inte."
