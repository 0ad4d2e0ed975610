"""What is said of a landmark: title, summary, notes and the one sentence. Always a description, never an effect."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import exceeds_chance
from dashboard.figures.sentence import PRELIMINARY, SILENT
from dashboard.texts import states
from dashboard.texts.numbers import HIDDEN, NBSP, interval, listed, number, percent, twelve_months
from dashboard.theme import SEXES
from schemas.dimensions import ARM, BOTH
from schemas.landmark import DESCRIPTION
from schemas.marginal import NO_DAY
from schemas.measure import Landmark

Row = dict[str, Any]
At = dict[tuple[str, str, int], Row]  # sex, arm, day after the landmark
Gaps = dict[tuple[str, int], Row]  # sex, day after the landmark
INSATS, NOT_YET = ARM.ids
TOO_FEW = "För få för en tillförlitlig jämförelse: minst {least} personer krävs i båda grupperna av ett kön."
NOT_ALIKE = (
    "Grupperna går inte att göra lika i ålder och diagnos: för få av varje slag. Välj område eller hela regionen."
)


def points(rows: Sequence[Row], day: int) -> At:
    """The shown points of the landmark on a day."""
    return {
        (row["kon"], row["arm"], row["dag"]): row for row in rows if row["fran_dag"] == day and row["utfall"] == "tal"
    }


def differences(gaps: Sequence[Row], day: int) -> Gaps:
    return {(row["kon"], row["dag"]): row for row in gaps if row["fran_dag"] == day}


def pair_of(at: At, sex: str, day: int) -> tuple[Row, Row] | None:
    with_insats, without = (at.get((sex, arm, day)) for arm in (INSATS, NOT_YET))
    return (with_insats, without) if with_insats and without else None


def title(measure: Landmark, day: int, at: At, gap_at: Gaps) -> str:
    pairs = {sex: pair for sex in BOTH if (pair := pair_of(at, sex, measure.headline))}
    what = f"{DESCRIPTION}. {measure.event.label} inom {measure.headline} dagar efter dag {day}"
    if not pairs:
        return f"{what}: visas inte."
    size = min(row["n"] for pair in pairs.values() for row in pair)
    words = (" med insats", " utan insats ännu")  # said once: of män the same two in the same order
    said = []
    for sex, pair in pairs.items():
        shares = [percent(row["andel"], size) + ("" if said else word) for row, word in zip(pair, words, strict=True)]
        said.append(f"{SEXES[sex].label.lower()} {' och '.join(shares)}")
    missing = [f"{SEXES[sex].label.lower()} visas inte" for sex in BOTH if sex not in pairs]
    return f"{what}: {', '.join([*said, *missing])}.{_chance(measure, gap_at)}"


def _chance(measure: Landmark, gap_at: Gaps) -> str:
    """Whether the differences may be chance, and that more than chance is still no effect."""
    sure = {sex: exceeds_chance(gap_at.get((sex, measure.headline))) for sex in BOTH}
    more = [f"hos {SEXES[sex].label.lower()}" for sex in BOTH if sure[sex]]
    less = [f"hos {SEXES[sex].label.lower()}" for sex in BOTH if sure[sex] is False]
    if not more and not less:
        return ""
    if not more:
        return " Skillnaden kan vara slump."
    rest = f"; {less[0]} kan den vara slump" if less else ""
    return f" Skillnaden är större än slumpen {' och '.join(more)}, men visar inte vad insatsen gör{rest}."


def sizes(at: At, day: int) -> str:
    """Kvinnor: 212 med insats senast dag 60, 801 inte ännu. Män: …"""
    pairs = [(sex, pair) for sex in BOTH if (pair := pair_of(at, sex, 0))]
    return "".join(
        f"{SEXES[sex].label}: {number(pair[0]['n'])} med insats senast dag {day}, {number(pair[1]['n'])} inte ännu. "
        for sex, pair in pairs
    )


def summary(measure: Landmark, day: int, at: At) -> str:
    parts = [f"Kurvdiagram. {measure.name}. Sjukfall kvar efter dag {day}."]
    for sex in BOTH:
        for arm in ARM.categories:
            values = [
                f"{percent(at[sex, arm.id, after]['andel'], at[sex, arm.id, after]['n'])} efter {after} dagar"
                for after in measure.horizons
                if (sex, arm.id, after) in at
            ]
            if values:
                parts.append(f"{SEXES[sex].label}, {arm.label.lower()}: {', '.join(values)}.")
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def state(rows: Sequence[Row], least: str) -> str:
    if rows and all(row["utfall"] == "ej_beraknat" for row in rows):
        return NOT_ALIKE
    return f"{TOO_FEW.format(least=least)} {states.HIDDEN}"


def silent_note(rows: Sequence[Row]) -> tuple[str, ...]:
    hidden = [SEXES[sex].label.lower() for sex in BOTH if any(_is(row, sex, "dolt") for row in rows)]
    unlike = [SEXES[sex].label.lower() for sex in BOTH if any(_is(row, sex, "ej_beraknat") for row in rows)]
    return (
        *([f"Kurvorna för {' och '.join(hidden)} är dolda ({HIDDEN}). {states.HIDDEN}"] if hidden else []),
        *([f"Kurvorna för {' och '.join(unlike)} visas inte (..). {NOT_ALIKE}"] if unlike else []),
    )


def _is(row: Row, sex: str, outcome: str) -> bool:
    return row["kon"] == sex and row["utfall"] == outcome and row["dag"] == NO_DAY


def left_out_note(rows: Sequence[Row]) -> tuple[str, ...]:
    """Which of the days in the table are hidden, and why a curve is a line between few points."""
    days = {
        sex: sorted({row["dag"] for row in rows if row["kon"] == sex and row["utfall"] == "dolt"} - {NO_DAY})
        for sex in BOTH
    }
    said = [
        f"{SEXES[sex].label.lower()} efter {listed([str(day) for day in days[sex]])} dagar" for sex in BOTH if days[sex]
    ]
    hidden = f" Dolt ({HIDDEN}) i tabellen: {'; '.join(said)}." if said else ""
    return (f"{states.LEFT_OUT}{hidden}",)


def cut_note(measure: Landmark, rows: Sequence[Row]) -> tuple[str, ...]:
    """Why a curve ends before the last day of the table."""
    cut = []
    for sex in BOTH:
        for arm in ARM.categories:
            last = max((row["dag"] for row in rows if (row["kon"], row["arm"]) == (sex, arm.id)), default=NO_DAY)
            if last != NO_DAY and last < measure.horizons[-1]:
                cut.append(f"{SEXES[sex].label.lower()}, {arm.label.lower()}, efter {last} dagar")
    return (f"Kurvan slutar för {'; '.join(cut)}: för få sjukfall följs längre.",) if cut else ()


def of_landmark(
    measure: Landmark, period: str, rows: Sequence[Row], gaps: Sequence[Row], *, preliminary: bool = False
) -> str:
    """The measure in one sentence, at its first landmark: who, how many, how much and how sure; never why."""
    at = points(rows, measure.first)
    who = f"sjukfall som {measure.cohort} {twelve_months(period)} och pågick efter dag {measure.first}"
    both = {sex: pair_of(at, sex, measure.headline) for sex in BOTH}
    told = [_in_words(sex, pair) for sex, pair in both.items() if pair]
    if not told:
        hidden = any(row["fran_dag"] == measure.first and row["utfall"] == "dolt" for row in rows)
        silent = SILENT["dolt" if hidden else "ej_beraknat"]
        said = f"{DESCRIPTION}. {silent.format(what=f'{who[0].upper()}{who[1:]}')}"
    else:
        missing = "".join(f"; {SEXES[sex].label.lower()} visas inte" for sex, pair in both.items() if not pair)
        gap_at = differences(gaps, measure.first)
        said = (
            f"{DESCRIPTION}. Av {who} hade, justerat för ålder och diagnosgrupp, {'; '.join(told)} {measure.phrase} inom "
            f"{measure.headline} dagar{missing}.{_chance(measure, gap_at)}"
        )
    return f"{said} {PRELIMINARY}" if preliminary else said


def _in_words(sex: str, pair: tuple[Row, Row]) -> str:
    """hos kvinnor 61 % (57–65) av 212 med insats och 58 % (55–61) av 801 utan insats ännu"""
    parts = [
        f"{number(100 * row['andel'])}{NBSP}%{_limits(row)} av {number(row['n'])} {words}"
        for row, words in zip(pair, ("med insats", "utan insats ännu"), strict=True)
    ]
    return f"hos {SEXES[sex].label.lower()} {parts[0]} och {parts[1]}"


def _limits(row: Row) -> str:
    said = interval(*(None if row[name] is None else 100 * row[name] for name in ("nedre", "ovre")), 0)
    return f" {said}" if said else ""
