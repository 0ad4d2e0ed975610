"""Which published cells are sums of which: sexes, periods, and places. What an attacker would subtract."""

from collections.abc import Iterator

import pandas as pd

Relation = tuple[int, tuple[int, ...]]
KEYS = ["enhet_id", "periodtyp", "period", "kon"]


def relations(cells: pd.DataFrame, nodes: pd.DataFrame) -> list[Relation]:
    """Every sum among the cells as (row of the total, rows of its parts). Rows are positions in `cells`, which has one
    row per KEYS; `nodes` is the published table `enhet`."""
    place = {key: row for row, key in enumerate(cells[KEYS].itertuples(index=False, name=None))}
    children = _children(nodes)
    periods = _parts_of_periods(cells)
    found: list[Relation] = []
    for key, row in place.items():
        for parts in _parts(key, children, periods):
            rows = tuple(place[part] for part in parts if part in place)
            if len(rows) == len(parts):
                found.append((row, rows))
    return found


def _parts(key: tuple[str, ...], children: dict[str, list[str]], periods: dict[tuple[str, str], list[tuple[str, str]]]):
    enhet_id, kind, period, sex = key
    if sex == "alla":
        yield [(enhet_id, kind, period, part) for part in ("K", "M", "okand")]
    if enhet_id in children:
        yield [(child, kind, period, sex) for child in children[enhet_id]]
    if (kind, period) in periods:
        yield [(enhet_id, part_kind, part, sex) for part_kind, part in periods[kind, period]]


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
