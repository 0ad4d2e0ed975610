"""What the page of one measure says of itself; what the measure says stands in its declaration."""

COMPARE = "Jämför enheterna"
CHOOSE_SPLIT = "Välj indelning"
ONE_GROUP, NO_GROUP = "Visa en grupp över tid", "ingen vald"

# under "Så räknar vi", in reading order
SIZE, SIZE_IS = (
    "Listade i alla åldrar",
    "{number} i {month}. En upplysning om enhetens storlek: inget värde delas med det.",
)
CASE, CASE_IS = "Sjukfall", "Intygsperioder med högst {glapp_dagar} dagar emellan hos samma vårdgivare."
PROTECTION, PROTECTED = (
    "Skydd",
    "Värden som bygger på färre än {troskel} personer visas inte, och inte heller värden som de annars kunde räknas ut ur. "
    "Båda märks ×.",
)
RELEASE, RELEASE_IS = "Utgåva", "{release_id}, data {data_fran}–{data_tom}"
