"""What the page about decisions and actions says."""

from dashboard.texts.review import PUBLIC

LEAD = f"Gjorde vi det, och vad har måttet visat sedan dess? {PUBLIC}"
LATE, GOING, DONE = "Försenade", "Pågående", "Avslutade"
CAPTION = "{which} beslut och åtgärder"
EVERY = "Alla"
FOLLOW_UPS, COMMENTS = "Uppföljningar", "Kommentarer"
DOWNLOAD = "Ladda ner loggen ({kind})"
