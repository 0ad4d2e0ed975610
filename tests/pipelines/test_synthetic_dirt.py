"""A dirty region: when all its deliveries are loaded, the warehouse holds what the truth beside them says."""

import pandas as pd
import pytest

from identity.text import holds_identity_number
from pipelines.deliveries import load
from pipelines.settings import Settings
from pipelines.synthetic import generate
from pipelines.synthetic.dirt import OLD_UNIT
from pipelines.synthetic.dirt_kinds import UNKNOWN_UNIT
from pipelines.warehouse import build, open_warehouse
from schemas.extracts import EXTRACTS

REGION = {"patients": 30_000, "enheter": 4, "first": "2024-11", "last": "2026-10", "seed": 5}
FOLLOWERS = ("", "-tillagg-1", "-tillagg-2")
CHAINS = """
    SELECT patient_id, start_datum, sista_dag, langd_dagar, kon, forsta_diagnosgrupp, forsta_grad
    FROM core.sjukfall JOIN core.patient USING (patient_nr) ORDER BY patient_id, start_datum
"""
INSATSER = """
    SELECT patient_id, datum, utforare_id FROM core.koordinering JOIN core.patient USING (patient_nr)
    WHERE handelse = 'insats' ORDER BY ALL
"""


class Loaded:
    """A region in a warehouse of its own, delivery after delivery."""

    def __init__(self, folder, *, dirt):
        self.settings = Settings(data=folder / "data", demo=True)
        self.out = generate(folder / "region", **REGION, dirt=dirt, progress=lambda done, total: None)
        self.folders = [self.out.with_name(f"region{end}") for end in (FOLLOWERS if dirt else FOLLOWERS[:1])]
        self.truth = self.out.with_name("region-sanning")
        self.results = [load([one], self.settings, progress=lambda *_: None) for one in self.folders]
        with open_warehouse(self.settings) as connection:
            build(connection, self.settings, progress=lambda what: None)

    def ask(self, question):
        with open_warehouse(self.settings) as connection:
            return connection.execute(question).df()

    def sum(self, field):
        return sum(getattr(result, field) for delivery in self.results for result in delivery)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return Loaded(tmp_path_factory.mktemp("clean"), dirt=False)


@pytest.fixture(scope="module")
def dirty(tmp_path_factory):
    return Loaded(tmp_path_factory.mktemp("dirty"), dirt=True)


@pytest.fixture(scope="module")
def said(dirty):
    table = pd.read_csv(dirty.truth / "smuts.csv").set_index("sort")
    assert (table["antal"] > 0).all()
    return table


def test_every_fault_has_the_outcome_that_the_truth_states(dirty, said):
    assert dirty.sum("karantan") == said["karantan"].sum()
    assert dirty.sum("dubbletter") == said["dubbletter"].sum()
    left_out = dirty.ask("SELECT utelamnad, count(*) AS rader FROM core.intyg_provad GROUP BY 1 ORDER BY 1")
    found = dict(zip(left_out["utelamnad"], left_out["rader"], strict=True))
    assert found["slutar mer än fem år fram"] == said["utelamnade"].sum()


def test_the_counts_are_those_of_the_clean_region(clean, dirty, said):
    final = pd.read_csv(dirty.truth / "slutlage.csv")
    pd.testing.assert_frame_equal(final, pd.read_csv(clean.truth / "slutlage.csv"))
    counts = final.groupby("matt")["antal"].sum()
    kept = "SELECT count(*) AS antal FROM core.intyg_provad WHERE utelamnad IS NULL"
    assert clean.ask(kept)["antal"][0] == counts["intygsperioder"]
    assert dirty.ask(kept)["antal"][0] == counts["intygsperioder"] + said["extra_perioder"].sum()
    for one in (clean, dirty):
        assert len(one.ask(CHAINS)) == counts["sjukfall"]
    by_sex = clean.ask(CHAINS)["kon"].astype(str).value_counts()  # a code list has also what nobody is
    expected = final[final["matt"] == "sjukfall"].set_index("kon")["antal"]
    assert by_sex.to_dict() == expected.to_dict()


def test_every_sjukfall_is_the_same_but_for_what_is_unknown(clean, dirty):
    before, after = clean.ask(CHAINS), dirty.ask(CHAINS)
    same = ["patient_id", "start_datum", "sista_dag", "langd_dagar", "forsta_grad"]
    pd.testing.assert_frame_equal(before[same], after[same])
    for column, unknown in (("kon", "okand"), ("forsta_diagnosgrupp", "okand")):
        differs = before[column] != after[column]
        assert differs.any()
        assert (after.loc[differs, column] == unknown).all()


def test_coordination_is_the_same_events(clean, dirty):
    pd.testing.assert_frame_equal(clean.ask(INSATSER), dirty.ask(INSATSER))


def test_units_are_unknown_or_taken_over_as_stated(dirty, said):
    kept = "SELECT enhet_id, count(*) AS rader FROM raw.intyg GROUP BY 1"
    rows = dirty.ask(kept).set_index("enhet_id")["rader"]
    assert rows[UNKNOWN_UNIT] == said["antal"]["okand_enhet"]
    assert abs(rows[OLD_UNIT] / said["antal"]["sammanslagen_enhet"] - 1) < 0.1  # some of them are faulty copies too
    register = dirty.ask("SELECT enhet_id, ersatt_av FROM raw.enheter WHERE ersatt_av IS NOT NULL")
    assert register["enhet_id"].tolist() == [OLD_UNIT]
    assert register["ersatt_av"][0] in set(dirty.ask("SELECT enhet_id FROM raw.enheter")["enhet_id"])
    assert dirty.ask("SELECT enhet_id FROM raw.enheter GROUP BY 1 HAVING count(*) = 2").shape[0] == 1


def test_only_what_shall_be_quarantined_breaks_the_contract(dirty):
    """And no cell looks like an identity number."""
    for folder in dirty.folders:
        for path in folder.glob("*.csv"):
            rows = pd.read_csv(path, sep=";", dtype=str)
            if path.stem == "intyg" and folder == dirty.out:
                rows = rows[(rows["tom"] >= rows["fran"]) & ~rows["fran"].str.endswith("-02-30")]
            EXTRACTS[path.stem].validate(rows, lazy=True)
            assert not holds_identity_number(path.read_text(encoding="utf-8"))


def test_the_same_seed_gives_the_same_dirt(tmp_path, dirty):
    generate(tmp_path / "region", **REGION, dirt=True, progress=lambda done, total: None)
    for folder in dirty.folders:
        for path in folder.iterdir():
            assert path.read_bytes() == (tmp_path / folder.name / path.name).read_bytes()
    assert (tmp_path / "region-sanning" / "smuts.csv").read_bytes() == (dirty.truth / "smuts.csv").read_bytes()
