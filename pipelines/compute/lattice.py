"""Which published cells are sums of which: sexes, groups, periods, places and measures. What an attacker would subtract."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from schemas.dimensions import BREAKDOWNS, NO_BREAKDOWN, WHOLE
from schemas.measure import Count, Share, Time

Relation = tuple[int, tuple[int, ...]]
Key = tuple[str, ...]
KEYS = ["matt_id", "enhet_id", "periodtyp", "period", "kon", "indelning", "grupp"]
CURVE_KEYS = ["enhet_id", "period", "kon"]
GROUP_KEYS = [*CURVE_KEYS, "indelning", "grupp"]


def curve_relations(cells: pd.DataFrame, nodes: pd.DataFrame) -> list[Relation]:
    """The sums over sex, place and, where the cells have groups (one row per GROUP_KEYS), the groups of each breakdown
    among the cells of a curve (otherwise one row per CURVE_KEYS)."""
    keys = GROUP_KEYS if "indelning" in cells else CURVE_KEYS
    place = {key: row for row, key in enumerate(cells[keys].itertuples(index=False, name=None))}
    children = below(nodes)
    splits = sorted(set(cells["indelning"]) - {NO_BREAKDOWN}) if "indelning" in cells else []
    found = ((key, parts) for key in place for parts in _curve_parts(key, children, splits))
    return _placed(found, place)


def has_row(cells: pd.DataFrame) -> pd.Series:
    """Which cells of counting measures (KEYS, antal) have a row where they are published: a sex or group that is not recorded
    only in measures in which it occurs. The others are zeros that everybody knows."""
    occurs = cells.groupby(["matt_id", "kon", "indelning", "grupp"])["antal"].transform("sum") > 0
    return occurs | ~unrecorded(cells)


def unrecorded(cells: pd.DataFrame) -> pd.Series:
    """The cells of a sex or group that is not recorded."""
    return cells["kon"].eq("okand") | cells["grupp"].eq("okand")


def complement(parent: str, child: str) -> str:
    """The name of the cells that are in the parent and not in the child; it is published by nobody, but subtracted."""
    return f"{parent}-{child}"


def complements(cells: pd.DataFrame, measures: Mapping[str, Count]) -> pd.DataFrame:
    """The difference of every measure and those that it lies within, as cells of their own: KEYS, antal, personer
    (at most as many as cases), and `hel`, `del_` = the rows of the two. A count over a quarter or a year contains the
    stock at its end. Groups that both are broken down by lie within each other too."""
    found = [
        _differences(cells, measure, parent)
        for measure in measures.values()
        for parent in measure.within
        if parent in measures
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*KEYS, "antal", "personer"])


def departures(cells: pd.DataFrame, measures: Mapping[str, Count]) -> pd.DataFrame:
    """Those who left on the last day of a period, as cells of their own: what is open any day is the stock at the end and
    those who left before, and the flow of those who left (`left_by`) counts these and the ones of the last day. KEYS, antal,
    personer; `hel` = the rows of the flow, `del_` = the rows of those who left before."""
    found = [
        _departures(cells, complement(measure.id, inner.id), flow)
        for measure in measures.values()
        for flow in measure.left_by
        for inner in measures.values()
        if flow in measures and measure.id in inner.within and inner.time is Time.STOCK
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*KEYS, "antal", "personer"])


def _departures(cells: pd.DataFrame, before: str, flow: str) -> pd.DataFrame:
    numbered = cells.assign(rad=range(len(cells)))
    whole, part = (numbered[numbered["matt_id"] == name] for name in (flow, before))
    both = whole.merge(part[[*KEYS[1:], "antal", "rad"]], on=KEYS[1:], suffixes=("", "_del"))
    rest = both["antal"] - both["antal_del"]
    both = both[rest >= 0]
    return both[KEYS].assign(
        matt_id=complement(flow, before), antal=rest, personer=rest, hel=both["rad"], del_=both["rad_del"]
    )


def whole_of(measure: Share, parent: pd.DataFrame) -> pd.DataFrame:
    """The cells that the share is a share of, from those of the measure that it is within: the same, or its one group in
    place of the whole."""
    split, group = measure.of
    if split == NO_BREAKDOWN:
        return parent
    chosen = parent[(parent["indelning"] == split) & (parent["grupp"] == group)]
    return chosen.assign(indelning=NO_BREAKDOWN, grupp=WHOLE)


def _differences(cells: pd.DataFrame, measure: Count, parent: str) -> pd.DataFrame:
    numbered = cells.assign(rad=range(len(cells)))
    child, whole = (numbered[numbered["matt_id"] == name] for name in (measure.id, parent))
    at = ["enhet_id", "period", "kon", "indelning", "grupp"]
    if isinstance(measure, Share) and parent == measure.within[0]:
        whole = whole_of(measure, whole)
    if measure.time is not Time.STOCK:
        at.append("periodtyp")
    both = whole.merge(child[[*at, "antal", "rad"]], on=at, suffixes=("", "_del"))
    rest = (both["antal"] - both["antal_del"]).clip(lower=0)
    return both[KEYS].assign(
        matt_id=complement(parent, measure.id), antal=rest, personer=rest, hel=both["rad"], del_=both["rad_del"]
    )


def _curve_parts(key: Key, children: dict[str, list[str]], splits: Sequence[str]) -> Iterator[list[Key]]:
    enhet_id, period, sex, *group = key
    if sex == WHOLE:
        yield [(enhet_id, period, part, *group) for part in ("K", "M", "okand")]
    if enhet_id in children:
        yield [(child, period, sex, *group) for child in children[enhet_id]]
    if group and group[0] == NO_BREAKDOWN:
        for name in splits:
            yield [(enhet_id, period, sex, name, part) for part in BREAKDOWNS[name].ids]


def _placed(found: Iterator[tuple[Key, Sequence[Key]]], place: Mapping[Key, int]) -> list[Relation]:
    """The sums of which every part is a cell."""
    sums = ((place[key], tuple(place[part] for part in parts if part in place), len(parts)) for key, parts in found)
    return [(total, rows) for total, rows, wanted in sums if len(rows) == wanted]


def in_order(nodes: pd.DataFrame) -> pd.Series:
    """Every node's number, by its id: those of an område beside each other."""
    ordered = nodes.sort_values(["region", "omrade", "enhet_id"])["enhet_id"]
    return pd.Series(np.arange(len(ordered)), index=ordered)


def below(nodes: pd.DataFrame) -> dict[str, list[str]]:
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
