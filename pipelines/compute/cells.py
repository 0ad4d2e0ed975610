"""The cells of the declared lattice: their shapes, how many they are, and whether a release is made of them alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from math import prod

import duckdb
import pandas as pd

from pipelines.compute.windows import PRIMARY_CARE, end_quarters, twelve_months
from pipelines.errors import MeasureError
from schemas.dimensions import EXTRAKT, NIVA
from schemas.lattice import TABLES, lattice
from schemas.marginal import Marginal, Value
from schemas.measure import AnyMeasure
from schemas.measures import available

OF_PIECE = ["nr", "niva", "periodtyp", "kvartalsvis", "vardcentral"]
UNRECORDED = "okand"  # of a sex or a group: has rows only where it occurs


def shapes(pieces: Sequence[Marginal]) -> pd.DataFrame:
    """Every cell of some pieces of one table in one place and period: matt_id, OF_PIECE (`nr` from 0, `kvartalsvis` and
    `vardcentral` as `quarterly` and `centres`), and the columns of the axes."""
    columns = sorted(name for one in pieces[0].axes for name in one.columns)
    rows = [
        (one.measure, nr, one.niva, one.periodtyp, one.quarterly, one.centres, *values)
        for nr, one in enumerate(pieces)
        for values in _combined(one, columns)
    ]
    return pd.DataFrame(rows, columns=["matt_id", *OF_PIECE, *columns])


def _combined(piece: Marginal, columns: list[str]) -> Iterator[tuple[Value, ...]]:
    """Every combination of the values of the axes, in the order of the columns."""
    own = [name for one in piece.axes for name in one.columns]
    order = [own.index(name) for name in columns]
    for cell in product(*(one.values for one in piece.axes)):
        values = tuple(chain.from_iterable(cell))
        yield tuple(values[at] for at in order)


def periods_in(months: Iterable[str]) -> dict[str, list[str]]:
    """The periods of every kind that whole months (2026-09) have; "" is no period."""
    rows = pd.DataFrame({"manad": sorted(months)}, dtype=object)
    ends = pd.PeriodIndex(rows["manad"], freq="M").asfreq("Q").asfreq("M", how="end")
    whole = rows.assign(kvartal=ends.astype(str)).groupby("kvartal").filter(lambda quarter: len(quarter) == 3)
    return {
        "": [""],
        "manad": rows["manad"].tolist(),
        "kvartal": sorted(whole["kvartal"].unique()),
        "r12": sorted(twelve_months(whole)["period"].unique()),
    }


def periods_of_piece(piece: Marginal, periods: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of `periods` (by kind) that the piece has."""
    found = pd.Series(periods[piece.periodtyp], dtype=object)
    return found[end_quarters(found)].tolist() if piece.quarterly else found.tolist()


def places_of_piece(piece: Marginal, nodes: pd.DataFrame) -> int:
    """How many places of the published table `enhet` the piece is about; the whole release is one."""
    if not piece.niva:
        return 1
    there = nodes["niva"].eq(piece.niva)
    if piece.centres and piece.niva == NIVA.ids[0]:
        there &= nodes["enhetstyp"].eq(PRIMARY_CARE)
    return int(there.sum())


@dataclass(frozen=True, kw_only=True)
class Extent:
    """A region's lattice: its pieces, the places (the published table `enhet`) and the whole months (2026-09)."""

    pieces: tuple[Marginal, ...]
    nodes: pd.DataFrame
    months: tuple[str, ...]

    def size_of(self, piece: Marginal) -> int:
        """The cells of a piece."""
        return piece.size * places_of_piece(piece, self.nodes) * len(periods_of_piece(piece, self._periods))

    def sizes(self) -> pd.DataFrame:
        """tabell, niva and celler of every piece."""
        rows = [(one.table, one.niva, self.size_of(one)) for one in self.pieces]
        return pd.DataFrame(rows, columns=["tabell", "niva", "celler"])

    @cached_property
    def _periods(self) -> dict[str, list[str]]:
        return periods_in(self.months)


def invented(units: int, areas: int, months: int) -> Extent:
    """The lattice of a region that delivers every extract, with so many vårdcentraler and områden, and so many months of
    which the last ends a year."""
    return Extent(
        pieces=lattice(available(frozenset(EXTRAKT.ids))),
        nodes=_places(units, areas),
        months=_months("2000-12", months),
    )


def extent_of(tables: Mapping[str, pd.DataFrame], *, units: int | None, months: int | None) -> Extent:
    """The lattice of a release (its tables `enhet`, `manad` and `fakta`); as if it had so many vårdcentraler, or so many
    months up to its last, where these are said."""
    nodes, own = tables["enhet"], tuple(sorted(tables["manad"]["manad"]))
    return Extent(
        pieces=lattice(measures_of(tables["fakta"])),
        nodes=_places(units, int(nodes["niva"].eq("omrade").sum())) if units else nodes,
        months=_months(own[-1], months) if months else own,
    )


def _places(units: int, areas: int) -> pd.DataFrame:
    levels = dict(zip(NIVA.ids, (units, areas, 1), strict=True))
    rows = [(f"{niva} {at}", niva, PRIMARY_CARE) for niva, count in levels.items() for at in range(count)]
    return pd.DataFrame(rows, columns=["enhet_id", "niva", "enhetstyp"])


