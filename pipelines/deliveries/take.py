"""Takes one file in: from its texts to the raw table and the quarantine, with a row in the ledger."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import pandera.pandas as pa

from pipelines.boundary import crossing
from pipelines.deliveries import account, ledger
from pipelines.deliveries.check import FAULTS, SUSPECTED, check, suspect
from pipelines.deliveries.control import promised_of, refuse_wrong_totals
from pipelines.deliveries.full import is_full
from pipelines.deliveries.identifiers import Found, find
from pipelines.deliveries.identify import Delivered
from pipelines.deliveries.ledger import FileResult
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.merge import merge, typed
from pipelines.deliveries.presence import say_again
from pipelines.deliveries.pseudonym import key_of, refuse_other_key, remember_key
from pipelines.deliveries.read import STAGED, stage
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.sender import ExtractForm, form_of
from pipelines.deliveries.unit_list import UnitListSaid, constants, extracts_of
from pipelines.deliveries.withdraw import remember_keys
from pipelines.errors import CheckError
from pipelines.reading.watch import watched
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS, vardenhetslista

Progress = Callable[[str, int, int], None]
ROWS_NAMED = 5
LANDING = "lasning-"  # how a folder with the texts of a file begins


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What every file of one call is taken in with. `sender` is what was said on the command line; a manifest's own word
    goes before it."""

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    progress: Progress
    approved_by: str | None
    unit_list: UnitListSaid
    sender: str | None


def take_file(intake: Intake, file: Delivered, manifest: Manifest | None, *, parts: int) -> list[FileResult]:
    """A file that is one extract, or one of so many parts of it. The parts of a full delivery withdraw together, so each
    is read even where the same bytes came before."""
    schema = EXTRACTS[str(file.extract)]
    together = parts > 1 and is_full(manifest)
    known = ledger.earlier(intake.connection, schema.name, file.sha256, manifest)
    if known is not None and not together:
        return [_again(intake, file, manifest, known)]
    with _texts(intake.settings) as folder:
        rows = _stage(intake, file, schema, manifest, folder)
        return [_take_in(intake, file, schema, manifest, rows)]


def take_unit_list(intake: Intake, file: Delivered, manifest: Manifest | None) -> list[FileResult]:
    """A file that carries two extracts, each with an account of its own. It never withdraws: a unit that is not on it
    may still have a row in the region's own register."""
    given = constants(file.path.name, intake.unit_list, intake.settings)
    with _texts(intake.settings) as folder:
        _stage(intake, file, vardenhetslista.schema, manifest, folder)
        return [
            _take_in(intake, file, schema, None, rows)
            for schema, rows in extracts_of(intake.connection, given)
        ]  # fmt: skip


