"""Windows that overlap give no quarter away: the bounds against linear programs, and what is told against the truth."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from pipelines.audit import _tried
from pipelines.compute.lattice import KEYS
from pipelines.disclosure.overlapping import quarters_of
from pipelines.settings import Settings
from schemas.measures import MEASURES
from tests.protected import protect_counts


def bounds_by_programs(quarters, known, whole):
    """[group, quarter] twice: every quarter an unknown, every window that is known a sum, and one program for each bound."""
    groups, count = quarters.shape
    rows, sums = [], []
    for at in range(count - 3):
        for group in np.flatnonzero(known):
            row = np.zeros((groups, count))
            row[group, at : at + 4] = 1
            rows.append(row.ravel())
            sums.append(quarters[group, at : at + 4].sum())
    for at in np.flatnonzero(~np.isnan(whole)):
        row = np.zeros((groups, count))
        row[:, at] = 1
        rows.append(row.ravel())
        sums.append(whole[at])
    found = np.zeros((2, groups, count))
    for cell in range(groups * count):
        for side, sign in enumerate((1, -1)):
            aim = np.zeros(groups * count)
            aim[cell] = sign
            solved = linprog(aim, A_eq=np.array(rows), b_eq=np.array(sums), method="highs")
            found[side].flat[cell] = sign * solved.fun if solved.status == 0 else np.inf
    return found


@settings(max_examples=40)
@given(st.data())
def test_the_bounds_are_those_of_linear_programs(data):
    groups, count = data.draw(st.integers(1, 3)), data.draw(st.integers(4, 9))
    numbers = data.draw(st.lists(st.integers(0, 4), min_size=groups * count, max_size=groups * count))
    quarters = np.array(numbers, dtype=float).reshape(groups, count)
    known = np.array(data.draw(st.lists(st.booleans(), min_size=groups, max_size=groups)))
    known[0] = True
    open_ = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    whole = np.where(open_, quarters.sum(axis=0), np.nan)
    windows = np.stack([quarters[:, at : at + 4].sum(axis=1) for at in range(count - 3)], axis=-1)
    found = quarters_of(windows[None], known[None], whole[None])
    least, greatest = bounds_by_programs(quarters, known, whole)
    np.testing.assert_allclose(found.least[0][known], least[known], atol=1e-6)
    np.testing.assert_allclose(found.greatest[0][known], greatest[known], atol=1e-6)


PERIODS = pd.period_range("2023-03", "2025-12", freq="M")[::3].astype(str)
UNITS, SEXES, GROUPS = ("A", "B", "C"), ("K", "M"), ("psykiska", "rorelse", "somatiska", "skador", "symtom", "okand")
NODES = pd.DataFrame(
    {"enhet_id": [*UNITS, "region:R"], "namn": [*UNITS, "R"], "niva": ["enhet"] * 3 + ["region"],
     "omrade": None, "region": "R", "enhetstyp": ["vardcentral"] * 3 + [None]}
)  # fmt: skip
FAMILY = {"startade": MEASURES["startade"]}


def lattice(numbers):
    """The published cells of `numbers` [unit, sex, group, quarter]: wholes by the quarter, groups of twelve months."""
    every = np.concatenate([numbers, numbers.sum(axis=0, keepdims=True)])
    every = np.concatenate([every, np.zeros_like(every[:, :1]), every.sum(axis=1, keepdims=True)], axis=1)
    rows = []
    for unit, sex in np.ndindex(every.shape[:2]):
        place, kon = NODES["enhet_id"][unit], ("K", "M", "okand", "alla")[sex]
        own = every[unit, sex]
        whole, years = own.sum(axis=0), np.stack([own[:, at : at + 4].sum(axis=1) for at in range(own.shape[1] - 3)], 1)
        rows += [(place, "kvartal", PERIODS[at], kon, "ingen", "alla", n) for at, n in enumerate(whole)]
        rows += [(place, "r12", PERIODS[at + 3], kon, "ingen", "alla", n) for at, n in enumerate(years.sum(axis=0))]
        if kon in SEXES or place == "region:R":
            rows += [
                (place, "r12", PERIODS[at + 3], kon, "diagnos5", GROUPS[group], n)
                for (group, at), n in np.ndenumerate(years)
            ]
    cells = pd.DataFrame(rows, columns=[*KEYS[1:], "antal"]).assign(matt_id="startade")
    return cells.assign(personer=cells["antal"])[[*KEYS, "antal", "personer"]]


def drawn(seed, mean):
    return np.random.default_rng(seed).poisson(mean, (len(UNITS), len(SEXES), len(GROUPS), len(PERIODS))).astype(float)


def faults(cells):
    """What the attacker says of a family of protected cells."""
    told = cells.assign(visat=cells["antal"].where(~cells["dold"]), dolt=cells["dold"])
    return _tried(told, NODES, FAMILY, 5)[1]


def test_no_quarter_of_a_group_follows_from_its_years():
    numbers = drawn(1, 6)
    numbers[0, 0, 2] = [0, 9, 9, 0, 9, 0, 0, 9, 0, 9, 9, 0]  # each season has a zero somewhere: every quarter is told
    cells = protect_counts(lattice(numbers), NODES, FAMILY, Settings(threshold=5))
    assert faults(cells) == []
    own = cells[cells["enhet_id"].eq("A") & cells["kon"].eq("K")]
    assert own.loc[own["grupp"].eq("somatiska"), "antal"].min() >= 5
    assert own.loc[own["grupp"].eq("somatiska"), "dold"].all()
    years = cells["indelning"].eq("diagnos5")
    bounds = bounds_of_shown(cells, numbers)
    assert bounds.size and not ((bounds[:, 1] - bounds[:, 0] < 5) & (bounds[:, 0] < 5)).any()
    assert not cells.loc[years & cells["enhet_id"].eq("region:R"), "dold"].any()


def bounds_of_shown(cells, numbers):
    """By programs of their own, for each unit and sex, what is known of the quarters of shown groups."""
    found = []
    for unit, sex in np.ndindex(len(UNITS), len(SEXES)):
        own = cells[cells["enhet_id"].eq(UNITS[unit]) & cells["kon"].eq(SEXES[sex])]
        shut = own[own["indelning"].eq("diagnos5")].groupby("grupp")["dold"].any()
        known = ~shut.reindex(GROUPS).to_numpy(dtype=bool)
        whole = own[own["periodtyp"].eq("kvartal")].sort_values("period")
        least, greatest = bounds_by_programs(numbers[unit, sex], known, whole["antal"].where(~whole["dold"]).to_numpy())
        found.append(np.stack([least[known], greatest[known]], axis=-1).reshape(-1, 2))
    return np.round(np.concatenate(found), 6)


def test_two_windows_that_tell_a_quarter_are_found():
    """Everything is far above the threshold but for one quarter, which the windows beside it give away."""
    numbers = drawn(2, 30) + 20
    numbers[1, 1, 3] = [0, 30, 30, 30, 2, 30, 30, 30, 40, 0, 0, 0]
    cells = lattice(numbers)
    leaking = cells.assign(dold=False, liten=False, kand=False)
    said = faults(leaking)
    assert len(said) == 1 and "berättar tillsammans om ett kvartal" in said[0] and "diagnos5" in said[0]
    protected = protect_counts(cells, NODES, FAMILY, Settings(threshold=5))
    assert protected["dold"].any() and faults(protected) == []
    # what an earlier release has shown cannot be taken back, and is no fault of this one
    assert faults(leaking.assign(kand=True)) == []
