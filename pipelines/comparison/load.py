"""Takes published figures into the warehouse, every row accounted for, and hands them on to a release."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from identity.text import name_without_number, points_out_somebody
from pipelines.comparison.formats import COLUMNS
from pipelines.comparison.read import Published, checked, read
from pipelines.deliveries import FileResult, ledger
from pipelines.deliveries.identify import sha256_of
from pipelines.deliveries.refusal import FileRefused
from pipelines.errors import CheckError, DeliveryError
from pipelines.reading import Limits
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from schemas.figures import KEY, jamforelse
from schemas.series import RIKET, SERIES

EXTRACT = "jamforelse"
SHIPPED = Path(__file__).parent / "publicerat.csv"
TABLE = """CREATE TABLE IF NOT EXISTS raw.jamforelse (
    serie VARCHAR, omrade VARCHAR, period VARCHAR, kon VARCHAR, diagnos VARCHAR, aldersgrupp VARCHAR, varde DOUBLE,
    tecken VARCHAR, kalla VARCHAR, leverans_nr INTEGER, rad_nr BIGINT)"""
ADVICE = "Ingenting ur filen är inläst. Hämta den igen hos Försäkringskassan; senaste utgåvan visas som förut."


def load(paths: Sequence[Path], settings: Settings) -> list[FileResult]:
    """Load every file that can be read, even when another is refused. Raises DeliveryError with every fault."""
    results: list[FileResult] = []
    faults: list[str] = []
    with open_warehouse(settings) as connection:
        ledger.create_tables(connection)
        connection.execute(TABLE)
        for path in paths:
            try:
                results.append(_load_file(connection, path, settings.reading))
            except FileRefused as refused:
                faults += refused.faults
                _record_refusal(connection, path, refused)
    if faults:
        raise DeliveryError("Filen är avvisad.", faults=faults, advice=ADVICE)
    return results


def published(connection: duckdb.DuckDBPyConnection, settings: Settings) -> pd.DataFrame:
    """The table `jamforelse`: the shipped figures and those loaded, of each the latest, for Riket and the region's
    county (every county where the settings name none)."""
    connection.execute(TABLE)
    loaded = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM raw.jamforelse ORDER BY leverans_nr, rad_nr").df()
    every = pd.concat([shipped(), loaded.astype(object)], ignore_index=True).drop_duplicates(KEY, keep="last")
    if settings.county:
        every = every[every["omrade"].isin([RIKET, settings.county])]
    said = {
        "namn": lambda series: series.name,
        "enhet": lambda series: series.unit,
        "periodtyp": lambda series: series.periodtyp,
        "definition": lambda series: series.definition,
    }
    for column, of in said.items():
        every[column] = every["serie"].map({name: of(series) for name, series in SERIES.items()})
    every = every.astype(object).where(every.notna(), None).astype({"varde": float})
    return every.sort_values(KEY, ignore_index=True)[list(jamforelse().columns)]


def shipped() -> pd.DataFrame:
    """The product's own table of published figures, each with its source. Raises CheckError when it is not what it
    must be."""
    with SHIPPED.open(encoding="utf-8") as file:
        rows = pd.read_csv(file, dtype=str, keep_default_na=True)
    table, faults = checked(rows.assign(rad_nr=range(2, len(rows) + 2)))
    if faults:
        raise CheckError("De medföljande talen håller inte sin beskrivning.", faults=[str(fault) for fault in faults])
    return table[list(COLUMNS)].astype(object)


def _load_file(connection: duckdb.DuckDBPyConnection, path: Path, limits: Limits) -> FileResult:
    if points_out_somebody(path.name):
        raise FileRefused("filnamnet innehåller ett personnummer, en e-postadress eller ett telefonnummer")
    number, digest = ledger.next_number(connection), sha256_of(path)
    known = ledger.earlier(connection, EXTRACT, digest, None)
    if known is not None:
        result = _result(number, path, "dubblett", rows=known, loaded=0, again=known)
        ledger.write(connection, result, sha256=digest, manifest=None, counted=False)
        return result
    found = read(path, limits)
    connection.execute("BEGIN")
    try:
        loaded, again = _merge(connection, found.figures, number)
        _quarantine(connection, found, number)
        result = _result(number, path, "inlast", rows=found.rows, loaded=loaded, again=again, faults=found.faults)
        if result.rader_in != result.inlasta + result.dubbletter + result.karantan:
            raise CheckError(f"{path.name}: raderna går inte ihop: in = inlästa + dubbletter + karantän gäller inte.")
        ledger.write(connection, result, sha256=digest, manifest=None, counted=False)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return result


def _merge(connection: duckdb.DuckDBPyConnection, figures: pd.DataFrame, number: int) -> tuple[int, int]:
    """Rows of the file (loaded, already there). A row is already there when every figure in it stands unchanged; a
    changed one is a revision, and the latest delivered is shown."""
    connection.register("nya", figures)
    same = " AND ".join(f"gammal.{name} IS NOT DISTINCT FROM nya.{name}" for name in (*KEY, "varde", "tecken"))
    key = ", ".join(KEY)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE redan AS
        WITH gammal AS (
            SELECT * FROM (
                SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY leverans_nr DESC) AS ordning FROM raw.jamforelse
            ) AS alla WHERE ordning = 1
        )
        SELECT nya.rad_nr, count(gammal.serie) = count(*) AS finns
        FROM nya LEFT JOIN gammal ON {same} GROUP BY nya.rad_nr"""
    )
    listed = ", ".join(COLUMNS)
    connection.execute(
        f"""INSERT INTO raw.jamforelse SELECT {listed}, $nr, nya.rad_nr
        FROM nya JOIN redan ON redan.rad_nr = nya.rad_nr AND NOT redan.finns""",
        {"nr": number},
    )
    connection.unregister("nya")
    counted = dict(connection.execute("SELECT finns, count(*) FROM redan GROUP BY finns").fetchall())
    return counted.get(False, 0), counted.get(True, 0)


def _quarantine(connection: duckdb.DuckDBPyConnection, found: Published, number: int) -> None:
    for row, content in found.content.items():
        rules = sorted(f"{column}: {rule}" for at, column, rule in found.faults if at == row)
        connection.execute(
            "INSERT INTO ledger.karantan VALUES ($nr, $extract, $row, $rules, $content)",
            {
                "nr": number, "extract": EXTRACT, "row": row, "rules": rules,
                "content": json.dumps(content, ensure_ascii=False),
            },
        )  # fmt: skip


def _result(
    number: int, path: Path, status: str, *, rows: int, loaded: int, again: int, faults: Sequence[tuple] = ()
) -> FileResult:
    rules = Counter((column, rule) for _, column, rule in faults)
    return FileResult(
        leverans_nr=number, filnamn=path.name, extrakt=EXTRACT, status=status, rader_in=rows, inlasta=loaded,
        dubbletter=again, karantan=len({row for row, *_ in faults}), indragna=0,
        regler=tuple((column, rule, count) for (column, rule), count in rules.most_common()),
    )  # fmt: skip


def _record_refusal(connection: duckdb.DuckDBPyConnection, path: Path, refused: FileRefused) -> None:
    result = ledger.refused(ledger.next_number(connection), Path(name_without_number(path.name)), EXTRACT)
    ledger.write(
        connection, result, sha256=sha256_of(path), manifest=None, counted=False, orsak="; ".join(refused.faults)
    )
