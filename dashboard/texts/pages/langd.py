"""What the page about length says."""

TITLE = "Längd och omfattning"
LEAD = "Längden är sjukskrivna dagar enligt intygen; dagar mellan intyg räknas inte."
BENEFIT = "Vilken ersättning har patienterna?"
