"""Shares of the same whole, in words."""

WHOLE = "Målgrupp"
SUBTITLE = "{name}, {unit}. {place}, sjukfall som startade {when}. {rule} {source}"
