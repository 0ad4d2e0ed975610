"""What the month's page says of the deliveries, in one sentence each."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.quality import OUTCOMES
from dashboard.texts.figures import month as texts
from dashboard.texts.numbers import HIDDEN, listed, month, number
from schemas.dimensions import DATAFEL, EXTRAKT

Row = dict[str, Any]


def received_sentence(rows: Sequence[Row]) -> str:
    """How much of what the region delivered is in quarantine: `rows` as from queries.quality."""
    stopped = [
        f"{EXTRAKT.label_of(row['extrakt']).lower()} {_count(row)}"
        for row in rows
        if row["slag"] == "rader" and row["regel"] == OUTCOMES[-1] and (row["utfall"] == "dolt" or row["antal"])
    ]
    return texts.STOPPED.format(kinds=listed(stopped)) if stopped else texts.NONE_STOPPED


def faults_sentence(rows: Sequence[Row], manad: str) -> str:
    """Known faults in the unit's certificates of the month: `rows` as from queries.faults. Empty where none is counted."""
    found = {row["fel"]: row for row in rows if (row["periodtyp"], row["period"]) == ("manad", manad)}
    if not found:
        return ""
    known = [fault for fault in DATAFEL.categories if fault.id in found]
    wrong = [one for one in known if found[one.id]["utfall"] == "dolt" or found[one.id]["antal"]]
    if not wrong:
        return texts.NO_FAULTS.format(when=month(manad))
    said = [f"{one.label[:1].lower()}{one.label[1:]} {_count(found[one.id])}" for one in wrong]
    return texts.FAULTS.format(when=month(manad), kinds=listed(said))


def _count(row: Row) -> str:
    return HIDDEN if row["utfall"] == "dolt" else number(row["antal"] or 0)
