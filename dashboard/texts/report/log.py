"""What the log of decisions says as a file."""

TITLE = "Beslut och åtgärder, {place}"
HEADINGS = (
    "Nummer", "Till beslut", "Slag", "Mötet om", "Version", "Skrivet (UTC)", "Av", "Vad", "Ansvarig", "Klart senast",
    "Mått", "Väntad förändring", "Status", "Försenad",
)  # fmt: skip
ON_PAPER = ("Skrivet (UTC)", "Slag", "Vad", "Ansvarig", "Klart senast", "Mått", "Status", "Av")
LATE = "ja"
TABLE = "Beslut"  # by name in the workbook

# of the file
CONTENT, CONTENT_IS = (
    "Innehåll",
    "Beslut, åtgärder, kommentarer och uppföljningar med hela sin historik, som egenkontroll.",
)
NO_FILTER = "Inget: allt om enheten"
TAKEN = "Uttaget"
PUBLIC = "Allmän handling"
