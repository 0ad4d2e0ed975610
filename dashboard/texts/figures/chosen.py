"""Units of one's own choice beside each other, in words."""

from dashboard.texts.figures.shared import IN_TABLE

QUESTION = "{short}: hur är det hos dem vi själva väljer?"
TITLE = "{own} bredvid {others}."
SUMMARY = f"Punktdiagram med intervall. {{name}}, {{unit}}: {{values}}. {IN_TABLE}"
CAPTION = "{name}: den egna enheten och de valda"
READING = (
    "Varje rad är en enhet, ett område eller en region. Strecken är 95-procentiga intervall: små enheter har breda.",
    "Två rader vars intervall går in i varandra kan skilja sig av slump.",
)
NOT_POOLED = "Enheterna visas var för sig. De läggs aldrig ihop: summor av egna urval finns inte i statistiken."
