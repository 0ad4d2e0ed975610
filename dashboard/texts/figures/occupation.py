"""Grades day by day, in words."""

from dashboard.texts.numbers import HIDDEN

SUBTITLE = "{name}. {place}, sjukfall som startade {when}. {rule} {source}"
HIDDEN_DAYS = f"Dagar då någon grad har för få visas inte ({HIDDEN})."
NOT_BOTH = "Andelen för dag {day} visas inte för båda könen."
TITLE = "Dag {day}, {state}: {women} av kvinnornas och {men} av männens sjukfall{ending}."
SUMMARY, OF_SEX = "Staplat diagram. {name}.", "{sex} dag {day}: {values}."
CAPTION = "{name}; andel av de startade sjukfallen"
ROW = "Dag {day}, {state}"
