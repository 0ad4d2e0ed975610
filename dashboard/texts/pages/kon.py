"""What the page about women and men says."""

from dashboard.texts.numbers import number

CAUTION = (
    "Kvinnor har fler sjukfall än män i hela landet. Det beror mest på hur många som blir sjuka och i vilka diagnoser; inom "
    "samma diagnos är sjukfallen ungefär lika långa. En skillnad här är därför inte i sig en skillnad i vård."
)
TAKEN_APART = (
    "Hela skillnaden är delad i tre: det som följer av att kvinnor och män är olika gamla, det som följer av att de har olika "
    "diagnoser, och resten. Resten är det som skiljer i samma ålder och med samma diagnos. För tal per listade finns ingen "
    "del för diagnoser, eftersom listade inte har någon diagnos. – betyder att måttet inte delas upp."
)
DIFFERS = "Var skiljer det mellan kvinnor och män?"
BROKEN = {"diagnos5": "I vilka diagnosgrupper skiljer det?", "aldersgrupp": "I vilka åldrar skiljer det?"}
MADE_OF = "Vad består skillnaden av?"
TO_TAKE_APART = "Mått att dela upp"


def not_shown(count: int) -> str:
    return f"Mått som inte visas här ({number(count)})"
