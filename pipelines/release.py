"""The road from the warehouse to a published release, in order: derive, compute, protect, publish."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import comparison, warehouse
from pipelines.audit import Report, archive, archived_truth, audit, refuse, remember, shown_before, stages
from pipelines.compute.facts import delivered_extracts, facts, months
from pipelines.compute.faults import fault_cells
from pipelines.compute.funnel import flagged
from pipelines.compute.lattice import KEYS
from pipelines.compute.lattice_check import check_lattice
from pipelines.compute.measures import counted_cells, counted_tables, figure_tables
from pipelines.compute.once import ONCE, once
from pipelines.compute.peers import alike, spread
from pipelines.compute.protect import (
    families,
    protect_faults,
    protect_quality,
)
from pipelines.compute.quality import quality_cells
from pipelines.compute.signals import decisions, signals
from pipelines.compute.usefulness import usefulness
from pipelines.compute.windows import make_nodes
from pipelines.deliveries import account, ledger
from pipelines.earlier import keep_told, told_before
from pipelines.errors import CheckError, DeliveryError, MeasureError
from pipelines.protection import protect_families
from pipelines.publish import Gate, publish
from pipelines.releases import DATABASE, made_from, releases
from pipelines.settings import Settings
from schemas.measure import (
    Count,
    Selection,
    told_once,
)
from schemas.measures import MEASURES, available, with_parts
from schemas.tables import PUBLISHED

SOURCES = (Path(__file__).parent, Path(__file__).parent.parent / "schemas")
TRUTH = [*KEYS, "antal", "personer", "dold", "liten", "kand"]
Progress = Callable[[str], None]


def steps() -> int:
    """How many times `build_release` reports progress at most."""
    return len(warehouse.STEPS) + len(with_parts(MEASURES)) + 1 + 2 * stages()


def build_release(settings: Settings, *, progress: Progress) -> tuple[str, bool]:
    """Rebuild everything derived, compute and protect every measure and publish. Returns the id of the release that
    now stands and whether it is new. Raises SjukvyError of some kind and leaves the last release as it was."""
    if not settings.warehouse.is_file():
        raise DeliveryError("Ingenting är inläst.", advice="Läs in en leverans först: sjukvy load MAPP")
    with warehouse.open_warehouse(settings) as connection:
        ledger.create_tables(connection)
        inputs = inputs_of(connection, settings)
        account.refuse_unsigned(connection)
        standing = made_from(settings.published, inputs)
        if standing is not None:
            return standing, False
        warehouse.build(connection, settings, progress=progress, onward=True)
        tables, truth = _tables(connection, settings, inputs, progress)
        made_of = ledger.loaded(connection)
    progress("publicerar")
    gate = _gate(settings, truth, progress)
    release = publish(tables, settings.published, inputs=inputs, gate=gate, made_of=made_of)
    shutil.rmtree(settings.unfinished, ignore_errors=True)
    return release, True


def _gate(settings: Settings, truth: pd.DataFrame, progress: Progress) -> Gate:
    """What a written release must pass: it is the declared lattice, and the attacker finds nobody."""

    def passed(written: duckdb.DuckDBPyConnection) -> None:
        check_lattice(written)
        report = audit(written, truth, settings, progress=lambda what: progress(f"granskar {what}"))
        refuse(report)
        archive(settings.audits / report.utgava, report, truth)
        keep_told(settings.audits / report.utgava, written)

    return passed


def audit_release(settings: Settings, release: str, *, progress: Progress) -> Report:
    """The report of a published release, tried again. Raises CheckError if it does not stand, or what it was held against
    is not kept."""
    if release not in releases(settings.published):
        raise CheckError(
            "Utgåvan finns inte.", faults=[release], advice="Se vilka som finns med kommandot: sjukvy status"
        )
    truth = archived_truth(settings.audits / release)
    with duckdb.connect(str(settings.published / release / DATABASE), read_only=True) as written:
        return audit(written, truth, settings, progress=progress)


def inputs_of(connection: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    """One hash of the deliveries, the parameters and the code that a release is made from."""
    sha = hashlib.sha256()
    rows = connection.execute(
        "SELECT leverans_nr, extrakt, sha256 FROM ledger.leverans WHERE status = 'inlast' ORDER BY leverans_nr, extrakt"
    ).fetchall()
    if not any(extract == "intyg" for _, extract, _ in rows):
        raise DeliveryError("Inga intyg är inlästa.", advice="Läs in en leverans med intyg: sjukvy load MAPP")
    sha.update(repr(rows).encode())
    sha.update(
        settings.model_dump_json(
            exclude={
                "data",
                "config",
                "memory_limit",
                "load_memory",
                "threads",
                "reading_memory",
                "reading_seconds",
                "reading_expanded",
                "log",
                "pseudonym_key",
                "keep_quarantine_days",
            }
        ).encode()
    )
    code = [path for root in SOURCES for path in root.rglob("*") if path.suffix in {".py", ".sql", ".csv"}]
    for path in sorted([*code, *settings.config.glob("*.toml")]):
        sha.update(path.read_bytes())
    return sha.hexdigest()


def _tables(
    connection: duckdb.DuckDBPyConnection, settings: Settings, inputs: str, progress: Progress
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The published tables, and every counted cell as it is."""
    nodes = make_nodes(connection)
    regions = nodes.loc[nodes["niva"] == "region", "namn"].tolist()
    measures = available(delivered_extracts(connection))
    cells, parts = _counted(connection, settings, nodes, inputs, progress)
    before = told_before(settings, releases(settings.published))
    for measure in measures.values():
        if not isinstance(measure, Count | Selection):
            progress(measure.name)
            for table, row in figure_tables(connection, settings, nodes, measure, cells).items():
                parts[table].append(once(table, row, before[table], nodes) if told_once(measure) else row)
    tables = {table: _together(table, frames) for table, frames in parts.items()}
    started = measures["startade"]
    if not isinstance(started, Count):
        raise MeasureError("Måttet startade räknar inte sjukfall.")
    truth = pd.concat([own[TRUTH] for own in cells.values()], ignore_index=True)
    return {
        "enhet": nodes,
        "manad": months(connection),
        "signal": signals(tables["varde"], measures, decisions(connection, nodes), nodes),
        "spridning": spread(tables["varde"], tables["kurva"], measures, nodes),
        "likhet": alike(connection, started, tables["varde"], nodes),
        "skydd": usefulness(pd.concat(cells.values(), ignore_index=True), nodes, measures),
        "kvalitet": protect_quality(quality_cells(connection), settings),
        "datafel": protect_faults(fault_cells(connection, nodes), nodes, settings),
        "jamforelse": comparison.published(connection, settings),
        "fakta": facts(connection, settings, regions),
        **tables,
        "tratt": flagged(tables["tratt"]),
    }, truth


