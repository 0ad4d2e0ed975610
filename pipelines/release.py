"""The road from the warehouse to a published release, in order: derive, compute, protect, publish."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import comparison, warehouse
from pipelines.compute import curve_mix
from pipelines.compute.count import count_cells, rates, rest, shares
from pipelines.compute.curve import count_events, curves
from pipelines.compute.distribution import distribution_cells, distributions
from pipelines.compute.facts import delivered_extracts, facts, months
from pipelines.compute.faults import fault_cells
from pipelines.compute.funnel import curve_funnels, flagged, rate_funnels
from pipelines.compute.gap import count_gaps, curve_gaps, distribution_gaps, state_gaps
from pipelines.compute.landmark import landmark_tables
from pipelines.compute.mix import can_be_taken_apart, mixes
from pipelines.compute.occupation import occupation, shown_states
from pipelines.compute.pairs import pair_figures
from pipelines.compute.peers import alike, spread
from pipelines.compute.protect import (
    families,
    protect_counts,
    protect_curves,
    protect_distribution,
    protect_faults,
    protect_quality,
    protect_states,
)
from pipelines.compute.quality import quality_cells
from pipelines.compute.resource import amounts, workload
from pipelines.compute.signals import decisions, signals
from pipelines.compute.windows import cohorts, make_nodes
from pipelines.errors import DeliveryError, MeasureError
from pipelines.publish import made_from, publish
from pipelines.settings import Settings
from schemas.measure import (
    AnyMeasure,
    Count,
    Curve,
    Distribution,
    Landmark,
    Occupation,
    Resource,
    Rest,
    Selection,
    Share,
    Workload,
)
from schemas.measures import MEASURES, available, with_parts
from schemas.tables import PUBLISHED

SOURCES = (Path(__file__).parent, Path(__file__).parent.parent / "schemas")
BY_MEASURE = (
    "varde", "skillnad", "uppdelning", "tratt", "kurva", "kurvtal", "kurvskillnad", "gradskillnad", "landmark",
    "landmarkskillnad",
)  # fmt: skip
Progress = Callable[[str], None]


def steps() -> int:
    """How many times `build_release` reports progress at most."""
    return len(warehouse.STEPS) + len(with_parts(MEASURES)) + 1


def build_release(settings: Settings, *, progress: Progress) -> tuple[str, bool]:
    """Rebuild everything derived, compute and protect every measure and publish. Returns the id of the release that
    now stands and whether it is new. Raises SjukvyError of some kind and leaves the last release as it was."""
    if not settings.warehouse.is_file():
        raise DeliveryError("Ingenting är inläst.", advice="Läs in en leverans först: sjukvy load MAPP")
    with warehouse.open_warehouse(settings) as connection:
        inputs = inputs_of(connection, settings)
        standing = made_from(settings.published, inputs)
        if standing is not None:
            return standing, False
        warehouse.build(connection, settings, progress=progress, onward=True)
        tables = _tables(connection, settings, progress)
    progress("publicerar")
    return publish(tables, settings.published, inputs=inputs), True


def inputs_of(connection: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    """One hash of the deliveries, the parameters and the code that a release is made from."""
    sha = hashlib.sha256()
    rows = connection.execute(
        "SELECT leverans_nr, extrakt, sha256 FROM ledger.leverans WHERE status = 'inlast' ORDER BY leverans_nr, extrakt"
    ).fetchall()
    if not any(extract == "intyg" for _, extract, _ in rows):
        raise DeliveryError("Inga intyg är inlästa.", advice="Läs in en leverans med intyg: sjukvy load MAPP")
    sha.update(repr(rows).encode())
    sha.update(settings.model_dump_json(exclude={"data", "config", "memory_limit", "threads"}).encode())
    code = [path for root in SOURCES for path in root.rglob("*") if path.suffix in {".py", ".sql", ".csv"}]
    for path in sorted([*code, *settings.config.glob("*.toml")]):
        sha.update(path.read_bytes())
    return sha.hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection, settings: Settings, progress: Progress) -> dict[str, pd.DataFrame]:
    nodes = make_nodes(connection)
    regions = nodes.loc[nodes["niva"] == "region", "namn"].tolist()
    measures = available(delivered_extracts(connection))
    parts: dict[str, list[pd.DataFrame]] = {table: [] for table in BY_MEASURE}
    counts = {name: measure for name, measure in with_parts(measures).items() if isinstance(measure, Count)}
    cells: dict[str, pd.DataFrame] = {}
    for family in families(counts):
        own = _protected(connection, settings, nodes, family, progress)
        cells |= own
        for table, rows in _counted(connection, settings, nodes, own, family).items():
            parts[table] += rows
    for measure in measures.values():
        if not isinstance(measure, Count | Selection):
            progress(measure.name)
            for table, row in _figures(connection, settings, nodes, measure, cells).items():
                parts[table].append(row)
    tables = {table: _together(table, frames) for table, frames in parts.items()}
    started = measures["startade"]
    if not isinstance(started, Count):
        raise MeasureError("Måttet startade räknar inte sjukfall.")
    return {
        "enhet": nodes,
        "manad": months(connection),
        "signal": signals(tables["varde"], measures, decisions(connection, nodes), nodes),
        "spridning": spread(tables["varde"], tables["kurva"], measures, nodes),
        "likhet": alike(connection, started, tables["varde"], nodes),
        "kvalitet": protect_quality(quality_cells(connection), settings),
        "datafel": protect_faults(fault_cells(connection, nodes), nodes, settings),
        "jamforelse": comparison.published(connection, settings),
        "fakta": facts(connection, settings, regions),
        **tables,
        "tratt": flagged(tables["tratt"]),
    }


def _together(table: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all measures; a young region has no whole twelve months, and then a table without rows."""
    columns = list(PUBLISHED[table].columns)
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _protected(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    family: dict[str, Count],
    progress: Progress,
) -> dict[str, pd.DataFrame]:
    """The protected cells of measures that lie within each other, by measure."""
    counted = {name: measure for name, measure in family.items() if not isinstance(measure, Rest)}
    parts = []
    for measure in counted.values():
        progress(measure.name)
        parts.append(count_cells(connection, measure, nodes))
    cells = protect_counts(pd.concat(parts, ignore_index=True), nodes, counted, settings)
    return {name: cells[cells["matt_id"] == name].reset_index(drop=True) for name in counted}


