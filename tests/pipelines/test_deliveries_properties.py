"""Every delivered row is accounted for, whatever is wrong with it, and delivering again changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.deliveries import load
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from tests.examples import examples
from tests.rows import intyg, write_csv

breakage = st.dictionaries(
    st.sampled_from(["fran", "tom", "grad", "kon", "handelse", "patient_id", "period_nr", "intyg_id", "diagnos"]),
    st.sampled_from(["", "x", "2024-13-01", "2024-02-30", "1", "99", "K", "A-1", "F32", 'a"b', "å;ä", "0"]),
    max_size=3,
)
deliveries = st.lists(st.lists(breakage, min_size=1, max_size=12), min_size=1, max_size=3)


@examples(12)
@given(deliveries)
def test_in_is_loaded_and_duplicates_and_quarantined(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("d")
    chosen = Settings(data=folder / "data")
    loaded = 0
    for at, rows in enumerate(files):
        path = write_csv(folder / f"intyg_{at}.csv", [intyg(intyg_id=f"A-{n}") | row for n, row in enumerate(rows)])
        for turn in range(2):
            (result,) = load([path], chosen, progress=lambda what, done, total: None)
            assert result.rader_in == len(rows) == result.inlasta + result.dubbletter + result.karantan
            assert turn == 0 or result.inlasta == 0
            loaded += result.inlasta
    with open_warehouse(chosen) as connection:
        assert connection.execute("SELECT count(*) FROM raw.intyg").fetchall() == [(loaded,)]
        sums = "SELECT sum(karantan) FROM ledger.leverans WHERE status = 'inlast'"
        assert (
            connection.execute(sums).fetchall() == connection.execute("SELECT count(*) FROM ledger.karantan").fetchall()
        )
