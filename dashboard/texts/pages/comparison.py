"""What is said beside the figures that others publish."""

HEADING = "Riket och länet, annan definition"
NOT_DIGIT_BY_DIGIT = (
    "Talen räknar olika saker och ska inte jämföras siffra för siffra. De egna talen räknar intyg hos regionens "
    "vårdcentraler, från första intygade dag. Försäkringskassan räknar betald ersättning efter var personen bor, och "
    "anställda kommer i regel med från dag 15. Jämför hellre mönster: fördelningen mellan kvinnor och män, och riktningen "
    "över tid."
)
DEMO = "Regionens tal är påhittade. Försäkringskassans tal är verkliga."
NO_COUNTY = "Inga tal för länet är inlästa."
NOTHING = "Inga publicerade tal finns i den här utgåvan."
WHAT = "Vad talen räknar"
