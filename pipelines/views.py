"""The two national systems' views of the sjukfall, which depend on who asks: tables of questions, then plain SQL.

`count_national` is Intygsstatistik: what a viewer of some units counts in some periods under some filters (schema
`nationell`). `just_now` is Rehabstöd: who is on sick leave on a day on some units (schema `nu`). Both read the same core
tables as the release. Questions are rows of the schema `fraga`, so that any number is answered in one run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from pipelines.warehouse import run_step

NATIONAL = ("nationell.matchande", "nationell.sjukfall")
NOW = ("nu.block", "nu.ankare", "nu.led", "nu.sjukfall", "nu.kedja", "nu.langd", "nu.historik")
LEVELS = ("kapitel", "avsnitt", "kategori", "kod", "okand_kod")
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class National:
    """One question to the national counting. None = everything. Periods and bounds include both ends; a bound that is
    None is open. Units outside the register have no number and are seen only by those who see everything."""

    vardgivare: tuple[str, ...]
    perioder: tuple[tuple[date, date], ...]
    enheter: tuple[int, ...] | None = None
    diagnoser: tuple[tuple[str, str], ...] | None = None  # (one of LEVELS, code)
    aldrar: tuple[Bounds, ...] | None = None
    langder: tuple[Bounds, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Now:
    """One question to the view of a day. `dag` None = no day is given: nothing is active. `glapp` 0–90 free days;
    `dagar_efter` 0–14 days that an ended sjukfall stays."""

    vardgivare: str
    enheter: tuple[int, ...]
    dag: date | None
    glapp: int
    dagar_efter: int


def count_national(connection: duckdb.DuckDBPyConnection, questions: Sequence[National]) -> None:
    """Make the tables in NATIONAL for the questions, numbered 0, 1, …, each with its periods numbered 0, 1, …"""
    numbered = list(enumerate(questions))
    _put(
        connection,
        "fraga",
        "fraga_nr INTEGER, alla_enheter BOOLEAN, alla_diagnoser BOOLEAN, alla_aldrar BOOLEAN, alla_langder BOOLEAN",
        [(nr, q.enheter is None, q.diagnoser is None, q.aldrar is None, q.langder is None) for nr, q in numbered],
    )
    _put(
        connection,
        "period",
        "fraga_nr INTEGER, period_nr INTEGER, forsta DATE, sista DATE",
        [(nr, at, first, last) for nr, q in numbered for at, (first, last) in enumerate(q.perioder)],
    )
    _put(
        connection,
        "vardgivare",
        "fraga_nr INTEGER, vardgivare_id VARCHAR",
        [(nr, provider) for nr, q in numbered for provider in q.vardgivare],
    )
    _put(
        connection,
        "enhet",
        "fraga_nr INTEGER, enhet_nr INTEGER",
        [(nr, unit) for nr, q in numbered for unit in q.enheter or ()],
    )
    _put(
        connection,
        "diagnos",
        "fraga_nr INTEGER, niva VARCHAR, varde VARCHAR",
        [(nr, level, code) for nr, q in numbered for level, code in q.diagnoser or ()],
    )
    bounds = "fraga_nr INTEGER, fran INTEGER, till INTEGER"
    _put(connection, "alder", bounds, [(nr, *bound) for nr, q in numbered for bound in q.aldrar or ()])
    _put(connection, "langd", bounds, [(nr, *bound) for nr, q in numbered for bound in q.langder or ()])
    _run(connection, NATIONAL)


def just_now(connection: duckdb.DuckDBPyConnection, questions: Sequence[Now]) -> None:
    """Make the tables in NOW for the questions, numbered 0, 1, …"""
    numbered = list(enumerate(questions))
    _put(
        connection,
        "nu",
        "fraga_nr INTEGER, vardgivare_id VARCHAR, dag DATE, glapp INTEGER, dagar_efter INTEGER",
        [(nr, q.vardgivare, q.dag, q.glapp, q.dagar_efter) for nr, q in numbered],
    )
    _put(
        connection,
        "nu_enhet",
        "fraga_nr INTEGER, enhet_nr INTEGER",
        [(nr, unit) for nr, q in numbered for unit in q.enheter],
    )
    _run(connection, NOW)


def _put(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: list[tuple]) -> None:
    """A table of the schema fraga with these rows; without duplicates, which would count twice."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS fraga")
    connection.execute(f"CREATE OR REPLACE TABLE fraga.{table} ({columns})")
    if rows:
        names = [column.split()[0] for column in columns.split(", ")]
        given = pd.DataFrame(list(dict.fromkeys(rows)), columns=names, dtype=object)  # noqa: F841  (read by name below)
        connection.execute(f"INSERT INTO fraga.{table} SELECT * FROM given")


def _run(connection: duckdb.DuckDBPyConnection, steps: Sequence[str]) -> None:
    for step in steps:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {step.partition('.')[0]}")
        run_step(connection, step)
