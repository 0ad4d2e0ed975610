"""The invented cases as a region would deliver them, in the raw tables of a warehouse of their own, and the SQL on top."""

import duckdb
import numpy as np
import pandas as pd
from numpy.random import Generator

from benchmarks.coverage.population import BAND_PERCENT, BANDS, DAYS, DIAGNOSES, FIRST, LAST, SEXES, Rows, certificates
from pipelines import declared, warehouse
from pipelines.deliveries.ledger import create_tables
from pipelines.settings import Settings

# what the measures of this benchmark are counted from, in the product's order
USED = frozenset(
    """core.period core.manad core.enhet core.patient core.diagnoskod core.intyg_gallande core.intyg_provad
    core.sjukfall_period core.sjukfall core.koordinering core.forsta_insats core.forsta_stod core.utfall
    core.sjukfall_slut core.sjukfall_hittills mart.listade mart.listade_alder mart.listade_totalt mart.pagaende
    mart.startade mart.avslutade mart.atergang mart.gradbyte mart.tackning mart.malgrupp""".split()
)
PROVIDER = "SE0000000001-0001"
UNIT = "'SE0000000001-' || lpad(CAST({} AS VARCHAR), 6, '0')"
DAY = f"CAST(DATE '{FIRST}' + CAST({{}} AS INTEGER) AS DATE)"


def deliver(connection: duckdb.DuckDBPyConnection, cases: Rows, listed: int, units: int, rng: Generator) -> None:
    """Fill the raw tables with what has been issued within the extract, and derive the tables that measures read.
    Certificates from before it are not delivered (left truncation), and what comes after it is not known."""
    create_tables(connection)
    connection.execute(
        """INSERT INTO ledger.leverans (leverans_nr, extrakt, status, period_fran, period_till)
        VALUES (1, 'intyg', 'inlast', ?, ?)""",
        [FIRST.astype(object), LAST.astype(object)],
    )
    _register(connection, listed, units)
    _certify(connection, cases, rng)
    _beside(connection, cases)
    settings = Settings()
    connection.execute("CREATE SCHEMA IF NOT EXISTS core")
    connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
    declared.declare(connection, settings)
    steps = [step for step in warehouse.STEPS if step in USED]
    warehouse.derive(connection, steps, progress=lambda step: None, onward=False)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, columns: dict[str, str]) -> None:
    connection.register("frame", frame)
    # tables and expressions are those of this file
    names, values = ", ".join(columns), ", ".join(columns.values())
    connection.execute(
        f"""INSERT INTO raw.{table} ({names}, leverans_nr, rad_nr)
        SELECT {values}, 1, row_number() OVER () FROM frame"""
    )
    connection.unregister("frame")


def _register(connection: duckdb.DuckDBPyConnection, listed: int, units: int) -> None:
    own = {"enhet_id": UNIT.format("unit"), "giltig_fran": "DATE '2020-01-01'", "namn": "'Enhet ' || unit",
           "vardgivare_id": f"'{PROVIDER}'", "enhetstyp": "'vardcentral'", "region": "'Region Prov'"}  # fmt: skip
    _insert(connection, "enheter", pd.DataFrame({"unit": np.arange(units)}), own)
    months = [str(month) for month in np.arange(FIRST.astype("M8[M]"), LAST.astype("M8[M]") + 1)]
    bands = pd.DataFrame(
        [
            (sex, band, listed * part // 100)
            for sex in SEXES
            for band, part in zip(BANDS, BAND_PERCENT[sex], strict=True)
        ],
        columns=["kon", "aldersgrupp", "antal"],
    )
    every = pd.DataFrame({"unit": np.arange(units)}).merge(pd.DataFrame({"manad": months}), how="cross")
    every = every.merge(bands, how="cross")
    same = {name: name for name in ("manad", "kon", "aldersgrupp", "antal")}
    _insert(connection, "listade", every, {"enhet_id": UNIT.format("unit"), **same})


def _certify(connection: duckdb.DuckDBPyConnection, cases: Rows, rng: Generator) -> None:
    papers = certificates(cases, rng)
    frame = pd.DataFrame(papers | {
        "person": cases["person"][papers["case"]], "unit": cases["unit"][papers["case"]],
        "sex": np.array(SEXES)[cases["sex"][papers["case"]]],
        "diagnosis": np.array(DIAGNOSES)[cases["diagnosis"][papers["case"]]],
        "age": 20 + 5 * cases["band"][papers["case"]],
    })  # fmt: skip
    _insert(connection, "intyg", frame[(frame["fran"] >= 0) & (frame["fran"] < DAYS)], {
        "intyg_id": "'i' || \"case\" || '-' || nr", "period_nr": "1", "handelse": "'utfardat'",
        "kand_fran": DAY.format("fran"), "patient_id": "'p' || person", "vardgivare_id": f"'{PROVIDER}'",
        "enhet_id": UNIT.format("unit"), "typ": "'FK7804'", "fran": DAY.format("fran"), "tom": DAY.format("tom"),
        "grad": "grade", "diagnos": "diagnosis", "kon": "sex", "alder": "age",
    })  # fmt: skip


def _beside(connection: duckdb.DuckDBPyConnection, cases: Rows) -> None:
    """What is registered beside the certificates: how cases ended, and when they were first coordinated."""
    end = cases["start"] + cases["stay"] - 1
    moved = cases["stay"] < cases["length"]
    names = np.array(["atergang_arbete", "sjukersattning", "alderspension", "avliden", ""])[cases["cause"]]
    frame = pd.DataFrame({"person": cases["person"], "unit": cases["unit"], "day": end,
                          "what": np.where(moved, "flyttat", names)})  # fmt: skip
    known = (frame["what"] != "") & (end >= 0) & (end < DAYS)
    own = {"patient_id": "'p' || person", "vardgivare_id": f"'{PROVIDER}'", "datum": DAY.format("day")}
    _insert(connection, "utfall", frame[known], {**own, "utfall": "what"})
    on = cases["start"] + cases["insats"] - 1
    done = (cases["insats"] <= cases["stay"]) & (on >= 0) & (on < DAYS)
    _insert(connection, "koordinering", frame.assign(day=on)[done], {
        "handelse_id": "'k' || row_number() OVER ()", "kand_fran": DAY.format("day"), "handelse_status": "'gallande'",
        **own, "enhet_id": UNIT.format("unit"), "handelse": "'insats'",
    })  # fmt: skip
