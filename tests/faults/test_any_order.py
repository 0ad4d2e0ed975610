"""Whatever order deliveries come in, and however often, the warehouse and the release are the same: duplicates, overlaps, late
parts, corrections, revocations, withdrawals and contradictions."""

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import declared, warehouse
from pipelines.compute.facts import months
from pipelines.compute.quality import quality_cells
from pipelines.deliveries import load
from pipelines.deliveries.requeue import requeue
from pipelines.release import build_release
from pipelines.releases import current, read_manifest
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from tests.rows import UNIT, enhet, intyg, koordinering, listade, write_delivery

STEPS = tuple(step for step in warehouse.STEPS if step.startswith("core."))
PERIOD = {"period_fran": "2024-01-01", "period_till": "2024-06-30"}
OTHER = "SE0000000001-1002"
OTHERWISE = (
    {},
    {},
    {},
    {"grad": 75},
    {"grad": 25},
    {"grad": "x"},
)  # the same row told otherwise: a contradiction, or a fault


def taken(data, deliveries):
    """A region that has got the deliveries, in that order."""
    chosen = Settings(data=data)
    for folder in deliveries:
        load([folder], chosen, progress=lambda *said: None, approved_by="Prov")
    return chosen


def final(chosen, *, history=True):
    """What stands: every row of the extracts, every derived table, what Datakvalitet says and the state of the months."""
    with warehouse.open_warehouse(chosen) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS core")
        declared.declare(connection, chosen)
        warehouse.derive(connection, STEPS, progress=lambda _: None, onward=False)
        passing = "EXCLUDE (leverans_nr, rad_nr, indragen_av, sagd)"
        standing = [f"SELECT * {passing} FROM raw.{name} WHERE indragen_av IS NULL" for name in EXTRACTS if history]
        found = {
            query: sorted(connection.execute(query).fetchall(), key=str)
            for query in (*standing, *(f"SELECT * FROM {step}" for step in STEPS if step != "core.period"))
        }
        if history:
            found["kvalitet"] = quality_cells(connection).astype(object).values.tolist()
        return found | {"manader": months(connection).astype(str).values.tolist()}


@st.composite
def worlds(draw):
    """What a sender says on some days, as deliveries: (made, kind, extracts). A certificate has versions, the last of which
    may revoke it; a full delivery holds each as it is then, and may lack any; a supplement holds any version so far. Some
    rows are told otherwise than before, or so that nobody can read them."""
    versions = []
    for name in "ABCDE":
        days = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
        ends = draw(st.sampled_from(["utfardat", "utfardat", "makulerat"]))
        for day in days:
            last = date(2024, 3, 5) + timedelta(days=draw(st.integers(0, 40)))
            kind = ends if day == days[-1] and len(days) > 1 else "utfardat"
            row = intyg(
                intyg_id=name, kand_fran=f"2024-04-0{day}T10:00:00", handelse=kind, fran="2024-03-01", tom=f"{last}",
                patient_id=f"P{name if draw(st.booleans()) else 'A'}", grad=draw(st.sampled_from([50, 100])),
            )  # fmt: skip
            versions.append((name, day, row))
    told = []
    for day in sorted(draw(st.sets(st.integers(1, 9), min_size=2, max_size=4))):
        whole = draw(st.booleans())
        known = [one for one in versions if one[1] <= day]
        latest = {name: (name, at, row) for name, at, row in known}
        offered = list(latest.values()) if whole else known
        chosen = [row | draw(st.sampled_from(OTHERWISE)) for _, _, row in offered if draw(st.booleans())]
        counts = [
            listade(kon=sex, antal=draw(st.integers(100, 102))) for sex in ("K", "M") if draw(st.booleans())
        ]  # fmt: skip
        extracts = {name: rows for name, rows in (("intyg", chosen), ("listade", counts)) if rows}
        if extracts:
            told.append((f"2024-04-{day:02}T12:00:00", "fullstandig" if whole else "tillagg", extracts))
    return (
        told,
        draw(st.permutations(range(len(told)))),
        draw(st.lists(st.sampled_from(range(len(told) or 1)), max_size=2)),
    )


def judge(world):
    told, order, again = world
    if not told:
        return
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        folders = [
            write_delivery(folder / f"d{at}", {"enheter": [enhet()], **extracts}, typ=kind, skapad=made, **PERIOD)
            for at, (made, kind, extracts) in enumerate(told)
        ]
        in_order = taken(folder / "in-order", folders)
        mixed = taken(folder / "mixed", [folders[at] for at in (*order, *(one for one in again if one < len(told)))])
        assert final(mixed) == final(in_order)


@settings(max_examples=4)
@given(worlds())
def test_what_stands_is_what_was_said_last(world):
    judge(world)


@pytest.mark.slow
@settings(max_examples=150)
@given(worlds())
def test_what_stands_is_what_was_said_last_in_many_worlds(world):
    judge(world)


def certificates(first, last, **changes):
    return [
        intyg(
            intyg_id=f"A-{at}", patient_id=f"P{at}", kon="KM"[at % 2], fran=f"2024-0{1 + at % 6}-01",
            tom=f"2024-0{1 + at % 6}-{10 + at % 15}", enhet_id=(UNIT, OTHER)[at % 2], kand_fran="2024-01-01T10:00:00",
        ) | changes
        for at in range(first, last)
    ]  # fmt: skip


