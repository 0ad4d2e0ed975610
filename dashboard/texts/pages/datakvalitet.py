"""What the page about the quality of the data says."""

from collections.abc import Sequence

LEAD = (
    "Felen i intygen gäller den enhet som är vald, det övriga hela regionen. Rader i karantän ingår inte i statistiken "
    "förrän felet är rättat hos avsändaren. Okända uppgifter ingår och räknas för sig."
)
WHICH_MONTHS = "Vilka månader finns?"
MONTHS = (
    "En månad är preliminär tills data räcker {sena_dagar} dagar efter månadens slut, eftersom intyg kommer in sent. Sedan är "
    "den komplett. Den är reviderad när ett intyg eller en koordineringsinsats med en dag i månaden har kommit in, rättats "
    "eller makulerats efter det: månadens siffror kan då vara andra än i en tidigare utgåva."
)
WHICH_FAULTS = "Vilka fel finns i intygen från {place}?"
FAULTS = (
    "Intygen är inlästa och ingår i statistiken, men felen gör den sämre. Ett slutdatum mer än ett år fram gör sjukfallet för "
    "långt tills intyget makuleras eller ersätts. Överlappande intyg gäller dagar som ett tidigare intyg redan täcker; varje "
    "dag räknas en gång. Graden är fel när samtidiga intyg blir över 100 procent tillsammans. Sjukfall räknas för varje "
    "vårdgivare för sig: delade sjukfall fortsätter hos en annan vårdgivare, och syns bara om båda levererar samma "
    "pseudonym. 0 betyder att inget fel finns."
)
DELIVERED = "Vad blev av det som levererades?"
EXCEPTIONS = "Vad är stoppat, utelämnat eller okänt?"
NO_ROWS = "Inga rader."
HOW_MUCH = "Hur mycket är dolt?"
HIDDEN = (
    "Små tal döljs, och andra tal som de annars kunde räknas ut ur. Ju mindre vårdcentralen är, desto mer är dolt. Ett område "
    "och regionen visar mer. Att bara dölja de små talen räcker inte: en summa minus det som visas ger dem tillbaka. Hyperkub "
    "är en vanlig metod som döljer tal i grupper om fyra eller åtta; den ser inte tabeller som hör ihop. Jämförelsen mellan "
    "metoder visas bara där den inte säger något om enskilda tal."
)
NO_UNIT = "Regionen har ingen vårdcentral."
CHANGED = "{month} (senast {day})"


def months(first: str, last: str, late: Sequence[str], changed: Sequence[str], *, others: bool) -> str:
    """From when to when, and which months are preliminary or revised."""
    said = [
        f"Statistiken gäller {first}–{last}.",
        f"Preliminära månader: {', '.join(late)}." if late else "Inga månader är preliminära.",
        f"Reviderade månader: {', '.join(changed)}." if changed else "Inga månader är reviderade.",
        *(["Övriga är kompletta."] if others else []),
    ]
    return " ".join(said)
