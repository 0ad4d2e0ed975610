"""A curve in figures, in words: days on sick leave, shares as they are and standardised, and groups."""

MEAN, MEDIAN = "Medel, första {day} dagarna", "Median, dagar till händelsen"
DAYS, DAYS_SUBJECT = "Hur många dagar är patienterna sjukskrivna?", "Antal {what}"
DAYS_SUBTITLE = "Antal {what} per sjukfall, räknat till sjukfallets slut av alla orsaker. {about}"
ABOUT_MEANS = (
    "Medelvärdet räknas bara under de första 90, 180 eller 365 dagarna, så att fall som ännu pågår kan vara med. "
    "Det visas (..) inte när för få har följts så länge."
)
ABOUT_MEDIAN = (
    "Medianen är den dag då hälften av sjukfallen har nått: {event}. Den visas inte (..) om hälften aldrig når dit."
)
DAYS_METHOD = (
    "Begränsat medelvärde med intervall 95 %, normalfördelning; kvot på log-skala. "
    "Medianens intervall: kurvans, på dagar som visas; skillnad: MOVER, kvot: MOVER-R."
)
AS_IS, ALIKE = "Dag {day}, ojusterat", "Dag {day}, standardiserat"
STANDARD = "Blir skillnaden en annan när ålder och diagnos är lika?"
STANDARD_SUBJECT = "{name}, ojusterat och standardiserat"
STANDARD_SUBTITLE = "{name}, som det är och standardiserat för ålder och diagnosgrupp. {about}"
ABOUT_STANDARD = (
    "Standardiserat är vad andelarna hade varit om kvinnor och män haft samma åldrar och diagnosgrupper: enhetens "
    "egna, båda könen tillsammans. Små grupper är sammanslagna, så att var och en rymmer minst 20 personer av varje "
    "kön; på en liten enhet jämnas därför mindre ut."
)
STANDARD_METHOD = (
    "Aalen–Johansen i varje grupp, direkt standardiserad, intervall 95 % på log-log-skala. Skillnad: MOVER. "
    "Kvot: MOVER-R."
)
PER_GROUP, GROUPS = "{name} per {split}", "{short} per {split}: hur skiljer det?"
GROUPS_SUBTITLE = "{name} per {split}. {about}"
GROUP_ON_DAY = "{group}, dag {day}"
ABOUT_GROUPS = "Varje grupp kräver minst 20 personer och 10 händelser av könet."
GROUPS_METHOD = "Aalen–Johansen med intervall 95 % på log-log-skala. Skillnad: MOVER. Kvot: MOVER-R."
ABOUT = "{place}, sjukfall som {cohort} {when}. {rule} {source}"
FIRST_AND_LAST = (
    "Hos {sex} är andelen lägst i gruppen {low_group} ({low}) och högst i gruppen {high_group} ({high} {unit})."
)
TOO_FEW = "För få grupper visas för att jämföra."
SHARE = "procent {tile}"


def share_on_days(tile: str) -> str:
    """The unit of shares on several days, from that of one day: i arbete inom 90 dagar → procent i arbete."""
    return SHARE.format(tile=tile.partition(" inom ")[0])
