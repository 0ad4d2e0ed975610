"""A cumulative incidence by sex, in words."""

from dashboard.texts.numbers import HIDDEN, number
from dashboard.texts.states import HIDDEN as WHY_HIDDEN

TESTED = {
    "kurva": "Hela kurvorna jämförda (Grays test, {p}): {said}.",
    "kurva_diagnos": "Hela kurvorna jämförda inom samma diagnosgrupp (Grays test stratifierat för diagnosgrupp, {p}): {said}.",
}
SUBTITLE = "{name}. {place}, sjukfall som {cohort} {when}. {sizes}{rule} {source}"
SIZES, SIZE = "Antal sjukfall: {sizes}. ", "{count} hos {sex}"
NOT_SHOWN = "Andelen för dag {day} visas inte."
ONE_SEX = {"K": "{share} av kvinnornas sjukfall {phrase}.", "M": "{share} av männens sjukfall {phrase}."}
BOTH = "{women} av kvinnornas och {men} av männens sjukfall {phrase}{ending}."
SUMMARY, SHARE_ON_DAY, CHANCE_ON_DAY = "Kurvdiagram. {name}.", "{share} dag {day}", "Dag {day}: {chance}."
ONE_HIDDEN = f"Kurvan för {{sexes}} är dold ({HIDDEN}). {WHY_HIDDEN}"
HIDDEN_DAYS, DAYS_OF = f" Dolt ({HIDDEN}) i tabellen: {{days}}.", "{sex} dag {days}"
ENDS, ENDS_OF = "Kurvan slutar för {sexes}: för få sjukfall följs längre.", "{sex} efter dag {day}"
CAPTION = "{name} på bestämda dagar; skillnad i procentenheter"
IN_WORDS = "Andel med 95-procentigt intervall. {sexes}"
OF_SEX, OF_DAY = "{sex} ({count} sjukfall): {days}.", "dag {day} {share}{limits}"


def surprise(p: float) -> str:
    return "p under 0,001" if p < 0.001 else f"p = {number(p, 3 if p < 0.01 else 2)}"
