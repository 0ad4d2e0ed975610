"""Takes deliveries in: whole or not at all, and every row accounted for."""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandera.pandas as pa

from pipelines.deliveries import ledger
from pipelines.deliveries.check import FAULTS, check
from pipelines.deliveries.control import refuse_wrong_totals
from pipelines.deliveries.identifiers import columns_with_identity_numbers
from pipelines.deliveries.identify import Delivered, Delivery, identify
from pipelines.deliveries.ledger import FileResult
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.merge import merge, typed
from pipelines.deliveries.read import STAGED, stage
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.unit_list import UNIT_LIST, UnitListSaid, constants, extracts_of
from pipelines.deliveries.withdraw import withdraw
from pipelines.errors import CheckError, DeliveryError
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from schemas.extracts import EXTRACTS, vardenhetslista

Progress = Callable[[str, int, int], None]
ROWS_NAMED = 5
NOTHING_SAID = UnitListSaid()
ADVICE = "Ingenting ur leveransen är inläst. Rätta hos avsändaren och läs in den igen; senaste utgåvan visas som förut."


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What every file of one call is taken in with."""

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    progress: Progress
    approved_by: str | None
    unit_list: UnitListSaid


def load(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: Progress,
    approved_by: str | None = None,
    unit_list: UnitListSaid = NOTHING_SAID,
) -> list[FileResult]:
    """Load every path (a folder is one delivery, and so is a single file). Deliveries without fault are loaded even
    when another is refused. `approved_by` accepts large withdrawals; `unit_list` is what must be said of unit lists.
    Raises DeliveryError after everything has been examined, with every fault of every file."""
    with open_warehouse(settings) as connection:
        ledger.create_tables(connection)
        intake = Intake(
            connection=connection, settings=settings, progress=progress, approved_by=approved_by, unit_list=unit_list
        )
        results: list[FileResult] = []
        faults: list[str] = []
        for path in paths:
            done, wrong = _load_delivery(intake, identify(path))
            results += done
            faults += wrong
    if faults:
        raise DeliveryError("Leveransen är avvisad.", faults=faults, advice=ADVICE)
    return results


def _load_delivery(intake: Intake, delivery: Delivery) -> tuple[list[FileResult], list[str]]:
    """One transaction: all its files, or none of them and a row in the ledger for each."""
    wrong: dict[str, list[str]] = {file.path.name: [file.fault] for file in delivery.files if file.fault}
    results: list[FileResult] = []
    intake.connection.execute("BEGIN")
    with _rolled_back_on_error(intake.connection):
        for file in delivery.files:
            if file.extract is None:
                continue
            take = _load_unit_list if file.extract == UNIT_LIST else _load_file
            try:
                results += take(intake, file, delivery.manifest)
            except FileRefused as refused:
                wrong[file.path.name] = list(refused.faults)
        faults = [*delivery.faults, *(fault for found in wrong.values() for fault in found)]
        intake.connection.execute("ROLLBACK" if faults else "COMMIT")
    if faults:
        _record_refusal(intake.connection, delivery, wrong)
        return [], faults
    return results, []


@contextmanager
def _rolled_back_on_error(connection: duckdb.DuckDBPyConnection):
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _record_refusal(connection: duckdb.DuckDBPyConnection, delivery: Delivery, wrong: dict[str, list[str]]) -> None:
    for file in delivery.files:
        why = wrong.get(file.path.name) or ["en annan fil i leveransen är avvisad"]
        result = ledger.refused(ledger.next_number(connection), file.path, file.extract or "okänt")
        ledger.write(
            connection, result, sha256=file.sha256, manifest=delivery.manifest, counted=False, orsak="; ".join(why)
        )


def _load_file(intake: Intake, file: Delivered, manifest: Manifest | None) -> list[FileResult]:
    """A file that is one extract."""
    schema = EXTRACTS[str(file.extract)]
    known = ledger.earlier(intake.connection, schema.name, file.sha256)
    if known is not None:
        return [_again(intake.connection, file, manifest, known)]
    rows = _stage(intake, file, schema, manifest)
    return [_take_in(intake, file, schema, manifest, rows)]


def _load_unit_list(intake: Intake, file: Delivered, manifest: Manifest | None) -> list[FileResult]:
    """A file that carries two extracts, each with an account of its own. It never withdraws: a unit that is not on it
    may still have a row in the region's own register."""
    given = constants(file.path.name, intake.unit_list, intake.settings)
    _stage(intake, file, vardenhetslista.schema, manifest)
    return [
        _take_in(intake, file, schema, None, rows)
        for schema, rows in extracts_of(intake.connection, given)
    ]  # fmt: skip


