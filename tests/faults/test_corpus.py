"""Every case of the corpus through the real load: what becomes of it, what is said, and never a value."""

import duckdb
import pytest

from pipelines.deliveries import load
from pipelines.errors import DeliveryError
from pipelines.settings import Settings
from tests.faults.corpus import LOADED, PERSONS, REFUSED, ROW_COUNT, ROWS, SECRET, corpus

CASES = corpus()
EVERY = 6  # of which one runs in make test; make faults and make test-all run all
NEVER = (SECRET, *(value for values in PERSONS.values() for value in values))


def test_the_corpus_is_large_and_every_case_has_its_name():
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.outcome for case in CASES} == {LOADED, ROWS, REFUSED}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=[] if at % EVERY == 0 else [pytest.mark.slow])
        for at, case in enumerate(CASES)
    ],
)
def test_case(case, tmp_path):
    settings = Settings(data=tmp_path / "data")
    path = case.write(tmp_path)
    try:
        (result,) = load([path], settings, progress=lambda what, done, total: None)
    except DeliveryError as refused:
        said, outcome, counted = refused.text, REFUSED, (0, 0, 0)
    else:
        said = "; ".join(f"{column}: {rule}" for column, rule, _ in result.regler)
        outcome, counted = (ROWS if result.karantan else LOADED), (result.rader_in, result.inlasta, result.karantan)
    expected = {LOADED: (ROW_COUNT, ROW_COUNT, 0), ROWS: (ROW_COUNT, ROW_COUNT - 1, 1), REFUSED: (0, 0, 0)}
    assert (outcome, counted) == (case.outcome, expected[case.outcome]), said
    assert case.said in said
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        kept = said + str(warehouse.execute("SELECT filnamn, orsak FROM ledger.leverans").fetchall())
        assert len(warehouse.execute("FROM ledger.leverans").fetchall()) == 1
    assert [value for value in NEVER if value in kept] == []
