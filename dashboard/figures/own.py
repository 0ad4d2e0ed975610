"""Coverage by the own unit beside coverage by any unit."""

from typing import Any

from dashboard.figures.content import Column, TableData, share_cell
from dashboard.texts.figures import own as texts
from dashboard.texts.figures import shared
from dashboard.theme import SEXES
from schemas.curve_lattice import OWN
from schemas.marginal import NO_DAY
from schemas.measure import Curve


def own_unit(measure: Curve, rows: list[dict[str, Any]]) -> TableData:
    """Shares on the declared days: any unit, and the own unit first."""
    at = {(row["kon"], row["orsak_id"], row["dag"]): row for row in rows}
    silent = {row["kon"]: row for row in rows if row["dag"] == NO_DAY}
    kinds = ((measure.event.id, texts.ANY), (measure.event.id + OWN, texts.OWN))
    body = []
    for day in measure.horizons:
        cells = tuple(
            share_cell(at.get((sex, cause, day)) or silent.get(sex), "andel")
            for sex in ("K", "M")
            for cause, _ in kinds
        )
        body.append((shared.ON_DAY.format(day=day), cells))
    return TableData(
        caption=texts.CAPTION,
        first=shared.DAY,
        columns=tuple(
            Column(group=SEXES[sex].label, label=label, unit=shared.SHARE_UNIT)
            for sex in ("K", "M")
            for _, label in kinds
        ),
        rows=tuple(body),
    )
