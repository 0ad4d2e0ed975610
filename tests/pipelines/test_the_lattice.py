"""The lattice: declared once, of known size, and exactly what a release holds."""

import shutil
from itertools import chain, product

import duckdb
import pytest
from typer.testing import CliRunner

import sjukvy
from pipelines.compute.cells import extent_of, invented, measures_of, periods_in, shapes
from pipelines.compute.lattice_check import check_lattice
from pipelines.errors import MeasureError
from pipelines.publish import publish
from pipelines.releases import DATABASE, current
from schemas.dimensions import BREAKDOWNS
from schemas.lattice import NO_FIGURES, TABLES, lattice
from schemas.measure import Count, Selection, Time
from schemas.measures import MEASURES, with_parts
from schemas.tables import PUBLISHED

ANYWHERE = {"matt_id", "enhet_id", "periodtyp", "period"}
NAMED_BY_ANOTHER = {"likhet": {"lik_enhet_id"}, "kvalitet": {"regel"}}  # what an axis stands for


@pytest.fixture(scope="module")
def release(region, tmp_path_factory):
    """The published database; a copy, because others in this process may hold it open with other settings."""
    own = tmp_path_factory.mktemp("gitter") / DATABASE
    shutil.copy(region.published / current(region.published) / DATABASE, own)
    with duckdb.connect(str(own), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def tables(release):
    return {name: release.table(name).select(*PUBLISHED[name].columns).df() for name in PUBLISHED}


def check(tables):
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            connection.register(name, rows)
        check_lattice(connection)


def test_every_published_table_is_in_the_lattice_or_tells_nothing_of_patients():
    assert set(PUBLISHED) == set(TABLES) | NO_FIGURES
    assert not set(TABLES) & NO_FIGURES
    pieces = lattice(MEASURES)
    assert {one.table for one in pieces} == set(TABLES)
    for one in pieces:
        columns = {name for axis in one.axes for name in axis.columns}
        key = set(PUBLISHED[one.table].unique) - ANYWHERE - NAMED_BY_ANOTHER.get(one.table, set())
        assert columns - {"ordning"} == key, one


def test_no_cell_is_declared_twice_and_every_measure_has_some():
    pieces = lattice(MEASURES)
    for table in TABLES:
        cells = shapes([one for one in pieces if one.table == table]).drop(columns=["nr", "kvartalsvis", "vardcentral"])
        assert not cells.duplicated().any(), table
    told = {name for name, measure in with_parts(MEASURES).items() if not isinstance(measure, Selection)}
    assert {one.measure for one in pieces} == told | {""}


def test_breakdowns_are_never_crossed_and_never_by_month():
    for one in lattice(MEASURES):
        assert len(one.values("indelning")) <= 1
        if one.indelning in BREAKDOWNS:
            assert one.periodtyp != "manad" or one.quarterly, one
            assert one.values("grupp") == set(BREAKDOWNS[one.indelning].ids)
            assert one.quarterly or one.periodtyp in BREAKDOWNS[one.indelning].kinds(one.niva), one


def test_the_size_of_one_measure_counted_by_hand():
    """Startade sjukfall, two vårdcentraler in one område, two years: 24 months, 8 quarters, 5 times twelve months."""
    extent = invented(2, 1, 24)
    own = [one for one in extent.pieces if (one.measure, one.table) == ("startade", "varde")]
    found = {(one.niva, one.indelning, one.periodtyp): extent.size_of(one) for one in own}
    by_hand = {}
    for niva, places in (("enhet", 2), ("omrade", 1), ("region", 1)):
        by_hand[niva, "ingen", "manad"] = places * 24  # alla only
        by_hand[niva, "ingen", "kvartal"] = places * 8 * 4  # kvinnor, män, uppgift saknas, alla
        by_hand[niva, "ingen", "r12"] = places * 5 * 4
        sexes = 2 if niva == "enhet" else 4  # groups of an enhet: kvinnor and män alone
        by_hand[niva, "diagnos5", "r12"] = places * 5 * sexes * 6
        by_hand[niva, "aldersgrupp", "r12"] = places * 5 * sexes * 5
    assert found == by_hand


def test_periods_are_whole_and_end_with_a_quarter():
    months = [f"{year}-{month:02d}" for year, month in product((2024, 2025), range(1, 13))][1:-1]  # Feb to Nov
    found = periods_in(months)
    assert found["manad"] == months
    assert found["kvartal"] == ["2024-06", "2024-09", "2024-12", "2025-03", "2025-06", "2025-09"]
    assert found["r12"] == ["2025-03", "2025-06", "2025-09"]
    assert periods_in(["2024-02"]) == {"": [""], "manad": ["2024-02"], "kvartal": [], "r12": []}


def test_a_release_is_the_lattice(release, tables):
    """Row by row and without the code of the check: each row's place, period and values are declared."""
    check_lattice(release)
    cells, axes = {}, {}
    for one in extent_of(release).pieces:
        names = axes[one.table] = [name for axis in one.axes for name in axis.columns]
        for values in product(*(axis.values for axis in one.axes)):
            said = frozenset(zip(names, chain.from_iterable(values), strict=True))
            cells.setdefault((one.table, one.measure, one.niva, said), set()).add((one.periodtyp, one.quarterly))
    level = dict(zip(tables["enhet"]["enhet_id"], tables["enhet"]["niva"], strict=True)) | {None: ""}
    periods = periods_in(tables["manad"]["manad"])
    for name in TABLES:
        for row in tables[name].sample(min(len(tables[name]), 2000), random_state=7).to_dict("records"):
            said = frozenset((column, row[column]) for column in axes[name])
            assert any(
                row.get("period", "") in periods[kind]
                and row.get("periodtyp", kind) == kind
                and (not quarterly or row["period"][-2:] in ("03", "06", "09", "12"))
                for kind, quarterly in cells[name, row.get("matt_id", ""), level[row.get("enhet_id")], said]
            ), (name, row)


def test_what_happens_in_a_month_is_told_for_all_alone(tables):
    values = tables["varde"]
    flows = [
        name for name, one in with_parts(MEASURES).items() if isinstance(one, Count) and one.time is not Time.STOCK
    ]
    months = values[values["matt_id"].isin(flows) & (values["periodtyp"] == "manad")]
    assert set(months["kon"]) == {"alla"}
    assert set(months["indelning"]) == {"ingen"}
    long = values[values["periodtyp"] != "manad"]
    assert set(long["period"].str[-2:]) == {"03", "06", "09", "12"}


def alone(tables, name, rows):
    """A release with other rows in one table, and no figures in the others."""
    return tables | {table: tables[table].iloc[:0] for table in TABLES} | {name: rows}


def changed(rows, column, value, chosen):
    """`rows` with another value in the first that are `chosen`."""
    at = rows.index[chosen(rows)][0]
    return rows.assign(**{column: rows[column].astype(object).where(rows.index != at, value)})


OUTSIDE = [
    ("varde", "period", "2020-01", lambda rows: rows["matt_id"].eq("pagaende"), "pagaende"),
    ("varde", "periodtyp", "kvartal", lambda rows: rows["matt_id"].eq("pagaende"), "pagaende"),
    ("varde", "kon", "K", lambda rows: rows["matt_id"].eq("startade") & rows["periodtyp"].eq("manad"), "startade"),
    ("varde", "indelning", "avsnitt", lambda rows: rows["matt_id"].eq("startade"), "startade"),
    ("varde", "enhet_id", "hittepa", lambda rows: rows["matt_id"].eq("startade"), "startade"),
    ("varde", "matt_id", "hittepa", lambda rows: rows["matt_id"].eq("startade"), "hittepa"),
    ("skillnad", "dag", 31, lambda rows: rows["matt_id"].eq("atergang"), "atergang"),
    ("kurva", "dag", 13, lambda rows: rows["matt_id"].eq("atergang"), "atergang"),
    ("kurvtal", "dag", 13, lambda rows: rows["storhet"].eq("medeldagar"), "atergang"),
    ("gradskillnad", "dag", 31, lambda rows: rows["matt_id"].eq("grader"), "grader"),
    ("landmark", "fran_dag", 45, lambda rows: rows["matt_id"].eq("landmark"), "landmark"),
    ("landmarkskillnad", "dag", 45, lambda rows: rows["matt_id"].eq("landmark"), "landmark"),
    ("signal", "period", "2026-05", lambda rows: rows["matt_id"].eq("pagaende"), "pagaende"),
    ("uppdelning", "del", "lon", lambda rows: rows["matt_id"].eq("startade"), "startade"),
    ("datafel", "periodtyp", "kvartal", lambda rows: rows["periodtyp"].eq("r12"), "utan mått"),
    ("kvalitet", "extrakt", "loner", lambda rows: rows["slag"].eq("rader"), "utan mått"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "value", "chosen", "measure"), OUTSIDE)
def test_a_row_outside_the_lattice_stops_the_release(tables, table, column, value, chosen, measure):
    with pytest.raises(MeasureError) as stopped:
        check(alone(tables, table, changed(tables[table], column, value, chosen)))
    assert f"{table}, {measure}: 1 rader utanför gittret" in stopped.value.faults
    assert all(fault.startswith(f"{table}, ") for fault in stopped.value.faults)


def test_a_row_or_a_period_that_is_missing_stops_the_release(tables):
    values = tables["varde"]
    stock = values["matt_id"].eq("pagaende") & values["indelning"].eq("ingen") & values["enhet_id"].str.startswith("SE")
    middle = sorted(values.loc[stock, "period"].unique())[10]
    units = int(tables["enhet"]["niva"].eq("enhet").sum())
    for gone, told in (
        (values.index == values.index[stock][0], ": 1 rader saknas"),
        (values["matt_id"].eq("pagaende") & values["period"].eq(middle), f": {3 * units} rader saknas"),
    ):
        with pytest.raises(MeasureError) as stopped:
            check(alone(tables, "varde", values[~gone]))
        assert [fault for fault in stopped.value.faults if "(ingen, enhet, manad)" in fault and fault.endswith(told)]


def test_nothing_is_written_when_the_lattice_is_broken(tables, region):
    before, listing = current(region.published), sorted(path.name for path in region.published.iterdir())
    facts = tables["fakta"][~tables["fakta"]["namn"].isin(["release_id", "skapad"])]
    with pytest.raises(MeasureError) as stopped:
        publish(
            alone(tables, "datafel", tables["datafel"].iloc[1:]) | {"fakta": facts},
            region.published, inputs="x", gate=check_lattice,
        )  # fmt: skip
    assert stopped.value.exit_code == 13
    assert current(region.published) == before
    assert sorted(path.name for path in region.published.iterdir()) == listing


def test_the_command_prints_every_measure_and_the_whole(region, release, tables, tmp_path, monkeypatch):
    shutil.copytree(region.published, tmp_path / "published")
    monkeypatch.setenv("SJUKVY_DATA", str(tmp_path))
    extent = extent_of(release)
    shown = CliRunner().invoke(sjukvy.app, ["lattice"])
    assert shown.exit_code == 0
    text = shown.output.replace("\u00a0", "")
    assert str(extent.sizes()["celler"].sum()) in text
    for name in measures_of(release):
        assert f"({name})" in text or f"({name}." in text, name
    assert f"enhet {tables['enhet']['niva'].eq('enhet').sum()}, " in text
    larger = extent_of(release, units=200, months=12)
    text = (
        CliRunner().invoke(sjukvy.app, ["lattice", "--enheter", "200", "--manader", "12"]).output.replace("\u00a0", "")
    )
    assert str(larger.sizes()["celler"].sum()) in text
    assert "enhet 200, " in text
    monkeypatch.setenv("SJUKVY_DATA", str(region.data / "tom"))
    assert "Ingen utgåva är publicerad" in CliRunner().invoke(sjukvy.app, ["lattice"]).output
