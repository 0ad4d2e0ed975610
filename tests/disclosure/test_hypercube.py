"""The method that protection is compared with, and what the comparison tells."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipelines.compute import usefulness as told
from pipelines.disclosure.hypercube import hypercube
from schemas.measures import MEASURES
from schemas.tables import PUBLISHED

NODES = pd.DataFrame(
    [
        {"enhet_id": f"e{at}", "niva": "enhet", "region": "R", "omrade": None, "enhetstyp": "vardcentral",
         "listade_totalt": 1000.0 * (at + 1)}
        for at in range(8)
    ]
    + [{"enhet_id": "region:R", "niva": "region", "region": "R", "omrade": None, "enhetstyp": None, "listade_totalt": None}]
)  # fmt: skip


def test_the_cheapest_box_is_hidden():
    persons = np.array([[2.0, 40.0, 9.0], [30.0, 50.0, 8.0]])
    assert hypercube(persons, persons < 5).tolist() == [[True, False, True], [True, False, True]]


def test_nobody_hides_behind_a_cell_without_persons():
    persons = np.array([[2.0, 40.0, 0.0], [30.0, 50.0, 8.0]])
    assert hypercube(persons, np.array([[True, False, False], [False] * 3])).tolist() == [[True, True, False]] * 2


@given(arrays(float, (3, 2, 4), elements=st.integers(0, 12).map(float)))
def test_no_small_cell_is_alone_on_any_line(persons):
    small = persons < 5
    hidden = hypercube(persons, small)
    assert hidden[small].all()
    for axis in range(3):
        lines = np.moveaxis(hidden, axis, -1).reshape(-1, hidden.shape[axis]).sum(axis=1)
        assert (lines != 1).all()


def cells(hidden, small):
    """Women and men started at eight units in one year."""
    sexes = [(f"e{at}", sex) for at in range(8) for sex in ("K", "M")]
    return pd.DataFrame(sexes, columns=["enhet_id", "kon"]).assign(
        matt_id="startade", periodtyp="r12", period="2026-09", indelning="ingen", grupp="alla", personer=9.0,
        dold=[at < hidden for at in range(16)], liten=[at < small for at in range(16)],
    )  # fmt: skip


def test_shares_are_told_by_size_and_how_much_is_small_only_where_it_is_safe(monkeypatch):
    found = PUBLISHED["skydd"].validate(told.usefulness(cells(6, 2), NODES, MEASURES))
    sizes = found[found["vad"] == "ingen"].set_index("storlek")
    assert sizes["dolda"].to_dict() == {1: 100, 2: 50, 3: 0, 4: 0, 0: 38}
    assert sizes["celler"].to_dict() == {1: 4, 2: 4, 3: 4, 4: 4, 0: 16}
    assert found[["enbart_sma", "hyperkub"]].isna().all(axis=None)
    monkeypatch.setattr(told, "LEAST_CELLS", 2)
    found = told.usefulness(cells(6, 2), NODES, MEASURES)
    assert found.loc[found["storlek"] == 0, "enbart_sma"].tolist() == [12, 12]
    assert found.loc[found["storlek"] > 0, "enbart_sma"].isna().all()
    assert told.usefulness(cells(3, 2), NODES, MEASURES)["enbart_sma"].isna().all()