def counts(women):
    return [listade(kon=sex, manad=f"2024-0{month}", antal=women) for sex in "KM" for month in range(1, 7)]


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory):
    """Every kind of thing that happens to a region's deliveries, each in one of them, in the order in which they were made."""
    folder = tmp_path_factory.mktemp("arrived")
    units = [enhet(), enhet(enhet_id=OTHER, namn="Vårdcentralen Andra")]
    whole = certificates(0, 90)
    corrected = whole[1] | {"tom": "2024-04-20", "kand_fran": "2024-06-02T10:00:00"}
    revoked = whole[2] | {"handelse": "makulerat", "kand_fran": "2024-06-02T11:00:00"}
    contradicted = whole[3] | {"grad": 50}
    late = intyg(intyg_id="SEN", patient_id="P3", fran="2024-01-20", tom="2024-02-20", kand_fran="2024-06-03T10:00:00")
    before_it_is_known = intyg(intyg_id="NY", patient_id="P4", handelse="makulerat", kand_fran="2024-06-20T10:00:00")
    withdrawn = intyg(intyg_id="BORTA", patient_id="P5", enhet_id=OTHER)
    later = {"listade": counts(310), "intyg": [whole[70], before_it_is_known]}
    registered = koordinering(patient_id="P3", datum="2024-04-10", kand_fran="2024-06-19T10:00:00")
    made = [
        ("2024-05-01", "tillagg", {"intyg": [withdrawn, *whole[:40]]}),
        ("2024-06-01", "fullstandig", {"enheter": units, "listade": counts(300), "intyg": whole}),
        ("2024-06-05", "tillagg", {"listade": counts(310), "intyg": [corrected, revoked, contradicted, late]}),
        ("2024-06-10", "fullstandig", {"listade": counts(305), "intyg": [corrected, revoked, late, *whole[3:70], *whole[71:]]}),
        ("2024-06-20", "tillagg", later | {"koordinering": [registered]}),
        ("2024-06-21", "tillagg", {"intyg": [intyg(intyg_id="NY", patient_id="P4"), intyg(intyg_id="fel", grad="x"), late]}),
    ]  # fmt: skip
    return [
        write_delivery(folder / f"d{at}", extracts, typ=kind, skapad=day, **PERIOD)
        for at, (day, kind, extracts) in enumerate(made)
    ]


ORDERS = [(5, 4, 3, 2, 1, 0), (3, 0, 5, 1, 4, 2, 0, 3)]
MORE = [(2, 5, 1, 0, 4, 3), (1, 0, 3, 2, 5, 4), (4, 1, 2, 0, 5, 3, 1), (0, 3, 1, 4, 2, 5), (5, 0, 2, 4, 3, 1)]


@pytest.fixture(scope="module")
def in_order(deliveries, tmp_path_factory):
    return final(taken(tmp_path_factory.mktemp("in-order"), deliveries))


@pytest.mark.parametrize("order", [*ORDERS, *(pytest.param(order, marks=pytest.mark.slow) for order in MORE)])
def test_the_same_warehouse_row_for_row(tmp_path, deliveries, in_order, order):
    found = final(taken(tmp_path, [deliveries[at] for at in order]))
    assert found == in_order


def test_what_that_warehouse_is(in_order):
    """So that the same is not the same nothing."""
    found = {row[2]: row for row in in_order["SELECT * FROM core.intyg_gallande"]}
    assert {"SEN", "A-70", "A-3"} <= found.keys()
    assert found.keys().isdisjoint({"BORTA", "A-2", "NY", "fel"})
    assert date(2024, 4, 20) in found["A-1"]
    assert {state for _, state, _ in in_order["manader"]} == {"komplett", "preliminar", "reviderad"}
    assert in_order["manader"][0] == ["2024-01", "reviderad", "2024-06-03"]
    assert in_order["manader"][3] == ["2024-04", "reviderad", "2024-06-19"]  # when the coordination was registered


def test_a_contradiction_that_is_tried_again_is_still_one(tmp_path):
    folders = [
        write_delivery(
            tmp_path / f"d{grad}",
            {"enheter": [enhet()], "intyg": [intyg(grad=grad)]},
            typ="tillagg",
            skapad=day,
            **PERIOD,
        )
        for grad, day in ((100, "2024-04-01"), (50, "2024-04-02"))
    ]
    (tried,) = requeue(taken(tmp_path / "data", folders))
    assert (tried.provade, tried.inlasta, tried.dubbletter, tried.kvar) == (1, 0, 0, 1)


def published(data, deliveries):
    chosen = taken(data, deliveries)
    build_release(chosen, progress=lambda what: None)
    content = read_manifest(chosen.published / str(current(chosen.published)))["content"]
    shutil.rmtree(data)
    return content


@pytest.fixture(scope="module")
def release(deliveries, tmp_path_factory):
    return published(tmp_path_factory.mktemp("released"), deliveries)


@pytest.mark.parametrize("order", [ORDERS[1], *(pytest.param(order, marks=pytest.mark.slow) for order in MORE)])
def test_the_same_release_hash_for_hash(tmp_path, deliveries, release, order):
    assert published(tmp_path / "data", [deliveries[at] for at in order]) == release