def _months(last: str, count: int) -> tuple[str, ...]:
    return tuple(pd.period_range(end=last, periods=count, freq="M").astype(str))


def measures_of(facts: pd.DataFrame) -> dict[str, AnyMeasure]:
    """The measures of a release, from its published table `fakta`."""
    return available(frozenset(facts.set_index("namn").loc["extrakt", "varde"].split(",")))


def check_lattice(tables: Mapping[str, pd.DataFrame]) -> None:
    """Every row of the published tables is a cell of the lattice of the release's measures, and where that is complete no
    cell lacks a row. Raises MeasureError that names table and measure."""
    pieces = lattice(measures_of(tables["fakta"]))
    nodes, periods = tables["enhet"], periods_in(tables["manad"]["manad"])
    faults = [
        fault
        for name in TABLES
        for fault in _faults(name, tables[name], [one for one in pieces if one.table == name], nodes, periods)
    ]
    if faults:
        raise MeasureError("Utgåvan är inte det gitter som är deklarerat och publiceras inte.", faults=faults)


def _faults(
    table: str, rows: pd.DataFrame, pieces: list[Marginal], nodes: pd.DataFrame, periods: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    if not pieces:
        if len(rows):
            yield f"{table}: {len(rows)} rader utanför gittret"
        return
    cells = shapes(pieces)
    counted = _counted(rows, cells, nodes)
    # of units the vårdcentraler are in every piece, others only in those that are not of vårdcentraler
    found = counted.merge(cells, on=sorted({*cells} & {*counted} - {"vardcentral"}), how="left", suffixes=("", "_krav"))
    known = pd.DataFrame(
        [(nr, period) for nr, piece in enumerate(pieces) for period in periods_of_piece(piece, periods)],
        columns=["nr", "period"],
    )
    found = found.merge(known.assign(finns=True), on=["nr", "period"], how="left")
    inside = found["finns"].eq(True) & (found["vardcentral"] | ~found["vardcentral_krav"].eq(True))
    for measure, lost in found[~inside].groupby("matt_id"):
        yield f"{table}, {measure or 'utan mått'}: {lost['rader'].sum()} rader utanför gittret"
    yield from _missing(found[inside], pieces, nodes, periods)


def _counted(rows: pd.DataFrame, cells: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """How many `rader` of a table lie in each period and shape, by the level and kind of their place."""
    axes = [name for name in cells.columns if name not in OF_PIECE and name in rows]
    own = [*axes, *(name for name in ("period", "periodtyp") if name in rows)]
    places = nodes[["enhet_id", "niva"]].assign(
        vardcentral=nodes["enhetstyp"].eq(PRIMARY_CARE) | nodes["niva"].ne(NIVA.ids[0])
    )
    chosen = ", ".join(f'rader."{name}"' for name in own)
    placed = "places.niva, places.vardcentral" if "enhet_id" in rows else "'' AS niva, true AS vardcentral"
    at = "LEFT JOIN places ON places.enhet_id = rader.enhet_id" if "enhet_id" in rows else ""
    with duckdb.connect() as connection:
        connection.register("places", places)
        connection.register("rader", rows[[*own, *({"enhet_id"} & set(rows))]])
        # column names are those of the lattice, never from outside
        counted = connection.execute(f"SELECT {chosen}, {placed}, count(*) AS rader FROM rader {at} GROUP BY ALL").df()
    there = dict.fromkeys({"matt_id", "period"} - set(counted), "")
    return counted.assign(**there, vardcentral=counted["vardcentral"].eq(True))


def _missing(
    found: pd.DataFrame, pieces: list[Marginal], nodes: pd.DataFrame, periods: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Complete pieces that lack a row in a period that the measure has, and measures with a period left out."""
    recorded = pd.Series(True, index=found.index)
    for name in ("kon", "grupp"):
        recorded &= found[name].ne(UNRECORDED) if name in found else True
    rows = found[recorded].groupby("nr")["rader"].sum()
    own = found.groupby(["matt_id", "periodtyp"])["period"].agg(set)
    for nr, piece in enumerate(pieces):
        if not piece.complete:
            continue
        there = own.get((piece.measure, piece.periodtyp), set())
        run = [
            period for period in periods[piece.periodtyp] if min(there, default="~") <= period <= max(there, default="")
        ]
        wanted = _recorded(piece) * places_of_piece(piece, nodes) * len(periods_of_piece(piece, {piece.periodtyp: run}))
        if wanted != rows.get(nr, 0):
            where = f"{piece.indelning}, {piece.niva}, {piece.periodtyp}"
            yield f"{piece.table}, {piece.measure or 'utan mått'} ({where}): {wanted - rows.get(nr, 0)} rader saknas"


def _recorded(piece: Marginal) -> int:
    """Cells in one place and period that are about what is recorded."""
    return prod(
        len([value for value in one.values if value != (UNRECORDED,) or one.columns not in (("kon",), ("grupp",))])
        for one in piece.axes
    )
