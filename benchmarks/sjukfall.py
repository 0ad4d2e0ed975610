"""Speed of the sjukfall step: against a bare sort and write of the same columns, against the same rule in pandas, by
size, in memory, and onward from one new month on top of ten years."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines import increment, warehouse
from pipelines.deliveries.ledger import create_tables
from pipelines.settings import Settings

SEED = 20191297
FIRST, MONTHS = np.datetime64("2014-01-01"), 120
PER_PATIENT = 6  # certificates of a patient on average, over ten years
FLOOR = """CREATE OR REPLACE TABLE core.golv AS
    SELECT patient_nr, intyg_nr, enhet_nr, fran, tom, grad, kon, alder, har_sgi, ersattning, lan_nr, diagnos_nr, diagnosgrupp,
        kand_fran, period_nr
    FROM core.intyg_provad WHERE utelamnad IS NULL ORDER BY patient_nr, fran, kand_fran, intyg_nr, grad, period_nr"""
CHAIN = ("core.sjukfall_period", "core.sjukfall")
PANDAS_LARGEST = 1_000_000  # beyond this pandas is only slower


def compare(rows: int, folder: Path) -> list[tuple[str, str]]:
    """(what, measured) of a store of `rows` certificates and of one a tenth as large."""
    small = _measure(max(rows // 10, 1), folder / "small")
    large = _measure(rows, folder / "large")
    low, high = min(large["ratio"]), max(large["ratio"])
    cost = (large["step"] / rows) / (small["step"] / max(rows // 10, 1))
    return [
        ("certificates", f"{rows:,}"),
        ("sjukfall step / bare sort and write", f"{statistics.median(large['ratio']):.2f} ({low:.2f}–{high:.2f})"),
        (f"cost of a certificate at {rows:,} / at {rows // 10:,}", f"{cost:.2f}"),
        ("sjukfall step, peak memory MiB with memory_limit 4GB", f"{large['memory']:,.0f}"),
        *_against_pandas(folder / "pandas", min(rows, PANDAS_LARGEST)),
    ]


def _measure(rows: int, folder: Path) -> dict:
    """Three rounds of floor and step in turn: the ratios, the fastest step in seconds, the buffer's peak in MiB."""
    ratios, steps = [], []
    with warehouse.open_warehouse(Settings(data=folder, memory_limit="4GB")) as connection:
        _tried(connection, rows)
        for _ in range(3):
            floor = seconds(lambda: connection.execute(FLOOR))
            steps.append(seconds(lambda: chain(connection)))
            ratios.append(steps[-1] / floor)
    return {"ratio": ratios, "step": min(steps), "memory": _peak()}


def chain(connection: duckdb.DuckDBPyConnection) -> None:
    """The two tables of the step, as a full build makes them."""
    connection.execute("CREATE OR REPLACE VIEW core.nya_provade AS SELECT * FROM core.intyg_provad")
    for step in CHAIN:
        increment.derive_all(connection, step, warehouse.query(step))


def _peak() -> float:
    """The highest resident memory of this process so far, MiB (Linux says it in kB)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _tried(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """core.intyg_provad with invented certificates, in batches, so that the generator needs little memory."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS core")
    warehouse.declare(connection, Settings())
    connection.execute("DROP TABLE IF EXISTS core.intyg_provad")
    for at, low in enumerate(range(0, rows, 2_000_000)):
        given = certificates(min(2_000_000, rows - low), low, SEED + at)  # noqa: F841  (read by name below)
        made = "CREATE TABLE core.intyg_provad AS" if at == 0 else "INSERT INTO core.intyg_provad"
        connection.execute(
            f"""{made} SELECT patient_nr, intyg_nr, 1 AS period_nr, enhet_nr, kand_fran, CAST(fran AS DATE) AS fran,
                CAST(tom AS DATE) AS tom, grad, kon, alder, har_sgi, ersattning, CAST(0 AS SMALLINT) AS lan_nr, diagnos_nr,
                diagnosgrupp, CAST(NULL AS VARCHAR) AS utelamnad FROM given"""  # noqa: S608  (the two texts above)
        )


def certificates(rows: int, offset: int, seed: int, *, first_month: int = 0, months: int = MONTHS) -> pd.DataFrame:
    """Invented certificates of patients of their own, in no order: one row a certificate."""
    rng = np.random.default_rng(seed)
    days = (first_month * 30.44 + rng.random(rows) * months * 30.44).astype("timedelta64[D]")
    start = FIRST + days
    group = rng.integers(0, 8, rows)
    names = np.array(["psykiska", "rorelse", "somatiska", "symtom", "graviditet", "faktorer", "ovrigt", "okand"])
    return pd.DataFrame(
        {
            "patient_nr": (offset + rng.integers(0, rows, rows)) // PER_PATIENT,
            "intyg_nr": rng.integers(1, 1_000, rows),
            "enhet_nr": rng.integers(1, 1_200, rows),
            "kand_fran": (start + rng.integers(0, 3, rows).astype("timedelta64[D]")).astype("datetime64[us]"),
            "fran": start.astype("datetime64[s]"),
            "tom": (start + rng.geometric(1 / 25, rows).astype("timedelta64[D]")).astype("datetime64[s]"),
            "grad": rng.choice([25, 50, 75, 100], rows, p=[0.1, 0.25, 0.1, 0.55]),
            "kon": np.where(rng.random(rows) < 0.6, "K", "M"),
            "alder": rng.integers(18, 68, rows),
            "har_sgi": np.where(rng.random(rows) < 0.8, "ja", "nej"),
            "ersattning": np.where(rng.random(rows) < 0.9, "sjukpenning", "okand"),
            "diagnos_nr": group + 1,
            "diagnosgrupp": names[group],
        }
    ).astype({name: "int32" for name in ("patient_nr", "intyg_nr", "enhet_nr", "grad", "alder", "diagnos_nr")})


