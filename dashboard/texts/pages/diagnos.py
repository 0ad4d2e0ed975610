"""What the page about diagnoses says."""

TITLE = "Diagnosgrupper"
LEAD = (
    "Psykiska sjukdomar är fler bland pågående än bland startade sjukfall, eftersom de varar längre. Diagnosgrupperna är "
    "breda: smalare skulle oftast vara dolda för en enhet."
)
# by the diagram that answers it
QUESTIONS = {
    "startade-diagnos5": "Vad dominerar bland de startade sjukfallen?",
    "pagaende-diagnos5": "Vad dominerar bland de pågående sjukfallen?",
    "avslutade-diagnos5": "Vad dominerar bland de avslutade sjukfallen?",
}
