"""What the figures of a place say together, in words."""

from dashboard.texts.figures.signal import ORDINARY
from dashboard.texts.numbers import counted_word

NOT_JUDGED = "Kan inte bedömas: dolt kvartal eller kort serie"  # on a tile
NONE_JUDGED = "Senaste kvartalet kan inte bedömas: det är dolt, eller serierna är för korta."
SIGNAL = "Signal: {signs}"
NO_SIGNALS = f"Inga signaler {{when}}: {ORDINARY}."
ONE = "{measure} för {sex} {sign}"
MORE = ", se Att ta upp."
TOO_FEW = "För få personer för att jämföra kvinnor och män den här månaden."
LARGER = "Kvinnor och män skiljer sig mer än slumpen i {measures}."
UNSURE = "Skillnaden i {measures} kan vara slump."
TO_BRING_UP = "{label}: kvinnor {women}, män {men}. {gap}"


def signals(count: int, when: str) -> str:
    """Två signaler kvartal 3 2026."""
    return f"{counted_word(count, 'signal', 'signaler')} {when}"
