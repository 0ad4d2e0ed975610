"""What the page about return says."""

TITLE = "Återgång i arbete"
TITLE_ENDED = "Sjukfallet avslutat (alla orsaker)"
MADE_OF = "Vad består skillnaden mellan kvinnor och män av?"
GRADES = "På vilken grad är patienterna?"
