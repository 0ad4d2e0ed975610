"""Decisions in a measure's chart: where they were made, and what the control chart says since then."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from dashboard.figures.content import Diagram
from dashboard.figures.signal import sign_words
from dashboard.texts.figures import decided as texts
from dashboard.texts.figures.signal import ORDINARY
from dashboard.texts.numbers import month, quarter
from dashboard.texts.review import NOT_WHY
from dashboard.theme import SEXES, TEXT

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision about the measure: the month of the meeting, what was decided and what was expected."""

    manad: str
    text: str
    effekt: str


def with_decisions(content: Diagram, decisions: Sequence[Decided], followed: Sequence[Row] | None = None) -> Diagram:
    """The diagram with a line for each decision, and notes that say what came after. `followed` are the rows of the
    process, where the diagram is one."""
    if not decisions:
        return content
    notes = [_note(at, one, followed) for at, one in enumerate(decisions, 1)]
    why = [NOT_WHY] if followed is not None else []
    return replace(content, figure=_marked(content.figure, decisions), notes=(*content.notes, *notes, *why))


def afterwards(manad: str, rows: Sequence[Row]) -> str:
    """What the process of each sex did in the quarters that ended after the meeting."""
    after = [row for row in rows if row["period"] > manad and row["kon"] in ("K", "M")]
    if not after:
        return texts.NONE_AFTER
    said = []
    for sex in ("K", "M"):
        own = [row for row in after if row["kon"] == sex]
        signs = [f"{sign_words(row)} {quarter(row['period'])}" for row in own if row["regel"] != "ingen"]
        if own:
            told = ", ".join(signs) or ORDINARY
            said.append(texts.AFTER_OF.format(sex=SEXES[sex].label.lower(), signs=told, count=len(own)))
    return texts.AFTER.format(said="; ".join(said))


def _note(at: int, decision: Decided, followed: Sequence[Row] | None) -> str:
    told = texts.note(at, month(decision.manad), decision.text, decision.effekt)
    return told if followed is None else f"{told} {afterwards(decision.manad, followed)}"


def _marked(figure: dict[str, Any] | None, decisions: Sequence[Decided]) -> dict[str, Any] | None:
    """A dotted line and its number at each decision; charts whose axis is not time are left as they are."""
    if figure is None or figure["layout"].get("xaxis", {}).get("type") != "date":
        return figure
    marked = deepcopy(figure)
    layout = marked["layout"]
    numbers: dict[str, list[int]] = {}
    for at, one in enumerate(decisions, 1):
        numbers.setdefault(f"{one.manad}-15", []).append(at)
    days = list(numbers)
    layout["shapes"] = [
        *layout.get("shapes", []),
        *({"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1,
           "line": {"color": TEXT, "width": 1.5, "dash": "dot"}} for day in days),
    ]  # fmt: skip
    layout["annotations"] = [
        *layout.get("annotations", []),
        *({"x": day, "yref": "paper", "y": 0, "yanchor": "bottom", "xanchor": "right", "showarrow": False,
           "text": _label(own), "font": {"size": 13, "color": TEXT}}
          for day, own in numbers.items()),
    ]  # fmt: skip
    if "range" in layout["xaxis"]:
        first, last = layout["xaxis"]["range"]
        layout["xaxis"] = {**layout["xaxis"], "range": [min(first, *days), max(last, *days)]}
    return marked


def _label(numbers: Sequence[int]) -> str:
    """The first says what the numbers are; the others stand close to it, and there is no room for more words."""
    own = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return texts.LABEL.format(numbers=own) if numbers[0] == 1 else own
