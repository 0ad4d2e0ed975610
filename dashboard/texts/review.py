"""What the monthly review says."""

NEVER = "Skriv aldrig uppgifter om enskilda patienter."
PUBLIC = "Det ni skriver är allmän handling och sparas med hela sin historik."
HINT = f"{NEVER} {PUBLIC}"
SAVED = {
    "beslut": "Beslutet är sparat.", "atgard": "Åtgärden är sparad.", "kommentar": "Kommentaren är sparad.",
    "uppfoljning": "Uppföljningen är sparad.", "andra": "Ändringen är sparad.", "rapport": "Mötets rapport är sparad.",
}  # fmt: skip
NOT_SAVED = "Det går inte att spara just nu. Det du skrev är kvar: försök igen om en stund."
CHANGED = (
    "{who} sparade en ändring {when} (UTC) medan du skrev: {status}. {text} Din text är kvar. "
    "Läs igenom, och spara igen om den ska gälla i stället."
)
CHOOSE_MEASURE = "Välj måttet i listan."
NO_SIGNALS = "Inga signaler – vanlig variation."
NOTHING_BEFORE = "Inga beslut eller åtgärder från tidigare möten."
NOTHING_WRITTEN = "Inga beslut är antecknade."
WRITTEN_AT = "De antecknas på sidan Månadsuppföljning."
NOT_WHY = "Styrdiagrammet visar om något har ändrats, inte varför. Två punkter jämförs aldrig med varandra."
DECISION_NOTE = "Beslut "  # how a note about a decision under a chart begins
NO_QUARTER = "ännu inget kvartal efter mötet."
CONFIRM = "Namnet gäller inte en patient."
FROZEN = "Mötets rapport är sparad {when} av {who} och visar utgåva {release}."
KEEP = "Spara mötets rapport"
NOT_FROZEN = "Mötets rapport är inte sparad. När den är det ligger siffrorna kvar som de var vid mötet."
REVISED = "Reviderat sedan mötet"
NOT_REVISED = "Inga siffror i mötets rapport har ändrats sedan dess."
REPORT_HEADINGS = ("Mått", "Vid mötet", "Nu")
NO_LONGER = "visas inte längre"
SEXES = {"kvinnor": "kvinnor", "man": "män"}  # of a row of the report, and in a sentence
TARGET = "Mål: {said}. {sources}"
COMPLETE = "{month} är komplett."
