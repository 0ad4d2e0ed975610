"""What workbooks and slides say besides what they show."""

# a workbook
READ_ME = "Läs mig"
SHEET, TABLE = "Blad", "Tabell"

# slides
TITLE = "{place}: sjukskrivning i {month}"
LIMITS = ("Vanlig nivå", "Nedre gräns", "Övre gräns", "Mål")
HIDDEN_BARS = "Dolt, för få personer: {names}."