def _counted(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    own: dict[str, pd.DataFrame],
    family: dict[str, Count],
) -> dict[str, list[pd.DataFrame]]:
    """The published rows of the protected cells of a family, by table."""
    values = [_values(own, measure, settings) for measure in family.values()]
    gaps = [count_gaps(rows, measure) for rows, measure in zip(values, family.values(), strict=True)]
    apart = [
        mixes(
            connection, measure, family.get(measure.within[0]) if isinstance(measure, Share) else None, rows, settings
        )
        for rows, measure in zip(gaps, family.values(), strict=True)
        if can_be_taken_apart(measure)
    ]
    funnels = [
        rate_funnels(connection, measure, rows, nodes)
        for rows, measure in zip(values, family.values(), strict=True)
        if measure.featured and not isinstance(measure, Share)
    ]
    return {
        "varde": values,
        "skillnad": gaps,
        "uppdelning": [rows for rows in apart if len(rows)],
        "tratt": [rows for rows in funnels if len(rows)],
    }


def _values(own: dict[str, pd.DataFrame], measure: Count, settings: Settings) -> pd.DataFrame:
    if isinstance(measure, Rest):
        whole = own[measure.within[0]]
        return shares(rest(own[measure.others], whole, measure), whole, measure)
    if isinstance(measure, Share):
        return shares(own[measure.id], own[measure.within[0]], measure)
    return rates(own[measure.id], measure, least_listed=settings.least_listed)


def _figures(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    measure: AnyMeasure,
    counted: dict[str, pd.DataFrame],
) -> dict[str, pd.DataFrame]:
    """The published rows of one measure that is no count, by table; `counted` are the protected cells of those that are."""
    if isinstance(measure, Workload):
        return {"varde": workload(connection, measure, counted[measure.denominator])}
    if isinstance(measure, Resource):
        return {"varde": amounts(connection, measure, least_listed=settings.least_listed)}
    if isinstance(measure, Distribution):
        return _spread(connection, settings, nodes, measure, counted)
    if isinstance(measure, Curve):
        return _curves(connection, settings, nodes, measure)
    if isinstance(measure, Landmark):
        return landmark_tables(connection, measure, nodes, settings)
    if not isinstance(measure, Occupation):
        raise MeasureError(f"Måttet {measure.id} är av ett slag som inte kan beräknas.")
    if (whole := cohorts(connection)).empty:
        return {}
    rows = shown_states(protect_states(occupation(connection, measure, nodes, whole), nodes, settings))
    return {"kurva": rows, "gradskillnad": state_gaps(rows, measure)}


def _spread(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    measure: Distribution,
    counted: dict[str, pd.DataFrame],
) -> dict[str, pd.DataFrame]:
    parent = MEASURES[measure.of]
    if not isinstance(parent, Count):
        raise MeasureError(f"Måttet {measure.id} gäller inget som räknas.")
    cells = protect_distribution(distribution_cells(counted[parent.id]), nodes, settings)
    values = distributions(connection, measure, parent, cells)
    return {"varde": values, "skillnad": distribution_gaps(values, measure)}


def _curves(
    connection: duckdb.DuckDBPyConnection, settings: Settings, nodes: pd.DataFrame, measure: Curve
) -> dict[str, pd.DataFrame]:
    whole = cohorts(connection, measure.needs)
    if whole.empty:
        return {}
    cells = protect_curves(count_events(connection, measure, nodes, whole), nodes, settings)
    rows = curves(connection, measure, cells, settings)
    quantities, contrasts = pair_figures(connection, measure, cells, settings)
    gaps = curve_gaps(rows, measure)
    found = {"kurva": rows, "skillnad": gaps, "kurvtal": quantities, "kurvskillnad": contrasts}
    if curve_mix.can_be_taken_apart(measure):
        found["uppdelning"] = curve_mix.curve_mixes(connection, measure, gaps, contrasts)
    if measure.featured:
        found["tratt"] = curve_funnels(connection, measure, cells, rows, nodes, settings)
    return found
