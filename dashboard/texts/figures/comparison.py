"""Figures that others publish, beside our own: headings, and what each of them is called."""

# shown of the many chapters: the two that are most of all sick leave
CHAPTERS = {"F00-F99": "psykiska diagnoser (F00–F99)", "M00-M99": "rörelseorganen (M00–M99)"}
OWN, OTHERS = "{place}: egna tal ur intyg", "Försäkringskassans tal: riket och länet"
COUNT = "{name}, antal, {when}"
MEASURE, SERIES, SEE_ROW = "Mått", "Serie", "se raden"
PUBLISHED, CASE = "{name} (Försäkringskassan)", "Sjukfall (Försäkringskassan)"
DEFINITION = "{definition} Enhet: {unit}. Källa: {sources}."
