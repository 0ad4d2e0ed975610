"""What the page of the monthly meeting says: the agenda, and what is taken from it."""

TITLE = "Månadsuppföljning"
LEAD = (
    "Underlag för mötet, 30–45 minuter. Mötesläget visar en punkt i taget: bläddra med piltangenterna eller Page Up och "
    "Page Down, och lämna med Esc."
)
MODE = "Mötesläge"

# the items, in the order of the meeting, beside those that are named as their pages
SINCE_LAST = "Sedan sist"
STANDING = "Läget"
SIGNALS = "Signaler sedan förra kvartalet"
SAME_SUPPORT = "Får kvinnor och män samma stöd i samma läge?"
LONG_CASES = "Långa sjukfall och återgång"
DECISIONS = "Beslut"
TO_APT = "Till APT och läkarmöte"

FOLLOW_UP = "Uppföljning. {decision}"
MORE = "Mer om {what}"
MORE_ABOUT = {
    "/kon": "kvinnor och män",
    "/koordinering": "koordinering",
    "/datakvalitet": "datakvalitet",
    "/beslut": "beslut och åtgärder",
}
ON_ONE_PAGE, AS_PDF, AS_SLIDES = "Rapporten på en sida", "Rapporten (PDF)", "Bilder (PPTX)"
AS_TABLES = "Månadens tabeller (Excel)"

# charts for other meetings
TO_TICK = "Diagram att visa"
HOW_LONG = "Hur långa är sjukfallen?"
FETCH = "Hämta som bilder (PPTX)"
