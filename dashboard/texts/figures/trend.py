"""A counting measure over time, in words."""

from dashboard.texts.figures.shared import HIDDEN_IS, MONTH, QUARTER, TWELVE_MONTHS
from dashboard.texts.states import MAY_BE_CHANCE, NO_DENOMINATOR

AXIS = {"manad": MONTH, "kvartal": QUARTER, "r12": TWELVE_MONTHS}
NOT_SHOWN, NOT_COMPUTED = "Värdet {when} visas inte.", "Värdet {when} kan inte beräknas."
COUNTS = f"Kvinnor {{women}}, män {{men}} {{when}}. {NO_DENOMINATOR} för andel."
COMPARED = "Kvinnor har {compared} än män: {women} mot {men} {unit} {when}."
ALIKE = f"Kvinnor och män: {{women}} mot {{men}} {{unit}} {{when}}; {MAY_BE_CHANCE}."
LAST_SHOWN = "Senast visat {when}: kvinnor {women}, män {men} {unit}."
TOGETHER = "Kvinnor och män tillsammans: {count} {counted} {when}{rate}."
OF_SHARES, OF_MEANS, OF_COUNTS = ("högre andel", "lägre andel"), ("högre värde", "lägre värde"), ("fler", "färre")
UNKNOWN = "Uppgiften saknas {when}."
SUMMARY = "Linjediagram. {name}, {unit}."
BROKEN = f"{HIDDEN_IS}: {{count}} värden visas inte, och linjen är bruten där."
NO_LISTED = f"{NO_DENOMINATOR}: antalet listade är inte levererat, därför visas antal i stället för andel."
CAPTION = "{name} per {axis}, senaste först"
AMOUNT, PER, UNRECORDED, WHOLE = "Mängd", "Per {count}", "Uppgift saknas", "Totalt"
PERCENT, PER_THOUSAND = "Procent", "Per 1 000"
