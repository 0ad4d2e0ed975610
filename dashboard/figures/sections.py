"""The sections of one diagnosis chapter as paired bars, with no more of them than the national chart draws."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.figures.content import Diagram
from dashboard.figures.groups import bars, highest
from dashboard.figures.groups_figure import Frame, Item
from dashboard.texts.figures import sections as texts
from dashboard.texts.numbers import listed

Row = dict[str, Any]
MOST, LARGEST = 7, 6  # the limits of the national chart of one chapter


def sections(frame: Frame, items: Sequence[Item], chapter: Item | None, per: int, *, as_counts: bool) -> Diagram:
    """`items` are all sections of a chapter in their order, `chapter` the whole of them and `per` what rates are per,
    unless values are counts. Sections without a single value to show stand neither in the picture nor in the table; the
    notes name them."""
    shown = [item for item in items if _known(item)]
    if not shown:
        return bars(frame, items, title=highest(items, frame.unit, frame.decimals))
    gone = [item.label.partition(" ")[0] for item in items if not _known(item)]
    few = len(shown) <= (LARGEST if gone else MOST)
    drawn = shown if few else _largest(shown)
    rest = remaining(chapter, drawn, None if as_counts else per) if chapter and len(drawn) < len(items) else None
    notes = (
        *(() if few else (texts.SIX,)),
        *((texts.REST if rest else texts.NO_REST,) if len(drawn) < len(items) else ()),
        *((texts.NOT_SHOWN.format(codes=listed(gone)),) if gone else ()),
    )
    told = replace(frame, notes=(*notes, *frame.notes))
    others = [rest] if rest else []
    title = highest(shown, frame.unit, frame.decimals)
    return bars(told, [*drawn, *others], title=title, tabled=[*shown, *others])


def size(item: Item) -> float:
    """Both sexes together, or as much of that as is shown."""
    whole = item.by_sex.get("alla", {}).get("antal")
    return whole if whole is not None else sum(item.by_sex.get(sex, {}).get("antal") or 0 for sex in ("K", "M"))


def remaining(chapter: Item, taken: Sequence[Item], per: int | None) -> Item | None:
    """What is left of a chapter when some sections are taken away: a difference of published numbers, so it
    tells nothing that they do not. Without `per` its value is the number. None when it is hidden for both sexes."""
    by_sex = {sex: _difference(chapter.by_sex.get(sex), [item.by_sex.get(sex) for item in taken], per)
              for sex in ("K", "M")}  # fmt: skip
    known = any(row["utfall"] == "tal" for row in by_sex.values())
    return Item(label=texts.OTHERS, by_sex=by_sex, gap=None) if known else None


def _difference(whole: Row | None, parts: Sequence[Row | None], per: int | None) -> Row:
    hidden = {"utfall": "dolt", "kvot_utfall": "dolt", "antal": None, "varde": None, "nedre": None, "ovre": None}
    if whole is None or whole["utfall"] != "tal":
        return hidden
    antal = whole["antal"]
    for part in parts:
        if part is None or part["utfall"] != "tal":
            return hidden
        antal -= part["antal"]
    if per is None:
        return whole | {"antal": antal, "varde": antal, "kvot_utfall": "tal", "nedre": None, "ovre": None}
    rate = per * antal / whole["namnare"] if whole["kvot_utfall"] == "tal" else None
    return whole | {"antal": antal, "varde": rate, "nedre": None, "ovre": None}


def _largest(items: Sequence[Item]) -> list[Item]:
    """The largest in their own order."""
    chosen = sorted(range(len(items)), key=lambda at: -size(items[at]))[:LARGEST]
    return [items[at] for at in sorted(chosen)]


def _known(item: Item) -> bool:
    return any(item.by_sex.get(sex, {}).get("antal") is not None for sex in ("K", "M"))
