"""The calibration report: what is measured is what was drawn, against published figures with their source."""

import csv

import numpy as np
import pandas as pd
import pytest

from pipelines.synthetic import generate, targets
from pipelines.synthetic.judge import Row
from pipelines.synthetic.lengths import table
from pipelines.synthetic.measure import measure
from pipelines.synthetic.report import compare
from tests.rows import enhet, intyg, listade, write_delivery


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """A region large enough for every target to be judged."""
    out = generate(
        tmp_path_factory.mktemp("big") / "region", patients=600_000, enheter=75, first="2023-11", last="2026-10",
        seed=8, form="parquet", progress=lambda done, total: None,
    )  # fmt: skip
    return compare(measure([out]))


def test_every_part_is_compared_and_meets_its_target(rows):
    assert [(row.vad, row.target, row.measured) for row in rows if not row.within] == []
    counts = pd.Series([row.del_ for row in rows]).value_counts()
    assert counts["inflöde per diagnos"] == 2 * 26
    assert counts["kvinnors andel"] == 26
    assert counts["kvar efter"] == 4 * 26
    assert counts["bestånd"] == 1 + 9
    assert counts["säsong"] == 24
    assert {"inflöde", "trend", "enheter", "grad"} <= set(counts.index)
    assert all(row.source for row in rows)


def test_no_part_is_off_as_a_whole(rows):
    """Each row may be off by chance; a part whose rows lean one way was drawn wrongly."""
    for part in ("inflöde per diagnos", "kvinnors andel", "kvar efter"):
        off = [(row.measured - row.target) / row.error for row in rows if row.del_ == part]
        assert abs(np.mean(off)) < 1


def test_a_verdict_names_its_reason():
    row = Row(del_="bestånd", vad="x", target=50.0, measured=54.9, error=0.1, source="y")
    assert row.within
    far = Row(del_="bestånd", vad="x", target=50.0, measured=55.1, error=0.1, source="y")
    assert not far.within
    assert far.verdict.startswith("avviker: ")
    assert far.texts[3] == "+10,2 %"
    assert Row(del_="bestånd", vad="x", target=50.0, measured=70.0, error=7.0, source="y").within


def test_the_measure_follows_the_rules_of_sjukfall(tmp_path):
    def period(number, first, last, **more):
        return intyg(intyg_id=f"A-{number}", fran=first, tom=last, **more)

    folder = write_delivery(
        tmp_path / "d",
        {
            "enheter": [enhet()],
            "listade": [listade(manad=f"2024-{n:02d}", antal=500) for n in range(1, 13)],
            "intyg": [
                period(1, "2024-03-01", "2024-03-10"),
                period(2, "2024-03-16", "2024-03-31"),  # five free days: the same sjukfall
                period(3, "2024-04-07", "2024-04-20"),  # six free days: another
                period(4, "2024-06-01", "2024-06-30"),
                period(4, "2024-06-01", "2024-06-30", handelse="makulerat", kand_fran="2024-06-02T10:00:00"),
                period(5, "2024-07-01", "2034-07-30"),
                period(6, "2024-08-01", "2024-08-14", typ="AG7804"),
                period(7, "2024-09-30", "2024-09-01"),
            ],
        },
    )
    cases = measure([folder]).cases
    assert cases["start"].astype(str).tolist() == ["2024-03-01", "2024-04-07"]
    assert cases["end"].astype(str).tolist() == ["2024-03-31", "2024-04-20"]
    assert cases["kod"].tolist() == ["F43", "F43"]


def test_still_open_at_90_is_the_table_of_the_source():
    """S(89) / S(14), both sexes together as published."""
    from pipelines.synthetic.diagnoses import DIAGNOSES

    for dx, diagnosis in enumerate(DIAGNOSES):
        mix = diagnosis.women * table()[2 * dx] + (1 - diagnosis.women) * table()[2 * dx + 1]
        drawn = mix[[29, 89, 179, 364]] / mix[14]
        assert np.allclose(drawn, diagnosis.open_after, rtol=0.01)


def test_the_declared_figures_are_those_of_the_source(shared):
    """targets.csv against the reference files, where they are at hand."""
    folder = shared / "reference" / "fk"
    with (folder / "fk_2017_survival_by_dx.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["icd10_3"] != "ALLA":
                assert targets.value("startade", row["icd10_3"]) == float(row["n"])
                for day in (30, 90, 180, 365):
                    assert targets.value(f"oppna_{day}", row["icd10_3"]) == float(row[f"S{day}"])
    with (folder / "fk_personer_diagnos_kon_2015.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["icd10_3"] != "ALLA":
                assert targets.share_of_women(row["icd10_3"]) == pytest.approx(float(row["andel_kvinnor"]), abs=1e-4)
    monthly = pd.read_csv(folder / "fk_national_month_2024_11_2026_06.csv").set_index("month")
    assert targets.by_period("startade_manad") == monthly["started_cases"].dropna().to_dict()
    assert targets.by_period("pagaende_manad") == monthly["ongoing_cases_end_of_month"].to_dict()
    sizes = pd.read_csv(shared / "reference" / "units" / "vgr_vardenheter_listade.csv")["antal_listade"].dropna()
    for percent in (5, 25, 50, 75, 95):
        assert targets.value("listade_kvantil", str(percent)) == pytest.approx(sizes.quantile(percent / 100), rel=0.02)
