"""The groups of the national reports against the plain-Python implementation, and their bounds against the code lists."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import warehouse
from pipelines.settings import Settings
from schemas.dimension import Band
from schemas.dimensions import BREAKDOWNS, DIAGNOS5
from schemas.measure import Count, Distribution
from schemas.measures import MEASURES
from tests.examples import examples
from tests.oracle import groups as oracle
from tests.oracle import sjukfall
from tests.pipelines.test_sql_against_oracle import (
    RULES,
    UNITS,
    certificates,
    day,
    fetch,
    fill,
    known,
    load_rows,
    store,  # noqa: F401  (a fixture)
)

CODES = files("schemas") / "codes"
NATIONAL = {"alder": "alder_nationell", "grad": "grad_nationell", "langd": "langd", "intyg": "intyg",
            "langd_dag": "langd_dag", "langd_ar": "langd_ar"}  # fmt: skip


def code_list(name):
    return list(csv.DictReader((CODES / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(("national", "column"), NATIONAL.items())
def test_bounds_are_the_national_ones(national, column):
    listed = [
        (int(row["fran"]), int(row["till"]) if row["till"] else None)
        for row in code_list("nationella_grupper")
        if row["indelning"] == national and row["etikett"] != "Under 16 år"  # patients are at least 18
    ]
    assert [(band.low, band.high) for band in BREAKDOWNS[column].categories] == listed


def test_finer_groups_lie_within_coarser_ones():
    for dimension in BREAKDOWNS.values():
        if dimension.coarser:
            wider = {one.id: one for one in BREAKDOWNS[dimension.coarser].categories}
            for part in dimension.categories:
                whole = wider[part.inside]
                if isinstance(part, Band) and isinstance(whole, Band):
                    assert whole.low <= part.low
                    assert whole.high is None or part.high <= whole.high
    inside = {one.id: one.inside for one in BREAKDOWNS["diagnosgrupp"].categories}
    assert inside == {row["diagnosgrupp"]: row["diagnos5"] for row in code_list("diagnos5")}
    assert set(inside.values()) == set(DIAGNOS5.ids)
    ranges = code_list("diagnosgrupper")
    for chapter in BREAKDOWNS["kapitel"].categories[:-1]:
        first, last = chapter.id.split("-")
        last = {"K93": "K93"}.get(last, last)
        found = {row["diagnosgrupp"] for row in ranges for code in (first, last) if row["fran"] <= code <= row["till"]}
        assert found == {chapter.inside}, chapter.id
    chapters = {row["kapitel"] for row in code_list("diagnosavsnitt")}
    assert chapters == set(BREAKDOWNS["kapitel"].ids) - {"okand"}


def test_every_category_of_diagnoses_is_in_one_section():
    """The sections of a chapter are together the chapter: none overlaps another, and none leaves a category out."""
    sections = code_list("diagnosavsnitt")
    for run in code_list("diagnoskategorier"):
        for number in range(int(run["fran"][1:]), int(run["till"][1:]) + 1):
            category = f"{run['fran'][0]}{number:02d}"
            assert sum(row["fran"] <= category <= row["till"] for row in sections) == 1, category
    labels = [one.label for one in BREAKDOWNS["avsnitt"].categories]
    assert len(set(labels)) == len(labels) == len(sections) + 1
    assert BREAKDOWNS["avsnitt"].label_of("F40-F48").startswith("F40–F48 ")
    assert BREAKDOWNS["avsnitt"].label_of("F99-F99").startswith("F99 ")


def test_every_breakdown_of_a_measure_is_published_somewhere():
    for measure in MEASURES.values():
        for name in measure.breakdowns if isinstance(measure, Count | Distribution) else ():
            assert any(BREAKDOWNS[name].kinds(niva) for niva in ("enhet", "omrade", "region")), (measure.id, name)


messages = st.lists(
    st.fixed_dictionaries(
        {
            "intyg_id": st.sampled_from(["I0", "I1", "I2", "I3", "finns-inte"]),
            "datum": day,
            "amne": st.sampled_from(["KOMPLT", "KOMPLT", "AVSTMN", "PAMINN"]),
            "enhet_id": st.sampled_from(UNITS),
            "fraga": st.sampled_from(["1", "32", "99", None]),
        }
    ),
    max_size=8,
)


def grouped(column, at):
    return BREAKDOWNS[column].ids[at]


def latest(rows):
    """Every certificate by its first period as last known, revoked ones gone: the row that speaks for it."""
    revoked = {row["intyg_id"] for row in rows if row["handelse"] == "makulerat"}
    found = {}
    for row in sorted(rows, key=lambda row: (row["period_nr"] != 1, row["period_nr"])):
        if row["intyg_id"] not in revoked:
            found.setdefault(row["intyg_id"], []).append(row)
    return {
        name: max((row for row in own if row["period_nr"] == own[0]["period_nr"]), key=lambda row: row["kand_fran"])
        for name, own in found.items()
    }


@examples(30)
@given(certificates(), messages)
def test_sql_groups_as_the_slow_implementation(store, certificate_rows, message_rows):  # noqa: F811
    load_rows(store, certificate_rows, [], [])
    fill(store, "meddelanden", [row | {"meddelande_id": f"M{at}"} for at, row in enumerate(message_rows)])
    warehouse.build(store, Settings(), progress=lambda _: None)
    chains = sjukfall.sjukfall(certificate_rows, RULES)

    expected = [
        (month, known(unit), sex, chapter, section, grouped("alder_nationell", age), degree, grouped("langd", length),
         grouped("intyg", number), "91-" if length > 3 else "0-90")
        for month, unit, sex, chapter, section, age, degree, length, number in oracle.under(chains, RULES)
    ]  # fmt: skip
    columns = "manad, enhet_id, kon, kapitel, avsnitt, alder_nationell, grad_nationell, langd, intyg, lang"
    # cases that ended earlier are there for the longer periods
    this_month = "(SELECT * FROM mart.under WHERE sista_dag >= CAST(manad || '-01' AS DATE))"
    assert fetch(store, columns, this_month) == sorted(expected, key=str)

    expected = [
        (month, known(unit), sex, degree, grouped("langd_dag", so_far))
        for month, unit, sex, degree, so_far in oracle.open_on(chains, RULES, 25)
    ]
    assert fetch(store, "manad, enhet_id, kon, grad_nationell, langd_dag", "mart.pagaende_dag") == sorted(
        expected, key=str
    )
    for number in (91, 181):
        expected = [(month, known(unit), *rest) for month, unit, *rest in oracle.reached(chains, RULES, number)]
        table = f"(SELECT * FROM mart.dag_nadd WHERE dag = {number})"
        assert fetch(store, "manad, enhet_id, kon, kapitel", table) == sorted(expected, key=str)

    certificates_by_name = latest(certificate_rows)
    expected = [
        (month, known(unit), *rest)
        for month, unit, *rest in oracle.completed(certificates_by_name, message_rows, RULES)
    ]
    assert fetch(store, "manad, enhet_id, kon, intygstyp, kompletterat", "mart.intyg") == sorted(expected, key=str)
    expected = [
        (month, known(unit), *rest) for month, unit, *rest in oracle.topics(certificates_by_name, message_rows, RULES)
    ]
    assert fetch(store, "manad, enhet_id, kon, amne, fraga", "mart.meddelanden") == sorted(expected, key=str)
    kinds = ("överlappar ett tidigare intyg", "grad över 100 tillsammans")
    found = [row for row in fetch(store, "enhet_id, manad, fel", "mart.datafel") if row[2] in kinds]
    assert found == sorted(((known(unit), *rest) for unit, *rest in oracle.faults(chains)), key=str)