def _stage(intake: Intake, file: Delivered, schema: pa.DataFrameSchema, manifest: Manifest | None) -> int:
    """The file's rows as text in STAGED, and nothing about the file as a whole that would refuse it. Returns how many."""
    name = file.path.name
    rows = stage(intake.connection, file.path, schema, counted=_counted(manifest, schema))
    intake.progress(name, 0, rows)
    _refuse_identity_numbers(intake.connection, name, schema)
    refuse_wrong_totals(intake.connection, file, manifest, schema.name, rows)
    return rows


def _counted(manifest: Manifest | None, schema: pa.DataFrameSchema) -> bool:
    """Whether the sender has said what the file holds."""
    return manifest is not None and schema.name in manifest.filer


def _again(connection: duckdb.DuckDBPyConnection, file: Delivered, manifest: Manifest | None, rows: int) -> FileResult:
    """The same bytes as before: nothing is loaded, every row is a duplicate."""
    schema = EXTRACTS[str(file.extract)]
    result = FileResult(
        leverans_nr=ledger.next_number(connection), filnamn=file.path.name, extrakt=schema.name, status="dubblett",
        rader_in=rows, inlasta=0, dubbletter=rows, karantan=0, indragna=0, regler=(),
    )  # fmt: skip
    ledger.write(connection, result, sha256=file.sha256, manifest=manifest, counted=_counted(manifest, schema))
    return result


def _take_in(
    intake: Intake, file: Delivered, schema: pa.DataFrameSchema, manifest: Manifest | None, rows: int
) -> FileResult:
    """From STAGED to the raw table and the quarantine, with a row in the ledger."""
    connection, extract, name = intake.connection, schema.name, file.path.name
    number = ledger.next_number(connection)
    check(connection, schema, rows, progress=lambda done: intake.progress(name, done, rows))
    typed(connection, schema)
    loaded, again = merge(connection, extract, schema, number)
    withdrawn = withdraw(connection, extract, schema, number, manifest, intake.settings, intake.approved_by, name)
    result = FileResult(
        leverans_nr=number, filnamn=name, extrakt=extract, status="inlast", rader_in=rows, inlasta=loaded,
        dubbletter=again, karantan=_quarantine(connection, extract, schema, number), indragna=withdrawn,
        regler=_rules(connection),
    )  # fmt: skip
    if result.rader_in != result.inlasta + result.dubbletter + result.karantan:
        raise CheckError(f"{name}: raderna går inte ihop: in = inlästa + dubbletter + karantän gäller inte.")
    ledger.write(
        connection, result, sha256=file.sha256, manifest=manifest, counted=_counted(manifest, schema),
        approved_by=intake.approved_by if withdrawn else None,
    )  # fmt: skip
    return result


def _refuse_identity_numbers(connection: duckdb.DuckDBPyConnection, name: str, schema: pa.DataFrameSchema) -> None:
    found = columns_with_identity_numbers(connection, STAGED, list(schema.columns))
    if found:
        raise FileRefused(
            *(
                f"{name}: personnummer i kolumn {column}, {len(rows)} rader (rad {', '.join(map(str, rows[:ROWS_NAMED]))}"
                f"{' …' if len(rows) > ROWS_NAMED else ''})"
                for column, rows in found.items()
            )
        )


def _quarantine(connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, number: int) -> int:
    """Keep the rows that may not be loaded, with their reasons. Returns how many."""
    cells = ", ".join(f"'{name}', \"{name}\"" for name in schema.columns)
    connection.execute(
        f"""INSERT INTO ledger.karantan
        SELECT $nr, $extract, rader.rad_nr, regler.regler, CAST(json_object({cells}) AS VARCHAR)
        FROM {STAGED} AS rader
        JOIN (
            SELECT rad_nr, list(DISTINCT kolumn || ': ' || regel ORDER BY kolumn || ': ' || regel) AS regler
            FROM {FAULTS} GROUP BY rad_nr
        ) AS regler ON regler.rad_nr = rader.rad_nr""",
        {"nr": number, "extract": extract},
    )
    return connection.execute(f"SELECT count(DISTINCT rad_nr) FROM {FAULTS}").fetchall()[0][0]


def _rules(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        connection.execute(
            f"SELECT kolumn, regel, count(*) AS rader FROM {FAULTS} GROUP BY kolumn, regel ORDER BY rader DESC, kolumn, regel"
        ).fetchall()
    )
