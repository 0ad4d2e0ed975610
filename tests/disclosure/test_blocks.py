"""A large system is looked at in blocks of places first: the same cells are found to be known too closely."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.compute import inspection
from pipelines.compute.joint import system
from pipelines.compute.lattice import KEYS, in_order
from schemas.dimensions import BREAKDOWNS
from schemas.measures import MEASURES
from tests.examples import examples

FAMILY = {"startade": MEASURES["startade"]}
GROUPS = BREAKDOWNS["diagnos5"].ids
AREAS = {f"omrade:{area}": [f"{area}{number}" for number in range(4)] for area in ("A", "B", "C")}
UNITS = [unit for inside in AREAS.values() for unit in inside]
NODES = pd.DataFrame(
    [
        *({"enhet_id": unit, "niva": "enhet", "omrade": unit[0]} for unit in reversed(UNITS)),
        *({"enhet_id": area, "niva": "omrade", "omrade": area[-1]} for area in AREAS),
        {"enhet_id": "region:R", "niva": "region", "omrade": None},
    ]
).assign(region="R", enhetstyp="vardcentral")
PARTS = {**{unit: [unit] for unit in UNITS}, **AREAS, "region:R": UNITS}
WIDTH = 5


def test_nodes_of_an_omrade_have_numbers_beside_each_other():
    numbers = in_order(NODES)
    assert sorted(numbers) == list(range(len(NODES)))
    for area, inside in AREAS.items():
        own = sorted(numbers[[area, *inside]])
        assert own == list(range(own[0], own[0] + len(own)))


@examples(8)
@given(st.integers(0, 2**32 - 1))
def test_blocks_find_what_the_whole_finds(seed):
    generator = np.random.default_rng(seed)
    drawn = generator.poisson(3, (len(UNITS), 2, len(GROUPS)))
    counts = pd.Series(drawn.ravel(), index=pd.MultiIndex.from_product([UNITS, ("K", "M"), GROUPS]))
    cells = pd.DataFrame(
        [
            ("startade", place, "r12", "2026-09", sex, split, group, int(counts.loc[inside, sexes, groups].sum()))
            for (place, inside), (sex, sexes), (split, group, groups) in product(
                PARTS.items(),
                (("K", ["K"]), ("M", ["M"]), ("okand", []), ("alla", ["K", "M"])),
                [("ingen", "alla", list(GROUPS)), *(("diagnos5", one, [one]) for one in GROUPS)],
            )
        ],
        columns=[*KEYS, "antal"],
    )
    every, sums = system(cells.assign(personer=cells["antal"]), NODES, FAMILY)
    small = (cells["antal"].lt(WIDTH) & cells["kon"].ne("okand")).to_numpy()
    hidden = small | (generator.random(len(cells)) < 0.3) & cells["indelning"].ne("ingen").to_numpy()
    found = []
    for block in (inspection.BLOCK, 20):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(inspection, "BLOCK", block)
            values, place = every["antal"].to_numpy(dtype=float), inspection.placed(every, NODES)
            looked = inspection.Inspection(sums, values, len(cells), np.arange(len(every)), place)
            bounds = looked.bounds(hidden, small, width=WIDTH)
        found.append(sorted(bounds.narrow(WIDTH)))
        truth = values[bounds.cell]
        assert ((bounds.least <= truth) & (truth <= bounds.greatest)).all()
    assert found[0] == found[1]
