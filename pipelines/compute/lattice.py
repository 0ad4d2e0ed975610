"""Which published cells are sums of which: sexes, groups, periods, places and measures. What an attacker would subtract."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from schemas.dimensions import BREAKDOWNS, NO_BREAKDOWN, WHOLE
from schemas.measure import Count, Counted, Time

Relation = tuple[int, tuple[int, ...]]
Key = tuple[str, ...]
KEYS = ["matt_id", "enhet_id", "periodtyp", "period", "kon", "indelning", "grupp"]
CURVE_KEYS = ["enhet_id", "period", "kon"]


def relations(cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count]) -> list[Relation]:
    """Every sum among the cells of counting measures as (row of the total, rows of its parts). Rows are positions in
    `cells`, which has one row per KEYS; `nodes` is the published table `enhet`."""
    place = {key: row for row, key in enumerate(cells[KEYS].itertuples(index=False, name=None))}
    children = _children(nodes)
    periods = _parts_of_periods(cells)
    found = (
        (key, parts)
        for key in place
        if key[0] in measures
        for parts in _parts(key, measures[key[0]], children, periods)
    )
    return _placed(found, place)


def curve_relations(cells: pd.DataFrame, nodes: pd.DataFrame) -> list[Relation]:
    """The sums over sex and place among the cells of a curve (one row per CURVE_KEYS)."""
    place = {key: row for row, key in enumerate(cells[CURVE_KEYS].itertuples(index=False, name=None))}
    children = _children(nodes)
    found = ((key, parts) for key in place for parts in _curve_parts(key, children))
    return _placed(found, place)


def complement(parent: str, child: str) -> str:
    """The name of the cells that are in the parent and not in the child; it is published by nobody, but subtracted."""
    return f"{parent}-{child}"


def complements(cells: pd.DataFrame, measures: Mapping[str, Count]) -> pd.DataFrame:
    """The difference of every measure and those that it lies within, as cells of their own: KEYS, antal, personer
    (at most as many as cases), and `hel`, `del_` = the rows of the two. A count over a quarter or a year contains the
    stock at its end; a flow lies within the flow of the same period and group."""
    found = [
        _differences(cells, measure, parent)
        for measure in measures.values()
        for parent in measure.within
        if parent in measures
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*KEYS, "antal", "personer"])


def _differences(cells: pd.DataFrame, measure: Count, parent: str) -> pd.DataFrame:
    numbered = cells.assign(rad=range(len(cells)))
    child, whole = (numbered[numbered["matt_id"] == name] for name in (measure.id, parent))
    at = KEYS[1:]
    if measure.time is not Time.FLOW:
        at = ["enhet_id", "period", "kon"]
        child = child[(child["periodtyp"] == "manad") & (child["indelning"] == NO_BREAKDOWN)]
        whole = whole[whole["indelning"] == NO_BREAKDOWN]
    both = whole.merge(child[[*at, "antal", "rad"]], on=at, suffixes=("", "_del"))
    rest = (both["antal"] - both["antal_del"]).clip(lower=0)
    return both[KEYS].assign(
        matt_id=complement(parent, measure.id), antal=rest, personer=rest, hel=both["rad"], del_=both["rad_del"]
    )


def _parts(
    key: Key, measure: Count, children: dict[str, list[str]], periods: dict[tuple[str, str], list[tuple[str, str]]]
) -> Iterator[list[Key]]:
    matt, enhet_id, kind, period, sex, split, group = key
    if sex == WHOLE:
        yield [(matt, enhet_id, kind, period, part, split, group) for part in ("K", "M", "okand")]
    if split == NO_BREAKDOWN:
        for name in measure.breakdowns:
            yield [(matt, enhet_id, kind, period, sex, name, part) for part in BREAKDOWNS[name].ids]
    if measure.counted is Counted.PERSONS:
        return  # a person may be at several places and in several periods
    if enhet_id in children:
        yield [(matt, child, kind, period, sex, split, group) for child in children[enhet_id]]
    if measure.time is Time.FLOW and (kind, period) in periods:
        yield [(matt, enhet_id, part_kind, part, sex, split, group) for part_kind, part in periods[kind, period]]


def _curve_parts(key: Key, children: dict[str, list[str]]) -> Iterator[list[Key]]:
    enhet_id, period, sex = key
    if sex == WHOLE:
        yield [(enhet_id, period, part) for part in ("K", "M", "okand")]
    if enhet_id in children:
        yield [(child, period, sex) for child in children[enhet_id]]


def _placed(found: Iterator[tuple[Key, Sequence[Key]]], place: Mapping[Key, int]) -> list[Relation]:
    """The sums of which every part is a cell."""
    sums = ((place[key], tuple(place[part] for part in parts if part in place), len(parts)) for key, parts in found)
    return [(total, rows) for total, rows, wanted in sums if len(rows) == wanted]


def _children(nodes: pd.DataFrame) -> dict[str, list[str]]:
    """Region → its områden and the vårdcentraler outside any; område → its vårdcentraler."""
    units = nodes[(nodes["niva"] == "enhet") & (nodes["enhetstyp"] == "vardcentral")]
    areas = nodes[nodes["niva"] == "omrade"]
    children: dict[str, list[str]] = {}
    for area in areas.itertuples():
        inside = (units["omrade"] == area.omrade) & (units["region"] == area.region)
        children[area.enhet_id] = units.loc[inside, "enhet_id"].tolist()
    for region in nodes[nodes["niva"] == "region"].itertuples():
        own = areas.loc[areas["region"] == region.region, "enhet_id"].tolist()
        loose = units.loc[(units["region"] == region.region) & units["omrade"].isna(), "enhet_id"].tolist()
        children[region.enhet_id] = own + loose
    return {total: parts for total, parts in children.items() if parts}


def _parts_of_periods(cells: pd.DataFrame) -> dict[tuple[str, str], list[tuple[str, str]]]:
    kinds = cells[["periodtyp", "period"]].drop_duplicates()
    return {
        (kind, period): [(part, month) for month in _months_back(period, count, step)]
        for kind, period in kinds.itertuples(index=False, name=None)
        if kind in ("kvartal", "r12")
        for part, count, step in ((("manad", 3, 1) if kind == "kvartal" else ("kvartal", 4, 3)),)
    }


def _months_back(period: str, count: int, step: int) -> Iterator[str]:
    """The last months of the parts of a period that ends with the month `period`."""
    year, month = map(int, period.split("-"))
    last = year * 12 + month - 1
    for back in range(count):
        at = last - back * step
        yield f"{at // 12}-{at % 12 + 1:02d}"
