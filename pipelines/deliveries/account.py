"""The account of every file: what became of its rows by unit and month, what was wrong by column and rule, and how it
compares with the sender's delivery before. A deviation stands until a person has signed it, and nothing is published."""

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb
import pandera.pandas as pa

from pipelines.deliveries.check import FAULTS
from pipelines.deliveries.control import TIME
from pipelines.deliveries.convert import as_unit
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.read import STAGED
from pipelines.errors import CheckError
from pipelines.settings import Settings

ROWS_KEPT = 1000  # row numbers of one rule in one file
FEWEST_ROWS = 20  # a unit's month with fewer rows moves by chance
TABLES = (
    "brist (leverans_nr INTEGER, kolumn VARCHAR, regel VARCHAR, rader BIGINT, rad_nr BIGINT[])",
    """avstamning (leverans_nr INTEGER, enhet VARCHAR, manad VARCHAR, rader_in BIGINT, inlasta BIGINT, dubbletter BIGINT,
        karantan BIGINT)""",
    """avvikelse (leverans_nr INTEGER, extrakt VARCHAR, enhet VARCHAR, manad VARCHAR, forra BIGINT, nu BIGINT,
        godkand_av VARCHAR, godkand TIMESTAMP)""",
)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        connection.execute(f"CREATE TABLE IF NOT EXISTS ledger.{table}")


def unit_of(extract: str) -> str:
    """The SQL expression for whose rows they are; an outcome belongs to no unit, a target to none of ours."""
    unit = {"utfall": "vardgivare_id", "mal": "id"}.get(extract, "enhet_id")
    return f"coalesce({as_unit(unit)}, 'saknas')"


def month_of(extract: str) -> str:
    """The SQL expression for a row's month, of a text or a day; none where the extract is a register."""
    return f"""coalesce(left(CAST("{TIME[extract]}" AS VARCHAR), 7), 'saknas')""" if extract in TIME else "'alla'"


def write(connection: duckdb.DuckDBPyConnection, extract: str, number: int) -> None:
    """Keep the account of the staged file: after its rows have been merged, before the next is read."""
    write_rules(connection, number)
    connection.execute(
        f"""INSERT INTO ledger.avstamning
        WITH utfall AS (
            SELECT rad_nr, true AS fel, false AS igen FROM (SELECT DISTINCT rad_nr FROM {FAULTS}) AS felaktiga
            UNION ALL
            SELECT rad_nr, false, true FROM kanda WHERE lika
        )
        SELECT $nr, {unit_of(extract)} AS enhet, {month_of(extract)} AS manad, count(*),
            count(*) FILTER (utfall.rad_nr IS NULL), count(*) FILTER (utfall.igen), count(*) FILTER (utfall.fel)
        FROM {STAGED} AS rader LEFT JOIN utfall ON utfall.rad_nr = rader.rad_nr
        GROUP BY enhet, manad""",
        {"nr": number},
    )


