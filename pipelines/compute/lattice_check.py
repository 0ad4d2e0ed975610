"""The proof that nothing lies outside the lattice: a release's rows are its cells, and no cell lacks its row."""

from collections.abc import Iterator
from math import prod

import duckdb
import pandas as pd

from pipelines.compute.cells import OF_PIECE, Extent, extent_of, periods_of_piece, places_of_piece, shapes
from pipelines.compute.windows import PRIMARY_CARE
from pipelines.errors import MeasureError
from schemas.dimensions import NIVA
from schemas.lattice import TABLES
from schemas.marginal import Marginal

UNRECORDED = "okand"  # of a sex or a group: has rows only where it occurs
NOT_RECORDED_IN = (("kon",), ("grupp",))


def check_lattice(release: duckdb.DuckDBPyConnection) -> None:
    """Every row of the published tables, which the connection holds, is a cell of the lattice of the release's measures, and
    where that is complete no cell lacks a row. Raises MeasureError that names table and measure."""
    extent = extent_of(release)
    faults = [
        fault
        for table in TABLES
        for fault in _faults(release, table, [one for one in extent.pieces if one.table == table], extent)
    ]
    if faults:
        raise MeasureError("Utgåvan är inte det gitter som är deklarerat och publiceras inte.", faults=faults)


def _faults(release: duckdb.DuckDBPyConnection, table: str, pieces: list[Marginal], extent: Extent) -> Iterator[str]:
    ((rows,),) = release.execute(f"SELECT count(*) FROM {table}").fetchall()
    if rows and not pieces:
        yield f"{table}: {rows} rader utanför gittret"
    if not rows or not pieces:
        return
    cells = shapes(pieces)
    counted = _counted(release, table, cells)
    # of units the vårdcentraler are in every piece, others only in those that are not of vårdcentraler
    found = counted.merge(cells, on=sorted({*cells} & {*counted} - {"vardcentral"}), how="left", suffixes=("", "_krav"))
    known = pd.DataFrame(
        [(nr, period) for nr, piece in enumerate(pieces) for period in periods_of_piece(piece, extent.periods)],
        columns=["nr", "period"],
    )
    found = found.merge(known.assign(finns=True), on=["nr", "period"], how="left")
    inside = found["finns"].eq(True) & (found["vardcentral"] | ~found["vardcentral_krav"].eq(True))
    for measure, lost in found[~inside].groupby("matt_id"):
        yield f"{table}, {measure or 'utan mått'}: {lost['rader'].sum()} rader utanför gittret"
    yield from _missing(found[inside], pieces, extent)


def _counted(release: duckdb.DuckDBPyConnection, table: str, cells: pd.DataFrame) -> pd.DataFrame:
    """How many `rader` of a table lie in each period and shape, by the level and kind of their place."""
    there = [column[0] for column in release.execute(f"SELECT * FROM {table} LIMIT 0").description]
    axes = [name for name in cells.columns if name not in OF_PIECE]  # a table may have a `niva` of its own
    chosen = ", ".join(f'rader."{name}"' for name in ("period", "periodtyp", *axes) if name in there)
    place, at = "'' AS niva, true AS vardcentral", ""
    if "enhet_id" in there:
        centre = f"enhet.enhetstyp = '{PRIMARY_CARE}' OR enhet.niva <> '{NIVA.ids[0]}'"
        place = f"coalesce(enhet.niva, '') AS niva, coalesce({centre}, false) AS vardcentral"
        at = "LEFT JOIN enhet ON enhet.enhet_id = rader.enhet_id"
    # tables and columns are those of schemas, never from outside
    counted = release.execute(
        f"SELECT {chosen}, {place}, count(*) AS rader FROM {table} AS rader {at} GROUP BY ALL ORDER BY ALL"
    ).df()
    return counted.assign(**dict.fromkeys({"matt_id", "period"} - set(there), ""))


def _missing(found: pd.DataFrame, pieces: list[Marginal], extent: Extent) -> Iterator[str]:
    """Complete pieces that lack a row in a period that the measure has, and measures with a period left out."""
    recorded = pd.Series(True, index=found.index)
    for name in ("kon", "grupp"):
        recorded &= found[name].ne(UNRECORDED) if name in found else True
    rows = found[recorded].groupby("nr")["rader"].sum()
    own = found.groupby(["matt_id", "periodtyp"])["period"].agg(set)
    for nr, piece in enumerate(pieces):
        if not piece.complete:
            continue
        run = _run(extent.periods[piece.periodtyp], own.get((piece.measure, piece.periodtyp), set()))
        periods = periods_of_piece(piece, {piece.periodtyp: run})
        wanted = _recorded(piece) * places_of_piece(piece, extent.nodes) * len(periods)
        if wanted != rows.get(nr, 0):
            where = f"{piece.indelning}, {piece.niva}, {piece.periodtyp}"
            yield f"{piece.table}, {piece.measure or 'utan mått'} ({where}): {wanted - rows.get(nr, 0)} rader saknas"


def _run(periods: list[str], there: set[str]) -> list[str]:
    """From the first period that the measure has to its last: none between is left out."""
    return [period for period in periods if there and min(there) <= period <= max(there)]


def _recorded(piece: Marginal) -> int:
    """Cells in one place and period that are about what is recorded."""
    return prod(
        len([value for value in one.values if value != (UNRECORDED,) or one.columns not in NOT_RECORDED_IN])
        for one in piece.axes
    )
