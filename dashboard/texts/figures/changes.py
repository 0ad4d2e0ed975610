"""Whether the followed measures have changed, in words."""

UNUSUAL = "◆"
CAPTION = f"Värdet {{when}} mot den vanliga nivån, signaler ({UNUSUAL}) först. Måttets namn leder till diagrammet"
FIRST, VARIATION = "Mått", "Variation"
CHANGED = "{unusual} av {series} serier har ändrat sig mer än vanligt {when}."
NONE = "Ingen"
NOT_JUDGED = "kan inte bedömas"
