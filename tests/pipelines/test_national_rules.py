"""The national counting, the view of a day and the chain itself against the plain-Python implementation."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import declared, warehouse
from pipelines.deliveries import create_tables
from pipelines.settings import Settings
from pipelines.views import National, Now, count_national, just_now
from tests.examples import examples
from tests.oracle import national as oracle
from tests.pipelines.test_sql_against_oracle import PATIENTS, PROVIDERS, fill

TODAY = date(2024, 12, 31)
UNITS = ("SE0000000001-1001", "SE0000000001-1002", "SE0000000001-9999")
WORLD = oracle.World(units=frozenset(UNITS[:2]), today=TODAY)
STEPS = warehouse.STEPS[: warehouse.STEPS.index("core.intyg_utbytt") + 1]

edges = st.sampled_from(
    [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2023, 12, 31), date(2024, 1, 31), date(2009, 12, 31)]
)
day = st.one_of(
    st.integers(0, 60).map(lambda step: date(2024, 1, 15) + timedelta(days=step)),
    st.integers(0, 60).map(lambda step: date(2024, 1, 15) + timedelta(days=step)),
    edges,
)
length = st.one_of(st.integers(0, 8), st.integers(0, 8), st.integers(-2, 40), st.sampled_from([364, 2200]))


@st.composite
def certificates(draw):
    rows = []
    for number in range(draw(st.integers(1, 9))):
        name = draw(st.sampled_from([f"I{number}"] * 4 + ["I0"]))
        about = {
            "patient_id": draw(st.sampled_from(PATIENTS)),
            "vardgivare_id": draw(st.sampled_from(PROVIDERS)),
            "enhet_id": draw(st.sampled_from(UNITS)),
            "typ": draw(st.sampled_from(["FK7804"] * 5 + ["fk7263 ", "AG1-14"])),
            "signerad": datetime(2024, 1, 1) + timedelta(hours=draw(st.integers(0, 5))),
            "diagnos": draw(st.sampled_from(["F43.8A", "m54.5-P", "P99", None])),
            "kon": draw(st.sampled_from(["K", "M"])),
            "alder": draw(st.sampled_from([-1, 15, 30, 45, 226])),
            "kommun_kod": draw(st.sampled_from([None, "1480", "1480", "14800"])),
            "handelse": draw(st.sampled_from(["utfardat"] * 6 + ["ersatt", "makulerat"])),
            "ersatter_intyg_id": draw(st.sampled_from([None] * 4 + ["I0", "I1"])),
            "kompletterar_intyg_id": draw(st.sampled_from([None] * 4 + ["I2"])),
        }
        start = draw(day)
        for period in range(1, draw(st.sampled_from([1, 1, 1, 2])) + 1):
            last = start + timedelta(days=draw(length))
            known = datetime(2024, 5, 1) + timedelta(minutes=10 * number + (period if name == "I0" else 0))
            rows.append(
                about
                | {"intyg_id": name, "period_nr": period, "kand_fran": known, "fran": start, "tom": last}
                | {"grad": draw(st.sampled_from([100, 100, 75, 50, 25, 40]))}
            )
            start = max(start, last) + timedelta(days=draw(st.integers(-3, 9)))
    return rows


@st.composite
def questions(draw):
    first = draw(st.integers(-40, 60).map(lambda step: date(2024, 1, 31) + timedelta(days=step)))
    ends = [first + timedelta(days=draw(st.integers(0, 40))), first]
    bounds = st.none() | st.sampled_from([((None, 14), (31, 60)), ((15, 30),), ((31, None),)])
    return National(
        vardgivare=draw(st.sampled_from([PROVIDERS, PROVIDERS[:1]])),
        perioder=tuple((first, end) for end in ends),
        enheter=draw(st.sampled_from([None, (1,), (2,), (1, 2)])),
        diagnoser=draw(st.sampled_from([None, None, (("kategori", "F43"),), (("kategori", "M54"),)])),
        aldrar=draw(bounds),
        langder=draw(bounds),
    )


@pytest.fixture(scope="module")
def store():
    connection = duckdb.connect()
    create_tables(connection)
    connection.execute("CREATE SCHEMA core")
    yield connection
    connection.close()


def derive(connection, rows, chosen=None):
    register = [
        {"enhet_id": unit, "giltig_fran": date(2020, 1, 1), "namn": unit, "vardgivare_id": PROVIDERS[0],
         "enhetstyp": "vardcentral", "region": "R"}
        for unit in UNITS[:2]
    ]  # fmt: skip
    fill(connection, "enheter", register)
    fill(connection, "intyg", rows)
    connection.execute("DELETE FROM ledger.leverans")
    connection.execute(
        """INSERT INTO ledger.leverans (leverans_nr, extrakt, status, period_fran, period_till)
        VALUES (1, 'intyg', 'inlast', DATE '2023-01-01', ?)""",
        [TODAY],
    )
    declared.declare(connection, chosen or Settings())
    warehouse.derive(connection, STEPS, progress=lambda _: None, onward=False)


def category(diagnosis):
    return {"F43.8A": "F43", "m54.5-P": "M54"}.get(diagnosis)


@examples(25)
@given(certificates(), st.lists(questions(), min_size=1, max_size=4), st.booleans())
def test_the_national_counting_equals_the_slow_implementation(store, rows, asked, unknown):
    derive(store, rows, Settings(count_unknown_units=unknown))
    count_national(store, asked)
    names = {0: "SE0000000001-9999", 1: UNITS[0], 2: UNITS[1]}
    world = replace(WORLD, count_unknown=unknown)
    for number, question in enumerate(asked):
        by_name = replace(question, enheter=question.enheter and tuple(names[unit] for unit in question.enheter))
        got = store.execute(
            """SELECT rad.period_nr, patient.vardgivare_id, patient.patient_id, rad.start_datum, rad.slut_datum,
                rad.langd_dagar, rad.antal_intyg, rad.alder, rad.kon, rad.enhet_nr, diagnos.kod, rad.grad
            FROM nationell.sjukfall AS rad JOIN core.patient AS patient USING (patient_nr)
            LEFT JOIN core.diagnoskod AS diagnos USING (diagnos_nr) WHERE rad.fraga_nr = ?""",
            [number],
        ).fetchall()
        got = [(row[0], row[1:3], *row[3:9], names[row[9]], *row[10:]) for row in got]
        expected = oracle.national(rows, world, by_name, category)
        assert sorted(got, key=str) == sorted(expected, key=str)


@st.composite
def moments(draw):
    return Now(
        vardgivare=PROVIDERS[0],
        enheter=draw(st.sampled_from([(1,), (2,), (1, 2)])),
        dag=draw(st.none() | day),
        glapp=draw(st.sampled_from([0, 1, 5, 5, 90])),
        dagar_efter=draw(st.sampled_from([0, 0, 3, 14])),
    )


@examples(25)
@given(certificates(), st.lists(moments(), min_size=1, max_size=4))
def test_the_view_of_a_day_equals_the_slow_implementation(store, rows, asked):
    rows = [row | {"tom": max(row["fran"], row["tom"])} for row in rows]
    derive(store, rows)
    just_now(store, asked)
    for number, question in enumerate(asked):
        by_name = replace(question, enheter=tuple(UNITS[unit - 1] for unit in question.enheter))
        assert seen(store, number) == oracle.now(rows, by_name)
        told = store.execute(
            """SELECT vardgivare_id, patient_id, start_datum, slut_datum, antal_intyg
            FROM nu.historik JOIN core.patient USING (patient_nr) WHERE fraga_nr = ? AND NOT ar_framtida
            ORDER BY patient_nr, fran_senaste""",
            [number],
        ).fetchall()
        expected = oracle.history(rows, by_name)
        assert told == [(*patient, *one) for patient in sorted(expected) for one in expected[patient]]


def seen(store, number):
    linked: dict[tuple, list] = {}
    for *patient, name in store.execute(
        """SELECT vardgivare_id, patient_id, intyg_id FROM nu.led
        JOIN (SELECT DISTINCT patient_nr, intyg_nr, intyg_id FROM core.intyg_gallande) USING (patient_nr, intyg_nr)
        JOIN core.patient USING (patient_nr) WHERE fraga_nr = ? ORDER BY steg""",
        [number],
    ).fetchall():
        linked.setdefault(tuple(patient), []).append(name)
    rows = store.execute(
        """SELECT vardgivare_id, patient_id, intyg_id, start_datum, slut_datum, langd_dagar
        FROM nu.sjukfall
        JOIN (SELECT DISTINCT patient_nr, intyg_nr, intyg_id FROM core.intyg_gallande) USING (patient_nr, intyg_nr)
        JOIN core.patient USING (patient_nr) WHERE fraga_nr = ?""",
        [number],
    ).fetchall()
    return {(row[0], row[1]): (row[2], linked[row[0], row[1]], *row[3:]) for row in rows}


def test_a_later_certificate_is_cut_off_after_a_nested_short_one(store):
    """The forward step compares with the block before it: the worked example of the rule."""
    dates = [("02-01", "02-10"), ("02-08", "03-31"), ("02-10", "02-14"), ("03-25", "04-10")]
    rows = [
        {
            "intyg_id": f"I{at}", "period_nr": 1, "handelse": "utfardat", "kand_fran": datetime(2024, 2, 1, at),
            "patient_id": "P1", "vardgivare_id": PROVIDERS[0], "enhet_id": UNITS[0], "typ": "FK7804",
            "signerad": datetime(2024, 2, 1, at), "fran": date.fromisoformat(f"2024-{first}"),
            "tom": date.fromisoformat(f"2024-{last}"), "grad": 100, "diagnos": None, "kon": "K", "alder": 40,
        }
        for at, (first, last) in enumerate(dates)
    ]  # fmt: skip
    derive(store, rows)
    just_now(store, [Now(vardgivare=PROVIDERS[0], enheter=(1,), dag=date(2024, 2, 5), glapp=5, dagar_efter=0)])
    assert store.execute("SELECT slut_datum, antal_intyg FROM nu.sjukfall").fetchall() == [(date(2024, 3, 31), 3)]


def test_faults_are_counted_by_unit_and_month(store):
    """Each kind once, and a certificate without fault in none."""
    plain = {
        "period_nr": 1, "handelse": "utfardat", "vardgivare_id": PROVIDERS[0], "enhet_id": UNITS[0], "typ": "FK7804",
        "kand_fran": datetime(2024, 3, 1), "fran": date(2024, 3, 1), "tom": date(2024, 3, 10), "grad": 50,
        "diagnos": "F438A", "kon": "K", "alder": 40,
    }  # fmt: skip
    odd = [
        {"patient_id": "P1"},
        {"patient_id": "P2", "tom": date(2025, 3, 2)},
        {"patient_id": "P3", "alder": 226, "enhet_id": UNITS[1]},
        {"patient_id": "P4", "diagnos": "P99"},
        {"patient_id": "P5"},
        {"patient_id": "P5", "fran": date(2024, 3, 10), "tom": date(2024, 4, 2)},
        {"patient_id": "P5", "fran": date(2024, 4, 1), "tom": date(2024, 4, 9), "grad": 75},
        {"patient_id": "P6"},
        {"patient_id": "P6", "vardgivare_id": PROVIDERS[1], "fran": date(2024, 3, 16), "tom": date(2024, 3, 17)},
        {"patient_id": "P7"},
        {"patient_id": "P7", "vardgivare_id": PROVIDERS[1], "fran": date(2024, 3, 17), "tom": date(2024, 3, 18)},
    ]
    derive(store, [plain | change | {"intyg_id": f"I{at}"} for at, change in enumerate(odd)])
    store.execute("CREATE SCHEMA IF NOT EXISTS mart")
    warehouse.run_step(store, "mart.datafel")
    found = store.execute(
        """SELECT enhet_nr, manad, fel, count(*), count(DISTINCT patient_nr) FROM mart.datafel
        GROUP BY enhet_nr, manad, fel ORDER BY enhet_nr, manad, fel"""
    )
    assert sorted(found.fetchall()) == [
        (1, "2024-03", "delat mellan vårdgivare", 2, 2),
        (1, "2024-03", "okänd diagnos", 1, 1),
        (1, "2024-03", "slutar mer än ett år fram", 1, 1),
        (1, "2024-03", "överlappar ett tidigare intyg", 1, 1),
        (1, "2024-04", "grad över 100 tillsammans", 1, 1),
        (1, "2024-04", "överlappar ett tidigare intyg", 1, 1),
        (2, "2024-03", "ålder över 100", 1, 1),
    ]
