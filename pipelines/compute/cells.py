"""The cells of the declared lattice: their shapes, and how many they are in a region."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product

import duckdb
import pandas as pd

from pipelines.compute.windows import PRIMARY_CARE, end_quarters, twelve_months
from schemas.dimensions import EXTRAKT, NIVA
from schemas.lattice import lattice
from schemas.marginal import Marginal, Value
from schemas.measure import AnyMeasure
from schemas.measures import available

OF_PIECE = ["nr", "niva", "periodtyp", "kvartalsvis", "vardcentral"]


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
        return piece.size * places_of_piece(piece, self.nodes) * len(periods_of_piece(piece, self.periods))

    def sizes(self) -> pd.DataFrame:
        """tabell, niva and celler of every piece."""
        rows = [(one.table, one.niva, self.size_of(one)) for one in self.pieces]
        return pd.DataFrame(rows, columns=["tabell", "niva", "celler"])

    @cached_property
    def periods(self) -> dict[str, list[str]]:
        """Those of every kind."""
        return periods_in(self.months)


def invented(units: int, areas: int, months: int) -> Extent:
    """The lattice of a region that delivers every extract, with so many vårdcentraler and områden, and so many months of
    which the last ends a year."""
    return Extent(
        pieces=lattice(available(frozenset(EXTRAKT.ids))),
        nodes=_places(units, areas),
        months=_months("2000-12", months),
    )


def extent_of(release: duckdb.DuckDBPyConnection, *, units: int | None = None, months: int | None = None) -> Extent:
    """The lattice of a release, whose tables the connection holds; as if it had so many vårdcentraler, or so many months up
    to its last, where these are said."""
    nodes = release.execute("SELECT enhet_id, niva, enhetstyp FROM enhet").df()
    own = tuple(month for (month,) in release.execute("SELECT manad FROM manad ORDER BY manad").fetchall())
    return Extent(
        pieces=lattice(measures_of(release)),
        nodes=_places(units, int(nodes["niva"].eq("omrade").sum())) if units else nodes,
        months=_months(own[-1], months) if months else own,
    )


def _places(units: int, areas: int) -> pd.DataFrame:
    levels = dict(zip(NIVA.ids, (units, areas, 1), strict=True))
    rows = [(f"{niva} {at}", niva, PRIMARY_CARE) for niva, count in levels.items() for at in range(count)]
    return pd.DataFrame(rows, columns=["enhet_id", "niva", "enhetstyp"])


def _months(last: str, count: int) -> tuple[str, ...]:
    return tuple(pd.period_range(end=last, periods=count, freq="M").astype(str))


def measures_of(release: duckdb.DuckDBPyConnection) -> dict[str, AnyMeasure]:
    """The measures of a release, whose tables the connection holds."""
    ((extracts,),) = release.execute("SELECT varde FROM fakta WHERE namn = 'extrakt'").fetchall()
    return available(frozenset(extracts.split(",")))
