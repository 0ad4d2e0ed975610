"""A cascade as paired bars: how far the cases came, as percent of the first step."""

from typing import Any

from dashboard.figures.content import Diagram
from dashboard.figures.groups import Frame, Item, bars, both_sexes
from dashboard.texts import states
from dashboard.texts.numbers import twelve_months
from schemas.measure import Cascade

UNIT = "procent av målgruppen"


def cascade(measure: Cascade, rows: list[dict[str, Any]], place: str, source: str) -> Diagram:
    """`rows` are the steps of one cohort, by sex (as in the table `kaskad`)."""
    items = [
        Item(label=step.label, by_sex={row["kon"]: _as_value(row) for row in rows if row["steg"] == step.id}, gap=None)
        for step in measure.steps
    ]
    told = next(item for item, step in zip(items, measure.steps, strict=True) if step.id == measure.headline)
    frame = Frame(
        name=measure.id,
        measure=measure.id,
        question=measure.question,
        subject=measure.name,
        unit=UNIT,
        counted="sjukfall",
        subtitle=f"{measure.name}, inom {measure.horizon} dagar från dag 30. {place}, sjukfall startade "
        f"{twelve_months(rows[0]['period'])}. {measure.unit_rule} {source}",
        notes=("Ett senare steg ingår i alla tidigare. 100 procent är inte målet.", states.NOT_ADJUSTED),
        method="Intervall 95 %: Wilson.",
    )
    return bars(frame, items, title=both_sexes(told, UNIT))


def _as_value(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `kaskad` in the form of `varde`: percent instead of shares."""
    known = row["utfall"] == "tal" and row["andel"] is not None
    outcome = "tal" if known else row["utfall"] if row["utfall"] == "dolt" else "ej_beraknat"
    scaled = {to: 100 * row[of] if known else None for to, of in FIELDS}
    return {"utfall": row["utfall"], "kvot_utfall": outcome, "antal": row["antal"], **scaled}


FIELDS = (("varde", "andel"), ("nedre", "nedre"), ("ovre", "ovre"))