def write_rules(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Column × rule × count, with the numbers of the rows."""
    connection.execute(
        f"""INSERT INTO ledger.brist
        SELECT $nr, kolumn, regel, count(*), list(rad_nr ORDER BY rad_nr)[1:{ROWS_KEPT}]
        FROM {FAULTS} GROUP BY kolumn, regel""",
        {"nr": number},
    )


def displaced(connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, rule: str) -> None:
    """Move the standing rows that give way (`kanda`: ersatter, plats) to the quarantine, on their own delivery's account."""
    cells = ", ".join(f"'{name}', CAST(\"{name}\" AS VARCHAR)" for name in schema.columns)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE undantrangda AS
        SELECT leverans_nr, rad_nr, {unit_of(extract)} AS enhet, {month_of(extract)} AS manad,
            CAST(json_object({cells}) AS VARCHAR) AS innehall
        FROM raw.{extract} WHERE rowid IN (SELECT plats FROM kanda WHERE ersatter)"""
    )
    connection.execute(
        """INSERT INTO ledger.karantan
        SELECT leverans_nr, $extract, rad_nr, ['nyckeln: ' || $rule], innehall FROM undantrangda""",
        {"extract": extract, "rule": rule},
    )
    connection.execute(
        f"""INSERT INTO ledger.brist
        SELECT leverans_nr, 'nyckeln', $rule, count(*), list(rad_nr ORDER BY rad_nr)[1:{ROWS_KEPT}]
        FROM undantrangda GROUP BY leverans_nr""",
        {"rule": rule},
    )
    for table, place in (("leverans", "leverans_nr"), ("avstamning", "leverans_nr, enhet, manad")):
        same = " AND ".join(f"konto.{name} = bort.{name}" for name in place.split(", "))
        connection.execute(
            f"""UPDATE ledger.{table} AS konto
            SET inlasta = konto.inlasta - bort.rader, karantan = konto.karantan + bort.rader
            FROM (SELECT {place}, count(*) AS rader FROM undantrangda GROUP BY {place}) AS bort WHERE {same}
            {"AND konto.extrakt = $extract" if table == "leverans" else ""}""",
            {"extract": extract} if table == "leverans" else {},
        )


def compare(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    extract: str,
    numbers: Sequence[int],
    manifest: Manifest | None,
) -> None:
    """Note every unit and month of a full delivery that has far more or fewer rows than in the sender's full delivery
    before. `numbers` are its files of the extract. A supplement says nothing of how many there are."""
    if manifest is None or manifest.typ != "fullstandig" or extract not in TIME:
        return
    connection.execute(
        """INSERT INTO ledger.avvikelse
        WITH summor AS (
            SELECT leverans.skapad, list_contains($numbers, leverans.leverans_nr) AS ar_ny, enhet, manad,
                sum(avstamning.rader_in) AS rader
            FROM ledger.avstamning AS avstamning JOIN ledger.leverans AS leverans USING (leverans_nr)
            WHERE leverans.extrakt = $extract AND leverans.avsandare = $sender AND leverans.typ = 'fullstandig'
                AND leverans.status = 'inlast'
            GROUP BY leverans.skapad, ar_ny, enhet, manad
        ),
        forra AS (
            SELECT enhet, manad, arg_max(rader, skapad) AS rader FROM summor
            WHERE NOT ar_ny AND skapad < $made AND manad BETWEEN $first AND $last GROUP BY enhet, manad
        ),
        nya AS (SELECT enhet, manad, rader FROM summor WHERE ar_ny)
        SELECT $nr, $extract, enhet, manad, coalesce(forra.rader, 0), coalesce(nya.rader, 0), NULL, NULL
        FROM forra FULL JOIN nya USING (enhet, manad)
        WHERE greatest(coalesce(forra.rader, 0), coalesce(nya.rader, 0)) >= $least
            AND forra.rader IS NOT NULL
            AND abs(coalesce(nya.rader, 0) - forra.rader) > $stop * forra.rader""",
        {
            "nr": max(numbers), "numbers": list(numbers), "extract": extract,
            "sender": manifest.avsandare, "made": str(manifest.skapad),
            "first": f"{manifest.period_fran:%Y-%m}", "last": f"{manifest.period_till:%Y-%m}",
            "least": FEWEST_ROWS, "stop": settings.deviation_stop,
        },
    )  # fmt: skip


def refuse_unsigned(connection: duckdb.DuckDBPyConnection) -> None:
    """Raises CheckError with every deviation that nobody has signed."""
    create_tables(connection)  # a warehouse from before they were kept
    open_ones = connection.execute(
        """SELECT leverans_nr, extrakt, enhet, manad, forra, nu FROM ledger.avvikelse WHERE godkand_av IS NULL
        ORDER BY leverans_nr, extrakt, enhet, manad"""
    ).fetchall()
    if open_ones:
        raise CheckError(
            "Leveranser avviker från avsändarens förra och ingen har godkänt dem. Ingen ny utgåva publiceras.",
            faults=[
                f"leverans {number}, {extract}, {unit}, {month}: {now} rader, {before} förra gången"
                for number, extract, unit, month, before, now in open_ones
            ],
            advice='Stämmer det med verkligheten: sjukvy godkann LEVERANS --av "NAMN". Annars: rätta hos avsändaren.',
        )


def sign(connection: duckdb.DuckDBPyConnection, number: int, who: str) -> int:
    """A person answers for the delivery's deviations. Returns how many they were."""
    signed = connection.execute(
        "UPDATE ledger.avvikelse SET godkand_av = $who, godkand = $now WHERE leverans_nr = $nr AND godkand_av IS NULL",
        {"who": who, "now": datetime.now(UTC).replace(tzinfo=None), "nr": number},
    )
    return signed.fetchall()[0][0]
