"""The own unit in the spread of the region's vårdcentraler, in words."""

from dashboard.texts.figures.shared import TWELVE_MONTHS

QUESTION = "{short}: var i regionens spridning ligger enheten?"
SAME, EACH = "Kvinnor och män: {where}.", "Kvinnor: {women}. Män: {men}."
HIDDEN, UNKNOWN = "värdet visas inte", "går inte att jämföra"
LOWEST, LOWER, MIDDLE = "bland de lägsta tio procenten", "i den lägre delen", "i den mittersta hälften"
HIGHER, HIGHEST = "i den högre delen", "bland de högsta tio procenten"
SUMMARY = "Banddiagram. {name}, {unit}."
HALF = "{sex}: median {median}, mittersta hälften {low}–{high} av {units} enheter."
READING = (
    "Banden är regionens vårdcentraler: hälften ligger i det mörkare, åtta av tio i det ljusare. Linjen i mitten är "
    "medianen.",
    "Banden är inga gränser för slump. Små enheter hamnar oftare utanför utan att något skiljer.",
)
ONLY_SHOWN = "Bara enheter med visat värde räknas in; de minsta enheterna är oftare dolda."
METHOD = "Percentiler bland vårdcentralerna i regionen; de är inga skattningar och har inget intervall."
AXIS = {"r12": TWELVE_MONTHS, "manad": "Kvartalets sista dag"}
CAPTION = "{name}: enheten och percentiler bland regionens vårdcentraler, senaste först"
OWN, MEDIAN = "Enheten", "Median"