def _counted(
    connection: duckdb.DuckDBPyConnection, settings: Settings, nodes: pd.DataFrame, inputs: str, progress: Progress
) -> tuple[dict[str, pd.DataFrame], dict[str, list[pd.DataFrame]]]:
    """The protected cells of every counting measure, and the published rows that come of them, by table."""
    measures = with_parts(available(delivered_extracts(connection)))
    kin = families({name: one for name, one in measures.items() if isinstance(one, Count)})
    counted = [counted_cells(connection, nodes, family, progress) for family in kin]
    told = protect_families(
        kin, counted, nodes, settings, _earlier(settings), inputs=inputs,
        progress=lambda what: progress(f"skyddar {what}"),
    )  # fmt: skip
    cells: dict[str, pd.DataFrame] = {}
    parts: dict[str, list[pd.DataFrame]] = {table: [] for table in ONCE}
    for family, rows in zip(kin, told, strict=True):
        # a measure without cells has a table too
        own = {name: rows[rows["matt_id"].eq(name)].reset_index(drop=True) for name in family}
        cells |= own
        for table, found in counted_tables(connection, settings, nodes, own, family).items():
            parts[table] += found
    return cells, parts


def _earlier(settings: Settings) -> pd.DataFrame:
    """What the releases before this one have shown and hidden."""
    standing = releases(settings.published)
    remember(settings.audits, standing)
    return shown_before(settings.published, settings.audits, standing)


def _together(table: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all measures; a young region has no whole twelve months, and then a table without rows."""
    columns = list(PUBLISHED[table].columns)
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)
