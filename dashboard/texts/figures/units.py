"""Every vårdcentral with its interval, in words."""

from dashboard.texts.figures.shared import HIDDEN_IS, IN_TABLE

QUESTION = "{short}: hur ligger enheterna till?"
TITLE = "Enheterna bredvid varandra, störst först."
BESIDE = "{value} (regionen {around})"
SUBTITLE = "{name}, {unit}. Vårdcentraler, {when}. {source}"
SUMMARY = f"Punktdiagram med intervall. {{name}}, {{unit}}, för {{count}} vårdcentraler, störst först. {IN_TABLE}"
READING = (
    "Varje rad är en vårdcentral, störst först. Strecken är 95-procentiga intervall: små enheter har breda.",
    "Att en enhet ligger utanför regionens värde är inte i sig ett fel: ålder, diagnoser och slump spelar in.",
)
LINES = f"Strecklinjerna är regionens värde. {HIDDEN_IS}."
CAPTION = f"{{name}} per vårdcentral, störst först ({HIDDEN_IS})"
REGION, LINE = "Regionen", "{sex}, regionen"
