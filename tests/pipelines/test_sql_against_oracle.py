"""The SQL of the road against the plain-Python implementation, on random certificates, outcomes and contacts."""

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import declared, views, warehouse
from pipelines.deliveries import create_tables
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from tests.examples import examples
from tests.oracle import landmark
from tests.oracle import sjukfall as oracle

RULES = oracle.Rules(data_fran=date(2024, 1, 1), data_tom=date(2024, 12, 31))
UNITS = ("SE0000000001-1001", "SE0000000001-1002", "SE0000000001-9999")
PATIENTS = ("P1", "P2")
PROVIDERS = ("SE0000000001-0001", "SE0000000002-0001")

day = st.integers(-40, 380).map(lambda step: RULES.data_fran + timedelta(days=step))
near = st.sampled_from([date(2009, 12, 31), date(2010, 1, 1)])


@st.composite
def certificates(draw):
    rows = []
    for number in range(draw(st.integers(1, 12))):
        first = draw(st.one_of(day, day, day, near))
        length = draw(st.one_of(st.integers(0, 9), st.integers(0, 90), st.just(2200)))
        rows.append(
            {
                "intyg_id": draw(st.sampled_from([f"I{number}", f"I{number}", "I1"])),
                "period_nr": draw(st.integers(1, 2)),
                "handelse": draw(st.sampled_from(["utfardat"] * 6 + ["ersatt", "makulerat"])),
                "kand_fran": datetime(2024, 1, 1) + timedelta(hours=number, days=draw(st.integers(0, 3))),
                "patient_id": draw(st.sampled_from(PATIENTS)),
                "vardgivare_id": draw(st.sampled_from(PROVIDERS)),
                "enhet_id": draw(st.sampled_from(UNITS)),
                "typ": draw(st.sampled_from(["FK7804"] * 5 + ["FK7263", "fk7804 ", "AG1-14"])),
                "fran": first,
                "tom": first + timedelta(days=length),
                "grad": draw(st.sampled_from([100, 100, 75, 50, 25, 40])),
                "diagnos": draw(st.sampled_from(["F438A", "m54.5", None, "X"])),
                "kon": draw(st.sampled_from(["K", "M", "okand"])),
                "alder": draw(st.sampled_from([17, 18, 40, 67, 68])),
                "har_sgi": draw(st.sampled_from(["ja", "nej", None])),
                "ersattning": draw(st.sampled_from(["sjukpenning", "ingen", None])),
            }
        )
    return rows


@st.composite
def happenings(draw, column, values):
    return [
        {
            "patient_id": draw(st.sampled_from(PATIENTS)),
            "vardgivare_id": draw(st.sampled_from(PROVIDERS)),
            "enhet_id": draw(st.sampled_from(UNITS)),
            "datum": draw(day),
            column: draw(st.sampled_from(values)),
        }
        for _ in range(draw(st.integers(0, 6)))
    ]


def one_a_day(rows):
    """The business key of utfall allows one row per patient and day."""
    return list({(row["vardgivare_id"], row["patient_id"], row["datum"]): row for row in rows}.values())


@pytest.fixture(scope="module")
def store():
    connection = duckdb.connect()
    create_tables(connection)
    yield connection
    connection.close()


def fill(connection, extract, rows):
    connection.execute(f"DELETE FROM raw.{extract}")
    if not rows:
        return
    frame = pd.DataFrame(rows).assign(leverans_nr=1, rad_nr=range(len(rows)), indragen_av=None)
    shared = [name for name in frame if name in EXTRACTS[extract].columns or name in ("leverans_nr", "rad_nr")]
    connection.register("frame", frame[shared].astype(object))
    names = ", ".join(shared)
    connection.execute(f"INSERT INTO raw.{extract} ({names}) SELECT {names} FROM frame")
    connection.unregister("frame")


def load_rows(connection, certificate_rows, outcomes, contacts):
    register = [
        {"enhet_id": unit, "giltig_fran": date(2020, 1, 1), "namn": unit, "vardgivare_id": PROVIDERS[0],
         "enhetstyp": "vardcentral", "region": "R"}
        for unit in UNITS[:2]
    ]  # fmt: skip
    fill(connection, "enheter", register)
    fill(connection, "intyg", certificate_rows)
    fill(connection, "utfall", outcomes)
    numbered = [
        row | {"handelse_id": f"H{at}", "kand_fran": datetime(2024, 1, 1), "handelse_status": "gallande"}
        for at, row in enumerate(contacts)
    ]
    fill(connection, "koordinering", numbered)
    connection.execute("DELETE FROM ledger.leverans")
    connection.execute(
        "INSERT INTO ledger.leverans (leverans_nr, extrakt, status, period_fran, period_till, rader_in, inlasta,"
        " dubbletter, karantan) VALUES (1, 'intyg', 'inlast', ?, ?, 0, 0, 0, 0)",
        [RULES.data_fran, RULES.data_tom],
    )


