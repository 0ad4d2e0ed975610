"""The exact words for what is not a number, and for what went wrong."""

from dashboard.texts.numbers import in_words
from schemas import limits

LOADING = "Hämtar statistik …"
TABLE_LOADING, TABLE_HERE = "Hämtar tabellen …", "Tabellen visas."
TABLE_FAILED, AGAIN = "Tabellen kunde inte hämtas.", "Försök igen"
HIDDEN = (
    "Värdet visas inte – för få personer, eller för att ett annat litet värde annars hade gått att räkna ut. "
    "Välj ett större urval, till exempel enhetens område eller hela regionen."
)
TOO_FEW = "För få fall för en tillförlitlig kurva. Minst {least} krävs."
LEFT_OUT = "Punkter är utelämnade där för få händelser kommit emellan; linjen håller då det senaste värdet."
TOO_SHORT = (
    "För få kvartal med visade värden för att skilja förändring från slump. "
    f"Minst {in_words(limits.SIGNAL_QUARTERS)} krävs."
)
NO_FUNNEL = (
    "För få enheter med tillräckligt underlag för att säga vad som är ovanligt. "
    f"Minst {in_words(limits.FUNNEL_UNITS)} krävs, med minst {in_words(limits.FUNNEL_EXPECTED)} väntade händelser var."
)
EMPTY = "Inga sjukfall matchar urvalet. Prova en längre period eller alla diagnoser."
NO_DENOMINATOR = "Underlag saknas"
NOT_DELIVERED = "Uppgifter för {month} har inte kommit in. Senaste kompletta månad: {latest}."
NOT_YET = "Det finns ännu ingen hel period att visa för det här måttet. Välj en senare månad."
NO_PEERS = "Bland de enheter som du får se finns ingen som liknar den här."
NONE_OF_YOURS = "Ingen av de vårdcentraler som du får se är så stor."
ONLY_ONE = "Här visas bara den enhet som du får se. Gränserna är ritade där den ligger."
MONTH_STATES = {"preliminar": "preliminär", "komplett": "komplett", "reviderad": "reviderad"}
MONTH_NOTES = {
    "preliminar": "Preliminärt – sena intyg kan ändra siffrorna till och med {closed}.",
    "komplett": "",
    "reviderad": "Reviderat – intyg eller koordinering har kommit in, rättats eller makulerats efter {closed}, "
    "senast {changed}.",
}
ERROR = "Något gick fel när diagrammet skulle visas. Försök igen. Referens: {reference}."
FORBIDDEN = (
    "Du har inte behörighet till den här enheten. Kontakta regionens statistikansvariga, eller välj en enhet i listan."
)
FORBIDDEN_PAGE = "Din roll ger inte tillgång till den här sidan. Sidorna i menyn är öppna för dig."
UNKNOWN_MONTH = "Den månaden finns inte i statistiken. Välj en månad i listan."
OUTSIDE = (
    "Det som adressen frågar efter finns inte i statistiken. Välj mått, indelning och månad på sidorna. Egna perioder och "
    "andra kombinationer finns inte, för att ingen ska kunna kännas igen."
)
UNKNOWN_MEASURE = "Det måttet finns inte i den här utgåvan. Välj ett mått i listan över mått."
NOTHING_PUBLISHED = "Ingen statistik som den här versionen kan visa är publicerad."
NOTHING_PUBLISHED_ADVICE = "Den som sköter Sjukvy publicerar med kommandot: sjukvy run MAPP"
NO_RELEASE, REFUSED_RELEASE = "ingen utgåva", "utgåva {name} kan inte visas"  # to who watches the service
NO_PDF = "Datorn saknar det som PDF skrivs med (Pango och HarfBuzz). Se docs/installation.md."
NOT_FOUND = "Sidan finns inte. Kontrollera adressen eller gå till Översikt."
DEMO = "Påhittade uppgifter"
DEMO_ADVICE = "Region, enheter och patienter finns inte på riktigt."
NOTHING_TO_BRING_UP = (
    "Inget: ingen signal, ingen avvikelse från regionen och ingen skillnad i återgång eller koordinering utöver slump, i det "
    "som går att bedöma. Att kvinnor har fler sjukfall än män är så i hela landet och tas inte upp här."
)
CERTIFICATE = (
    "Intyg är inte detsamma som utbetald sjukpenning, och att intyget tar slut behöver inte betyda återgång i arbete."
)
MARKS = "× = dolt   .. = uppgift saknas   – = inget att redovisa"
EXCEEDS_CHANCE = "skillnaden är större än slumpen"
MAY_BE_CHANCE = "skillnaden kan vara slump"
NOT_ADJUSTED_UNITS = "Enheterna är inte justerade för ålder, kön och diagnos hos de listade."
INTERVAL = (
    "Ett intervall (95 %) visar hur långt värdet kan vara från det sanna bara av slump. Ett brett intervall betyder att "
    "värdet är osäkert, oftast för att det bygger på få."
)
RINGS = "● större än slumpen, ○ kan vara slump (95-procentigt intervall)."
DIAMOND = "◆ mer än vanlig variation."
NOT_ADJUSTED = "Skillnaden är inte justerad för ålder och diagnos."
TOLD_ONCE = "Det som en gång har visats ändras inte i efterhand: en rättelse syns från nästa period."
