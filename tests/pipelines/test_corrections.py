"""Whatever order certificates, corrections and revocations arrive in, the sjukfall are those of the final state, and
what is derived onward from new deliveries is what deriving everything gives."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import declared, warehouse
from pipelines.deliveries import load
from pipelines.settings import Settings
from tests.examples import examples
from tests.pipelines.test_national_rules import STEPS, UNITS
from tests.rows import enhet, intyg, write_delivery

TABLES = ("core.intyg_gallande", "core.intyg_provad", "core.sjukfall_period", "core.sjukfall", "core.intyg_utbytt")
ENDS = ("2024-06-30", "2024-12-31")


@st.composite
def events(draw):
    """Everything that is ever known about a few certificates, each event at its own time."""
    rows = []
    for number in range(draw(st.integers(2, 12))):
        first = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 60)))
        last = draw(st.one_of(st.integers(0, 20).map(lambda n, first=first: first + timedelta(days=n)), far))
        rows.append(
            intyg(
                intyg_id=draw(st.sampled_from(["A", "B", "C", "D", f"E{number}"])),
                period_nr=draw(st.sampled_from([1, 1, 2])),
                handelse=draw(st.sampled_from(["utfardat"] * 5 + ["ersatt", "makulerat"])),
                kand_fran=(datetime(2024, 1, 1) + timedelta(hours=number)).isoformat(),
                patient_id=draw(st.sampled_from(["P1", "P1", "P2"])),
                enhet_id=draw(st.sampled_from(UNITS)),
                diagnos=draw(st.sampled_from(["F438A", "M545", "X"])),
                fran=f"{first}",
                tom=f"{last}",
                grad=draw(st.sampled_from([100, 50])),
                ersatter_intyg_id=draw(st.sampled_from(["", "", "A", "B"])),
            )
        )
    return rows


far = st.sampled_from([date(2029, 9, 1), date(2046, 1, 1)])  # too far ahead of the first end of data, or of both


@st.composite
def arrivals(draw):
    """(the events, the same events in deliveries of any order, some of them twice)."""
    rows = draw(events())
    order = draw(st.permutations(rows)) + draw(st.lists(st.sampled_from(rows), max_size=3))
    cuts = sorted(draw(st.lists(st.integers(1, len(order) - 1), max_size=3, unique=True)))
    parts = [order[low:high] for low, high in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    return rows, [list({row["kand_fran"]: row for row in part}.values()) for part in parts]


def deliver(folder, number, rows, end, typ="tillagg"):
    register = [enhet(enhet_id=unit) for unit in UNITS[:2]]
    said = {"typ": typ, "period_fran": "2023-01-01", "period_till": end}
    extracts = {"intyg": rows} | ({"enheter": register} if number == 0 else {})
    return write_delivery(folder / f"d{number}", extracts, **said)


def take(folder, chosen, number, rows, end):
    load([deliver(folder, number, rows, end)], chosen, progress=lambda what, done, total: None)


def derived(chosen, *, onward):
    with warehouse.open_warehouse(chosen) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS core")
        declared.declare(connection, chosen)
        warehouse.derive(connection, STEPS, progress=lambda _: None, onward=onward)
        tables = {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=str) for table in TABLES}
        described = connection.execute(
            """SELECT vardgivare_id, patient_id, sjukfall.* EXCLUDE (patient_nr), kod
            FROM core.sjukfall AS sjukfall JOIN core.patient USING (patient_nr)
            JOIN core.sjukfall_period AS rad USING (patient_nr, sjukfall_nr) LEFT JOIN core.diagnoskod USING (diagnos_nr)"""
        ).fetchall()
    return tables, sorted(described, key=str)


@pytest.mark.slow  # every example loads and derives several deliveries twice
@examples(8)
@given(arrivals())
def test_any_order_of_arrival_gives_the_sjukfall_of_the_final_state(arrived):
    rows, parts = arrived
    with tempfile.TemporaryDirectory() as folder:
        whole, pieces = Settings(data=Path(folder) / "whole"), Settings(data=Path(folder) / "pieces")
        take(whole.data, whole, 0, rows, ENDS[1])
        for number, part in enumerate(parts):
            take(pieces.data, pieces, number, part, ENDS[min(number, 1)] if len(parts) > 1 else ENDS[1])
            onward, described = derived(pieces, onward=True)
            again, _ = derived(pieces, onward=False)
            assert onward == again
            derived(pieces, onward=True)
        assert described == derived(whole, onward=False)[1]


def test_a_certificate_that_moves_to_another_patient_moves_once(tmp_path):
    """Deriving the first patient anew must not bring back what a correction has moved to the second."""
    chosen = Settings(data=tmp_path)
    moved = intyg(intyg_id="A", patient_id="P2", kand_fran="2024-03-02T10:00:00")
    parts = [[intyg(intyg_id="A", patient_id="P1")], [moved], [intyg(intyg_id="B", patient_id="P1", fran="2024-02-01")]]
    for number, part in enumerate(parts):
        take(tmp_path, chosen, number, part, ENDS[1])
        _, described = derived(chosen, onward=True)
    assert [(row[1], row[3]) for row in described] == [("P1", date(2024, 2, 1)), ("P2", date(2024, 3, 1))]


@pytest.mark.parametrize("first", ["certificate", "revocation"])
def test_a_revoked_certificate_is_gone_whichever_came_first(tmp_path, first):
    chosen = Settings(data=tmp_path)
    kept = intyg(intyg_id="A", fran="2024-03-01", tom="2024-03-10")
    rows = [kept, intyg(intyg_id="B", fran="2024-03-11", tom="2024-03-20")]
    revoked = [intyg(intyg_id="B", handelse="makulerat", kand_fran="2024-04-01T10:00:00", patient_id="ANOTHER")]
    for number, part in enumerate([rows, revoked] if first == "certificate" else [revoked, rows]):
        take(tmp_path, chosen, number, part, ENDS[1])
        _, described = derived(chosen, onward=True)
    assert [row[3:6] for row in described] == [(date(2024, 3, 1), date(2024, 3, 10), 10)]


def test_a_withdrawn_certificate_is_gone_when_derived_onward(tmp_path):
    """A full delivery that no longer holds a row has no row of its own that says so."""
    chosen = Settings(data=tmp_path)
    stays = intyg(intyg_id="A", patient_id="P1")
    goes = [
        intyg(intyg_id="B", patient_id="P1", fran="2024-03-31", tom="2024-04-10"),
        intyg(intyg_id="C", patient_id="P2"),
    ]
    for number, part in enumerate([[stays, *goes], [stays]]):
        load([deliver(tmp_path, number, part, ENDS[1], typ="fullstandig")], chosen, progress=lambda *_: None)
        onward, described = derived(chosen, onward=True)
    assert [(row[1], row[4]) for row in described] == [("P1", date.fromisoformat(stays["tom"]))]
    assert onward == derived(chosen, onward=False)[0]
