"""What is said of a landmark: title, summary, notes and the one sentence. Always a description, never an effect."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import exceeds_chance
from dashboard.texts import states
from dashboard.texts.figures import landmark as texts
from dashboard.texts.figures import shared
from dashboard.texts.figures.curve import ENDS, HIDDEN_DAYS
from dashboard.texts.figures.sentence import PRELIMINARY, SILENT
from dashboard.texts.numbers import NBSP, interval, listed, number, percent, twelve_months
from dashboard.theme import SEXES
from schemas.dimensions import ARM, BOTH
from schemas.landmark import DESCRIPTION
from schemas.marginal import NO_DAY
from schemas.measure import Landmark

Row = dict[str, Any]
At = dict[tuple[str, str, int], Row]  # sex, arm, day after the landmark
Gaps = dict[tuple[str, int], Row]  # sex, day after the landmark
INSATS, NOT_YET = ARM.ids


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
    what = texts.TITLE.format(description=DESCRIPTION, event=measure.event.label, within=measure.headline, day=day)
    if not pairs:
        return f"{what}: {shared.NOT_SHOWN}."
    size = min(row["n"] for pair in pairs.values() for row in pair)
    said = []
    for sex, pair in pairs.items():
        shares = [percent(row["andel"], size) for row in pair]
        if not said:  # the arms are named once: of män the same two in the same order
            shares = [f"{share} {arm}" for share, arm in zip(shares, texts.ARMS, strict=True)]
        said.append(f"{SEXES[sex].label.lower()} {listed(shares)}")
    missing = [shared.NOT_SHOWN_OF.format(sex=SEXES[sex].label.lower()) for sex in BOTH if sex not in pairs]
    return f"{what}: {', '.join([*said, *missing])}.{_chance(measure, gap_at)}"


def _chance(measure: Landmark, gap_at: Gaps) -> str:
    sure = {sex: exceeds_chance(gap_at.get((sex, measure.headline))) for sex in BOTH}
    larger = [SEXES[sex].label.lower() for sex in BOTH if sure[sex]]
    unsure = [SEXES[sex].label.lower() for sex in BOTH if sure[sex] is False]
    return texts.chance(larger, unsure)


def sizes(at: At, day: int) -> str:
    """Kvinnor: 212 med insats senast dag 60, 801 inte ännu. Män: …"""
    pairs = [(sex, pair) for sex in BOTH if (pair := pair_of(at, sex, 0))]
    return "".join(
        texts.SIZES.format(sex=SEXES[sex].label, insats=number(pair[0]["n"]), day=day, without=number(pair[1]["n"]))
        for sex, pair in pairs
    )


def summary(measure: Landmark, day: int, at: At) -> str:
    parts = [texts.SUMMARY.format(name=measure.name, day=day)]
    for sex in BOTH:
        for arm in ARM.categories:
            values = [
                texts.SHARE_AFTER.format(share=percent(row["andel"], row["n"]), day=after)
                for after in measure.horizons
                if (row := at.get((sex, arm.id, after)))
            ]
            if values:
                parts.append(f"{SEXES[sex].label}, {arm.label.lower()}: {', '.join(values)}.")
    return " ".join([*parts, shared.IN_TABLE])


def state(rows: Sequence[Row], least: str) -> str:
    if rows and all(row["utfall"] == "ej_beraknat" for row in rows):
        return texts.NOT_ALIKE
    return f"{texts.TOO_FEW.format(least=least)} {states.HIDDEN}"


def silent_note(rows: Sequence[Row]) -> tuple[str, ...]:
    hidden = [SEXES[sex].label.lower() for sex in BOTH if any(_is(row, sex, "dolt") for row in rows)]
    unlike = [SEXES[sex].label.lower() for sex in BOTH if any(_is(row, sex, "ej_beraknat") for row in rows)]
    return (
        *([texts.HIDDEN_OF.format(sexes=listed(hidden))] if hidden else []),
        *([texts.UNLIKE_OF.format(sexes=listed(unlike))] if unlike else []),
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
        texts.DAYS_OF.format(sex=SEXES[sex].label.lower(), days=listed([str(day) for day in days[sex]]))
        for sex in BOTH
        if days[sex]
    ]
    hidden = HIDDEN_DAYS.format(days="; ".join(said)) if said else ""
    return (f"{states.LEFT_OUT}{hidden}",)


def cut_note(measure: Landmark, rows: Sequence[Row]) -> tuple[str, ...]:
    """Why a curve ends before the last day of the table."""
    cut = []
    for sex in BOTH:
        for arm in ARM.categories:
            last = max((row["dag"] for row in rows if (row["kon"], row["arm"]) == (sex, arm.id)), default=NO_DAY)
            if last != NO_DAY and last < measure.horizons[-1]:
                cut.append(texts.ENDS_OF.format(sex=SEXES[sex].label.lower(), arm=arm.label.lower(), day=last))
    return (ENDS.format(sexes="; ".join(cut)),) if cut else ()


def of_landmark(
    measure: Landmark, period: str, rows: Sequence[Row], gaps: Sequence[Row], *, preliminary: bool = False
) -> str:
    """The measure in one sentence, at its first landmark: who, how many, how much and how sure; never why."""
    at = points(rows, measure.first)
    who = texts.WHO.format(cohort=measure.cohort, when=twelve_months(period), day=measure.first)
    both = {sex: pair_of(at, sex, measure.headline) for sex in BOTH}
    told = [_in_words(sex, pair) for sex, pair in both.items() if pair]
    if not told:
        hidden = any(row["fran_dag"] == measure.first and row["utfall"] == "dolt" for row in rows)
        silent = SILENT["dolt" if hidden else "ej_beraknat"].format(what=f"{who[0].upper()}{who[1:]}")
        said = texts.NOT_SAID.format(description=DESCRIPTION, silent=silent)
    else:
        missing = [shared.NOT_SHOWN_OF.format(sex=SEXES[sex].label.lower()) for sex, pair in both.items() if not pair]
        said = texts.SENTENCE.format(
            description=DESCRIPTION,
            who=who,
            told="; ".join(told),
            phrase=measure.phrase,
            within=measure.headline,
            missing="".join(f"; {one}" for one in missing),
            chance=_chance(measure, differences(gaps, measure.first)),
        )
    return f"{said} {PRELIMINARY}" if preliminary else said


def _in_words(sex: str, pair: tuple[Row, Row]) -> str:
    """hos kvinnor 61 % (57–65) av 212 med insats och 58 % (55–61) av 801 utan insats ännu"""
    insats, without = (
        texts.OF_ARM.format(
            share=f"{number(100 * row['andel'])}{NBSP}%", limits=_limits(row), count=number(row["n"]), arm=arm
        )
        for row, arm in zip(pair, texts.ARMS, strict=True)
    )
    return texts.OF_SEX.format(sex=SEXES[sex].label.lower(), insats=insats, without=without)


def _limits(row: Row) -> str:
    said = interval(*(None if row[name] is None else 100 * row[name] for name in ("nedre", "ovre")), 0)
    return f" {said}" if said else ""
