"""The sections of a diagnosis chapter: what the bars are, and what they are without."""

OTHERS = "Övriga avsnitt"
NOT_SHOWN = "Avsnitt som inte visas (inga eller för få sjukfall, eller för att skydda ett annat avsnitt): {codes}."
SIX = "Diagrammet visar de sex största avsnitten. Tabellen visar varje avsnitt, också dem som ingår i Övriga avsnitt."
REST = (
    "Övriga avsnitt är kapitlet utan de andra staplarna, också avsnitt som inte visas, och har därför inget intervall."
)
NO_REST = "Vad övriga avsnitt är tillsammans visas inte, eftersom det hade gått att räkna ut ett dolt värde."