def known(unit):
    return unit if unit in UNITS[:2] else "okand"


def fetch(connection, columns, table):
    query = f"SELECT {columns} FROM {table} AS rad JOIN core.enhet AS enhet ON enhet.enhet_nr = rad.enhet_nr"
    return sorted(connection.execute(query).fetchall(), key=str)


@examples(50)
@given(
    certificates(),
    happenings("utfall", ["atergang_arbete", "sjukersattning", "alderspension", "avliden", "flyttat", "okand"]),
    happenings("handelse", ["insats", "insats", "plan", "kontaktad"]),
)
def test_sql_equals_the_slow_implementation(store, certificate_rows, outcomes, contacts):
    outcomes = one_a_day(outcomes)
    load_rows(store, certificate_rows, outcomes, contacts)
    warehouse.build(store, Settings(), progress=lambda _: None)
    chains = oracle.sjukfall(certificate_rows, RULES)

    got = store.execute(
        "SELECT start_datum, sista_dag, langd_dagar, kalenderlangd, antal_intyg, sista_alder FROM core.sjukfall"
    ).fetchall()
    expected = [
        (
            chain[0]["fran"],
            oracle.last_day(chain),
            len(oracle.certified(chain)),
            (oracle.last_day(chain) - chain[0]["fran"]).days + 1,
            len({row["intyg_id"] for row in chain}),
            chain[-1]["alder"],
        )
        for chain in chains
    ]
    assert sorted(got) == sorted(expected)
    placed = store.execute("SELECT fran, tom, har_sgi, ersattning FROM core.sjukfall_period").fetchall()
    said = [
        (row["fran"], row["tom"], row["har_sgi"] or "okand", row["ersattning"] or "okand")
        for chain in chains
        for row in chain
    ]
    assert sorted(placed) == sorted(said)

    stock = [(month, known(unit), *rest) for month, unit, *rest in oracle.pagaende(chains, RULES)]
    assert fetch(store, "manad, enhet_id, kon, langd_dagar", "mart.pagaende") == sorted(stock, key=str)
    for table, rows in (
        ("avslut", oracle.avslut(chains, RULES)),
        ("atergang", oracle.atergang(chains, outcomes, RULES)),
    ):
        expected = sorted(((known(unit), *rest) for unit, *rest in rows), key=str)
        assert fetch(store, "enhet_id, kon, dag, orsak", f"mart.{table}") == expected, table
    for table, end_of in (
        ("landmark", lambda chain: oracle.returned(chain, chains, outcomes, RULES)),
        ("landmark_avslut", lambda chain: oracle.ended(chain, RULES)),
    ):
        rows = landmark.landmark(chains, contacts, RULES, end_of)
        expected = sorted(((known(unit), *rest) for unit, *rest in rows), key=str)
        assert fetch(store, "enhet_id, kon, fran_dag, arm, dag, orsak", f"mart.{table}") == expected, table
    covered = sorted(((known(unit), *rest) for unit, *rest in oracle.tackning(chains, contacts, RULES)), key=str)
    assert fetch(store, "enhet_id, kon, dag, orsak, egen", "mart.tackning") == covered


def test_steps_are_the_files_and_the_tables(store):
    load_rows(store, [], [], [])
    store.execute("UPDATE ledger.leverans SET status = 'inlast'")
    warehouse.build(store, Settings(), progress=lambda _: None)
    files = {
        f"{path.parent.name}.{path.stem}"
        for path in (Path(warehouse.__file__).parent / "sql").rglob("*.sql")
        if path.parent.name != "checks"
    }
    made = {
        f"{schema}.{table}"
        for schema, table in store.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        if schema in ("core", "mart")
    }
    lists = {
        "core.installning",
        "core.kodkarta",
        "core.harlett",
        "core.diagnoskategori",
        "core.band",
        "core.nadd_dag",
        "core.landmark_dag",
    }
    lists |= {f"core.{name}" for name in declared.CODE_LISTS}
    assert files == {*warehouse.STEPS, *views.NATIONAL, *views.NOW}
    assert set(warehouse.STEPS) == made - lists
