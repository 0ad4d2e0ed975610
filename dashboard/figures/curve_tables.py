"""A curve in figures: days on sick leave, shares as they are and standardised, and the groups of a breakdown."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import Diagram
from dashboard.figures.groups import bars, both_sexes
from dashboard.figures.groups_figure import Frame, Item
from dashboard.texts import states
from dashboard.texts.numbers import twelve_months
from schemas.dimensions import Dimension
from schemas.marginal import NO_DAY
from schemas.measure import Curve

Row = dict[str, Any]
PER_CENT = 100
LIMITS = ("varde", "nedre", "ovre")
CONTRASTS = ("differens", "differens_nedre", "differens_ovre")


def days(measure: Curve, period: str, values: Sequence[Row], gaps: Sequence[Row], place: str, source: str) -> Diagram:
    """Mean days within each declared number of days, and the median. `values` and `gaps` are rows of `kurvtal` and
    `kurvskillnad`."""
    means = [_quantity(f"Medel, första {tau} dagarna", "medeldagar", tau, values, gaps, 1) for tau in measure.means]
    median = _quantity("Median, dagar till händelsen", "median", NO_DAY, values, gaps, 1)
    known = [item for item in means if item.gap and item.gap["utfall"] == "tal"]
    frame = Frame(
        name=f"{measure.id}-dagar",
        measure=measure.id,
        question="Hur många dagar är patienterna sjukskrivna?",
        subject=f"Antal {measure.mean_of}",
        unit=measure.mean_of,
        counted="sjukfall",
        subtitle=f"Antal {measure.mean_of} per sjukfall, räknat till sjukfallets slut av alla orsaker. "
        f"{_about(measure, period, place, source)}",
        notes=(
            "Medelvärdet räknas bara under de första 90, 180 eller 365 dagarna, så att fall som ännu pågår kan vara med. "
            "Det visas (..) inte när för få har följts så länge.",
            f"Medianen är den dag då hälften av sjukfallen har nått: {measure.event.label.lower()}. Den visas inte (..) "
            "om hälften aldrig når dit.",
            states.NOT_ADJUSTED,
        ),
        method="Begränsat medelvärde med intervall 95 %, normalfördelning; kvot på log-skala. "
        "Medianens intervall: kurvans, på dagar som visas; skillnad: MOVER, kvot: MOVER-R.",
    )
    told = known[-1] if known else means[0]
    return bars(frame, [*means, median], title=both_sexes(told, measure.mean_of))


def standardised(
    measure: Curve, period: str, shares: Sequence[Row], share_gaps: Sequence[Row], values: Sequence[Row],
    gaps: Sequence[Row], place: str, source: str,
) -> Diagram:  # fmt: skip
    """Shares as they are beside shares standardised for age and diagnosis. `shares` are rows of `kurva` of the event, with
    `share_gaps` of `skillnad`."""
    unit = f"procent {measure.tile.format(dag=measure.headline).partition(' inom ')[0]}"
    tabled = []
    for day in measure.horizons:
        tabled.append(_share(f"Dag {day}, ojusterat", day, shares, share_gaps))
        tabled.append(_quantity(f"Dag {day}, standardiserat", "standard", day, values, gaps, PER_CENT))
    drawn = [item for item in tabled if item.label.startswith(f"Dag {measure.headline},")]
    frame = Frame(
        name=f"{measure.id}-standard",
        measure=measure.id,
        question="Blir skillnaden en annan när ålder och diagnos är lika?",
        subject=f"{measure.name}, ojusterat och standardiserat",
        unit=unit,
        counted="sjukfall",
        subtitle=f"{measure.name}, som det är och standardiserat för ålder och diagnosgrupp. "
        f"{_about(measure, period, place, source)}",
        notes=(
            "Standardiserat är vad andelarna hade varit om kvinnor och män haft samma åldrar och diagnosgrupper: enhetens "
            "egna, båda könen tillsammans. Små grupper är sammanslagna, så att var och en rymmer minst 20 personer av varje "
            "kön; på en liten enhet jämnas därför mindre ut.",
        ),
        method="Aalen–Johansen i varje grupp, direkt standardiserad, intervall 95 % på log-log-skala. Skillnad: MOVER. "
        "Kvot: MOVER-R.",
    )
    return bars(frame, drawn, title=both_sexes(drawn[-1], "procent"), tabled=tabled)


def by_group(
    measure: Curve, dimension: Dimension, period: str, rows: Sequence[Row], gaps: Sequence[Row], place: str, source: str
) -> Diagram:
    """Every group of a breakdown on the headline day, and on every declared day in the table."""
    unit = f"procent {measure.tile.format(dag=measure.headline)}"
    groups = [one for one in dimension.categories if any(row["grupp"] == one.id for row in rows)]
    inside = {one.id: [row for row in rows if row["grupp"] == one.id] for one in groups}
    beside = {one.id: [gap for gap in gaps if gap["grupp"] == one.id] for one in groups}
    drawn = [_share(one.label, measure.headline, inside[one.id], beside[one.id]) for one in groups]
    tabled = [
        _share(f"{one.label}, dag {day}", day, inside[one.id], beside[one.id])
        for one in groups
        for day in measure.horizons
    ]
    frame = Frame(
        name=f"{measure.id}-{dimension.column}",
        measure=measure.id,
        question=f"{measure.short} per {dimension.label.lower()}: hur skiljer det?",
        subject=f"{measure.name} per {dimension.label.lower()}",
        unit=unit,
        counted="sjukfall",
        subtitle=f"{measure.name} per {dimension.label.lower()}. {_about(measure, period, place, source)}",
        notes=("Varje grupp kräver minst 20 personer och 10 händelser av könet.", states.NOT_ADJUSTED),
        method="Aalen–Johansen med intervall 95 % på log-log-skala. Skillnad: MOVER. Kvot: MOVER-R.",
    )
    return bars(frame, drawn, title=_first_and_last(drawn, unit), tabled=tabled)


def in_percent(gap: Row) -> Row:
    """A difference of shares in percentage points."""
    return _scaled(gap, CONTRASTS, PER_CENT) or gap


def _about(measure: Curve, period: str, place: str, source: str) -> str:
    return f"{place}, sjukfall som {measure.cohort} {twelve_months(period)}. {measure.unit_rule} {source}"


def _first_and_last(items: Sequence[Item], unit: str) -> str:
    """The groups with the lowest and the highest share of kvinnor, or of män where no group of kvinnor is shown."""
    for sex, label in (("K", "kvinnor"), ("M", "män")):
        known = sorted((item for item in items if item.value(sex) is not None), key=lambda item: item.value(sex) or 0)
        if len(known) > 1:
            low, high = known[0], known[-1]
            return (
                f"Hos {label} är andelen lägst i gruppen {low.label.lower()} ({low.value(sex):.0f}) och högst i gruppen "
                f"{high.label.lower()} ({high.value(sex):.0f} {unit})."
            )
    return "För få grupper visas för att jämföra."


def _quantity(label: str, name: str, day: int, values: Sequence[Row], gaps: Sequence[Row], scale: float) -> Item:
    mine = [row for row in values if row["storhet"] == name and row["dag"] == day]
    gap = next((row for row in gaps if row["storhet"] == name and row["dag"] == day), None)
    return Item(
        label=label,
        by_sex={row["kon"]: _as_value(row, LIMITS, scale) for row in mine},
        gap=_scaled(gap, CONTRASTS, scale),
    )


def _share(label: str, day: int, rows: Sequence[Row], gaps: Sequence[Row]) -> Item:
    """One day of curves; a hidden curve has one row, without day."""
    mine = [row for row in rows if row["kon"] in ("K", "M") and row["dag"] in (day, NO_DAY)]
    gap = next((row for row in gaps if row["dag"] == day), None)
    hidden = any(row["utfall"] == "dolt" for row in mine)
    return Item(
        label=label,
        by_sex={row["kon"]: _as_value(row, ("andel", "nedre", "ovre"), PER_CENT) for row in mine},
        gap={"utfall": "dolt"} if gap is None and hidden else _scaled(gap, CONTRASTS, PER_CENT),
    )


def _as_value(row: Row, fields: tuple[str, str, str], scale: float) -> Row:
    """A row in the form of `varde`: antal is the number of cases."""
    scaled = _scaled(row, fields, scale) or row
    return {
        "utfall": row["utfall"], "kvot_utfall": row["utfall"], "antal": row["n"],
        **{to: scaled[of] for to, of in zip(LIMITS, fields, strict=True)},
    }  # fmt: skip


def _scaled(row: Row | None, fields: Sequence[str], scale: float) -> Row | None:
    return None if row is None else row | {name: None if row[name] is None else scale * row[name] for name in fields}
