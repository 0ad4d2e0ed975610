"""What stands round a chart, whatever it shows."""

AS_TABLE = "Visa som tabell"
READING = "Så läser du diagrammet"
LARGER = "Visa för {place}"
MORE = "Mer om måttet"
EXCEL, CSV, CSV_FOR_PROGRAMS = "Ladda ner Excel", "Ladda ner CSV", "CSV för program"
PICTURE = "Ladda ner bild"