def _against_pandas(folder: Path, rows: int) -> list[tuple[str, str]]:
    with warehouse.open_warehouse(Settings(data=folder)) as connection:
        _tried(connection, rows)
        own = seconds(lambda: chain(connection))
        frame = connection.execute("SELECT * FROM core.intyg_provad").df()
        number, days = connection.execute("SELECT count(*), sum(langd_dagar) FROM core.sjukfall").fetchall()[0]
    result: list[pd.DataFrame] = []
    theirs = seconds(lambda: result.append(in_pandas(frame)))
    if (len(result[0]), int(result[0]["langd_dagar"].sum())) != (number, days):
        raise RuntimeError("pandas and SQL give different sjukfall")
    return [(f"the same rule in pandas / sjukfall step, {rows:,} certificates", f"{theirs / own:.1f}")]


def in_pandas(rows: pd.DataFrame, gap: int = 5) -> pd.DataFrame:
    """One row per sjukfall by the same rule, vectorised: start, end, certified days, certificates."""
    rows = rows.sort_values(["patient_nr", "fran", "kand_fran", "intyg_nr", "grad", "period_nr"], ignore_index=True)
    first, last = rows["fran"].to_numpy("datetime64[D]").astype(int), rows["tom"].to_numpy("datetime64[D]").astype(int)
    patient = rows["patient_nr"].to_numpy()
    so_far = pd.Series(last).groupby(patient).cummax().groupby(patient).shift(fill_value=-(10**6)).to_numpy()
    begins = first - so_far > gap + 1
    new = np.where(begins, last - first + 1, np.maximum(0, last - np.maximum(first - 1, so_far)))
    cases = rows.assign(sjukfall=np.cumsum(begins), nya_dagar=new).groupby("sjukfall")
    return cases.agg(
        start_datum=("fran", "min"), sista_dag=("tom", "max"), langd_dagar=("nya_dagar", "sum"),
        antal_intyg=("intyg_nr", "nunique"), enhet_nr=("enhet_nr", "first"), kon=("kon", "last"),
    )  # fmt: skip


DERIVED = warehouse.STEPS[: warehouse.STEPS.index("core.sjukfall") + 1]


def one_more_month(rows: int, folder: Path) -> list[tuple[str, str]]:
    """A new month on top of ten years in the raw tables, derived onward and then whole."""
    with warehouse.open_warehouse(Settings(data=folder, memory_limit="4GB")) as connection:
        create_tables(connection)
        connection.execute("CREATE SCHEMA IF NOT EXISTS core")
        warehouse.declare(connection, Settings())
        _deliver(connection, 1, certificates(rows, 0, SEED), "2023-12-31")
        _derive(connection, onward=False)
        month = certificates(rows // MONTHS, 0, SEED + 1, first_month=MONTHS, months=1)
        month["patient_nr"] = np.random.default_rng(SEED).integers(0, rows // PER_PATIENT, len(month))
        _deliver(connection, 2, month, "2024-01-31")
        part = seconds(lambda: _derive(connection, onward=True))
        connection.execute("CREATE TABLE core.stegvis AS SELECT * FROM core.sjukfall")
        whole = seconds(lambda: _derive(connection, onward=False))
        differ = connection.execute(
            """SELECT count(*) FROM (
                (SELECT * FROM core.stegvis EXCEPT ALL SELECT * FROM core.sjukfall)
                UNION ALL (SELECT * FROM core.sjukfall EXCEPT ALL SELECT * FROM core.stegvis))"""
        ).fetchall()[0][0]
    if differ:
        raise RuntimeError("a month derived onward gives other sjukfall")
    return [(f"one more month on {rows:,} certificates, onward / whole", f"{part / whole:.3f}")]


def _derive(connection: duckdb.DuckDBPyConnection, *, onward: bool) -> None:
    """In one transaction, as a build is."""
    connection.execute("BEGIN")
    warehouse.derive(connection, DERIVED, progress=lambda step: None, onward=onward)
    connection.execute("COMMIT")


def _deliver(connection: duckdb.DuckDBPyConnection, number: int, given: pd.DataFrame, end: str) -> None:
    connection.execute(
        """INSERT INTO raw.intyg BY NAME
        SELECT 'I' || $nr || '-' || row_number() OVER () AS intyg_id, 1 AS period_nr, 'utfardat' AS handelse, kand_fran,
            'P' || patient_nr AS patient_id, 'SE0000000001-0001' AS vardgivare_id, 'SE' || enhet_nr AS enhet_id,
            'FK7804' AS typ, CAST(fran AS DATE) AS fran, CAST(tom AS DATE) AS tom, grad, 'F43' || diagnos_nr AS diagnos,
            kon, alder, $nr AS leverans_nr, row_number() OVER () AS rad_nr FROM given""",
        {"nr": number},
    )
    connection.execute(
        """INSERT INTO ledger.leverans (leverans_nr, extrakt, status, period_fran, period_till)
        VALUES (?, 'intyg', 'inlast', DATE '2014-01-01', ?)""",
        [number, date.fromisoformat(end)],
    )


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000_000)
    rows = arguments.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="sjukvy-bench-") as folder:
        for what, measured in (*compare(rows, Path(folder)), *one_more_month(rows // 3, Path(folder) / "month")):
            print(f"{what}: {measured}", flush=True)


if __name__ == "__main__":
    main()
