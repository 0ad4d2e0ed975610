"""What every file says of where it comes from."""

# in reading order
QUESTION, SHOWS = "Fråga", "Visar"
UNIT, UNIT_IS = "Enhet", "{place} ({enhet_id})"
MONTH, MONTH_IS = "Månad", "{month} ({state})"
FILTER, PERIOD = "Filter", "Urval och period"
DEFINITION = "Definition"
DATA, RELEASE = "Data till och med", "Utgåva"
PROTECTION, PROTECTED = (
    "Skydd",
    "Värden som bygger på färre än {troskel} personer, och värden som kunde avslöja dem, är dolda.",
)
MARKS, METHOD = "Tecken", "Metod"
MAY_SPREAD = "Får spridas"

# what a table is narrowed to
NO_FILTER = "Inget utöver enhet och månad"
BESIDE, BY = "Bredvid: {names}", "Per {split}"

SPREAD = "internt"  # how far a file may be spread, until a region has decided
