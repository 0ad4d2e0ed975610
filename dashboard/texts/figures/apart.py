"""Why women and men differ, in words: the whole difference and its parts."""

QUESTION = "{short}: vad består skillnaden mellan kvinnor och män av?"
SUBTITLE = "{what}, kvinnor minus män, {unit}. {place}, {when}. {population}. {source}"
TITLE, NOT_APART = "Kvinnor minus män: {whole} {unit}, varav {parts}", "Skillnaden {when} kan inte delas upp."
REST_IS = {True: "resten är större än slumpen", False: "resten kan vara slump"}
SUMMARY = "Linjediagram. {what}, kvinnor minus män, {unit}."
READING = (
    "Linjen hela skillnaden är kvinnornas värde minus männens. De andra linjerna är dess delar: tillsammans är de hela.",
    "Olika ålder och olika diagnoser är det som följer av att kvinnor och män är olika sammansatta. Resten är skillnaden "
    "mellan kvinnor och män i samma ålder och med samma diagnos.",
)
NOT_A_CAUSE = "Uppdelningen beskriver. Den säger inte varför skillnaden finns, eller om den är befogad."
ROUNDED = "Delarna är avrundade, så deras summa kan avvika i sista siffran."
NO_DIAGNOSES = "Listade har ingen diagnos: hur vanliga diagnoserna är hos kvinnor och män ingår i resten."
BY_DIAGNOSIS = (
    "I vilka diagnosgrupper skillnaden ligger visar måttet per diagnosgrupp: gruppernas skillnader är tillsammans hela "
    "skillnaden."
)
WEIGHED = "Sjukfall som inte kunnat följas så länge ersätts av dem som har följts."
FEW = "För få sjukfall för att dela upp skillnaden. Välj enhetens område eller hela regionen."
METHOD = "Hela skillnaden: {whole}. Delarna: {parts}. Intervall 95 %."
MOVER, NORMAL, KITAGAWA = "MOVER", "normalfördelning", "Kitagawa och Das Gupta"
CAPTION = "{what}: skillnaden kvinnor − män och dess delar, {unit}, senaste först"
WHOLE, MINUS = "Hela skillnaden", "Kvinnor − män"
POINTS_OF, DAYS, MEAN = "procentenheter ({unit})", "dagar", "Medelantal {what} under de första {day} dagarna"