def remove_leftovers(settings: Settings) -> None:
    """Texts that a run which was killed left behind. Only for whoever holds the warehouse."""
    for folder in settings.warehouse.parent.glob(f"{LANDING}*"):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _texts(settings: Settings) -> Iterator[Path]:
    """A folder that only its owner may read, gone afterwards: what a file says is not kept before it is checked."""
    folder = Path(mkdtemp(prefix=LANDING, dir=settings.warehouse.parent)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stage(intake: Intake, file: Delivered, schema: pa.DataFrameSchema, manifest: Manifest | None, folder: Path) -> int:
    """The file's rows as text in STAGED, and nothing about the file as a whole that would refuse it. Returns how many."""
    connection, name = intake.connection, file.path.name
    form = form_of(intake.settings, _sender(intake, manifest), schema.name)
    key = key_of(intake.settings) if form.pseudonymisera else None
    if key is not None:
        refuse_other_key(connection, key)
    crossing("filen läses")
    rows = stage(
        connection, file.path, schema, folder,
        counted=promised_of(manifest, file) is not None, limits=intake.settings.reading, form=form, key=key,
        tell=lambda done, total: intake.progress(f"{name} läses", done, total),
    )  # fmt: skip
    if key is not None:
        remember_key(connection, key)
    intake.progress(f"{name} läses", rows, rows)
    with _told(intake, f"{name} prövas", rows):
        suspect(connection, schema)
    _refuse_identifiers(connection, name, schema, form)
    refuse_wrong_totals(connection, file, manifest, schema.name, rows)
    return rows


def _sender(intake: Intake, manifest: Manifest | None) -> str | None:
    return manifest.avsandare if manifest else intake.sender


def _refuse_identifiers(
    connection: duckdb.DuckDBPyConnection, name: str, schema: pa.DataFrameSchema, form: ExtractForm
) -> None:
    found = find(connection, STAGED, SUSPECTED, schema, serial=form.lopnummer)
    if found:
        raise FileRefused(*(_where(name, one) for one in found))


@contextmanager
def _told(intake: Intake, what: str, rows: int) -> Iterator[None]:
    """Tell how far the database has come with the rows of a file."""
    intake.progress(what, 0, rows)
    with watched(intake.connection, lambda share: intake.progress(what, int(share * rows), rows)):
        yield


def _where(name: str, found: Found) -> str:
    rows = found.rows
    named = ", ".join(map(str, rows[:ROWS_NAMED]))
    more = " …" if len(rows) > ROWS_NAMED else ""
    return f"{name}: {found.kind} i kolumn {found.column}, {len(rows)} rader (rad {named}{more})"


def _again(intake: Intake, file: Delivered, manifest: Manifest | None, rows: int) -> FileResult:
    """The same bytes as before: nothing is loaded, every row is a duplicate."""
    result = FileResult(
        leverans_nr=ledger.next_number(intake.connection), filnamn=file.path.name, extrakt=str(file.extract),
        status="dubblett", rader_in=rows, inlasta=0, dubbletter=rows, karantan=0, indragna=0, regler=(),
    )  # fmt: skip
    _record(intake, file, manifest, result)
    return result


def _record(
    intake: Intake, file: Delivered, manifest: Manifest | None, result: FileResult, said: datetime | None = None
) -> None:
    ledger.write(
        intake.connection, result, sha256=file.sha256, manifest=manifest, sender=_sender(intake, manifest),
        counted=promised_of(manifest, file) is not None, said=said,
    )  # fmt: skip


def _take_in(
    intake: Intake, file: Delivered, schema: pa.DataFrameSchema, manifest: Manifest | None, rows: int
) -> FileResult:
    """From STAGED to the raw table and the quarantine."""
    connection, extract, name = intake.connection, schema.name, file.path.name
    number, said = ledger.next_number(connection), ledger.said_at(connection, manifest)
    crossing("raderna prövas")
    check(connection, schema, rows, progress=lambda done: intake.progress(f"{name} prövas", done, rows))
    with _told(intake, f"{name} läses in", rows):
        typed(connection, schema)
        crossing("raderna läggs till")
        loaded, again = merge(connection, extract, schema, number, said)
        say_again(connection, schema, number, said, whole=is_full(manifest))
    intake.progress(f"{name} läses in", rows, rows)
    crossing("karantän och liggare skrivs")
    remember_keys(connection, schema, manifest)
    account.write(connection, extract, number)
    result = FileResult(
        leverans_nr=number, filnamn=name, extrakt=extract, status="inlast", rader_in=rows, inlasta=loaded,
        dubbletter=again, karantan=_quarantine(connection, extract, schema, number), indragna=0,
        regler=_rules(connection),
    )  # fmt: skip
    if result.rader_in != result.inlasta + result.dubbletter + result.karantan:
        raise CheckError(f"{name}: raderna går inte ihop: in = inlästa + dubbletter + karantän gäller inte.")
    _record(intake, file, manifest, result, said)
    return result


def tell_rules(connection: duckdb.DuckDBPyConnection, extract: str, number: int) -> None:
    """Say anew, of rows that stay in quarantine, what keeps them there."""
    connection.execute(
        f"""UPDATE ledger.karantan AS rad SET regler = nya.regler FROM (
            SELECT rad_nr, list(DISTINCT kolumn || ': ' || regel ORDER BY kolumn || ': ' || regel) AS regler
            FROM {FAULTS} GROUP BY rad_nr) AS nya
        WHERE rad.leverans_nr = $nr AND rad.rad_nr = nya.rad_nr AND rad.extrakt = $extract""",
        {"nr": number, "extract": extract},
    )
    connection.execute("DELETE FROM ledger.brist WHERE leverans_nr = $nr", {"nr": number})
    account.write_rules(connection, number)


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
