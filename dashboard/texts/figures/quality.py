"""The quality of the deliveries: headings of the tables."""

RECEIVED, LOADED, DUPLICATES, STOPPED = "Mottagna rader", "Inlästa", "Redan inlästa (dubbletter)", "I karantän"
# by what a release calls them
OUTCOMES = {
    "Mottagna rader": RECEIVED, "Inlästa": LOADED, "Redan inlästa (dubbletter)": DUPLICATES, "I karantän": STOPPED,
}  # fmt: skip
EXCEPTIONS = {
    "karantan": "I karantän, efter regel",
    "utelamnat": "Utelämnat enligt den nationella sjukfallsregeln",
    "okant": "Inläst men okänt",
}
FRONT, WHOLE, SPLIT = "Översikt", "Alla mått, utan indelning", "Alla mått, efter {split}"
SIZES = ("Alla vårdcentraler", "Minsta fjärdedelen", "Näst minsta", "Näst största", "Största fjärdedelen")
METHODS = {"enbart_sma": "Bara små tal", "hyperkub": "Hyperkub", "dolda": "Så här visas de"}
DELIVERED = "Mottagna rader = inlästa + redan inlästa (dubbletter) + i karantän"
ROWS, ROW_UNIT, WHAT = "Antal rader", "rader", "Vad"
FAULTS, FAULT_UNIT = "Intygsperioder med fel, efter den månad då de börjar", "intygsperioder"
HIDDEN = "Dolda tal i procent: kvinnor och män vid vårdcentraler i den senaste perioden"
HIDDEN_BY_METHOD = "Dolda tal i procent med olika metoder: alla vårdcentraler"
SHOWN = "Vad som visas"
