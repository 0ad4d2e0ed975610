"""Shares of one whole: what an attacker knows of the persons, from everything that is shown of whole and parts."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from pipelines.compute.lattice import KEYS
from pipelines.compute.protect import families
from pipelines.settings import Settings
from schemas.measure import Count, Rest
from schemas.measures import MEASURES, with_parts
from tests.examples import examples
from tests.protected import protect_counts

EVERY = {name: one for name, one in with_parts(MEASURES).items() if isinstance(one, Count)}
NAMES = ("malgrupp", "kaskad.erbjuden", "kaskad.insats", "erbjudande.avbojt", "planering.plan_90")
FAMILY = {name: replace(EVERY[name], breakdowns=()) for name in NAMES}
UNITS, SEXES = ("A", "B", "C"), ("K", "M")
# who is offered, coordinated, declines and has a plan: an insats and a no are offers too
PATTERNS = [p for p in product((0, 1), repeat=4) if p[0] or not (p[1] or p[2])]
ATOMS = list(product(UNITS, SEXES, range(len(PATTERNS))))
NODES = pd.DataFrame(
    {"enhet_id": ["A", "B", "C", "region:R"], "namn": ["A", "B", "C", "R"], "niva": ["enhet"] * 3 + ["region"],
     "omrade": None, "region": "R", "enhetstyp": ["vardcentral"] * 3 + [None]}
)  # fmt: skip


def inside(matt, node, sex):
    """Which atoms a cell is the sum of."""
    at = NAMES.index(matt) - 1
    return np.array(
        [
            (node in (unit, "region:R")) and sex in (kon, "alla") and (at < 0 or PATTERNS[p][at] == 1)
            for unit, kon, p in ATOMS
        ],
        dtype=float,
    )


def made(numbers):
    rows = []
    for matt, node, sex in product(NAMES, NODES["enhet_id"], ("K", "M", "okand", "alla")):
        antal = 0.0 if sex == "okand" else float(inside(matt, node, sex) @ numbers)
        rows.append((matt, node, "r12", "2025-06", sex, "ingen", "alla", antal, antal))
    return pd.DataFrame(rows, columns=[*KEYS, "antal", "personer"])


def shown(numbers):
    """The protected cells, and of those that are shown which atoms they are the sums of."""
    cells = protect_counts(made(numbers), NODES, FAMILY, Settings(threshold=5))
    cells = cells[cells["kon"] != "okand"]
    return cells, np.array([inside(row.matt_id, row.enhet_id, row.kon) for row in cells[~cells["dold"]].itertuples()])


@examples(30)
@given(st.lists(st.integers(0, 9), min_size=len(ATOMS), max_size=len(ATOMS)))
def test_neither_a_part_nor_its_rest_can_be_computed(drawn):
    numbers = np.array(drawn, dtype=float)
    cells, known = shown(numbers)
    basis = np.linalg.svd(known.reshape(-1, len(ATOMS)), full_matrices=False)
    space = basis[2][basis[1] > 1e-9] if known.size else np.zeros((0, len(ATOMS)))

    def follows(asked):
        return bool(np.linalg.norm(asked - space.T @ (space @ asked)) < 1e-8)

    for row in cells.itertuples():
        asked = inside(row.matt_id, row.enhet_id, row.kon)
        assert not (row.dold and follows(asked)), "a hidden cell"
        assert row.dold or asked @ numbers >= 5
        for wider in FAMILY[row.matt_id].within:
            if wider in FAMILY:
                rest = inside(wider, row.enhet_id, row.kon) - asked
                assert rest @ numbers >= 5 or not follows(rest), "those in the wider and not in this"


def test_everything_about_the_target_group_is_protected_together():
    found = next(family for family in families(EVERY) if "malgrupp" in family)
    about = {name for name, one in EVERY.items() if one.base == "mart.malgrupp"}
    assert set(found) == about
    rests = {one.others for one in found.values() if isinstance(one, Rest)}
    assert rests == {"planering.plan_90", "kaskad.erbjuden"}


@examples(8)
@given(st.lists(st.integers(0, 9), min_size=len(ATOMS), max_size=len(ATOMS)))
def test_nothing_small_is_known_within_a_narrow_interval(drawn):
    """Another attacker, who thinks in persons of every pattern and not in cells."""
    numbers = np.array(drawn, dtype=float)
    cells, known = shown(numbers)
    sums = {"A_eq": known, "b_eq": known @ numbers} if known.size else {}
    for row in cells[cells["dold"] & (cells["personer"] < 5)].itertuples():
        asked = inside(row.matt_id, row.enhet_id, row.kon)
        least, greatest = (linprog(sign * asked, **sums, method="highs") for sign in (1, -1))
        unbounded = greatest.status == 3
        assert unbounded or np.floor(-greatest.fun + 1e-6) - np.ceil(least.fun - 1e-6) >= 5


@examples(8)
@given(
    st.lists(st.integers(0, 9), min_size=len(ATOMS), max_size=len(ATOMS)),
    st.lists(st.sampled_from((0, 0, 0, 1, -1)), min_size=len(ATOMS), max_size=len(ATOMS)),
)
def test_what_one_release_hides_no_later_one_shows_or_gives_away(drawn, corrections):
    """The second release is of corrected cases. What was shown is known; nothing else may be known any better."""
    first = protect_counts(made(np.array(drawn, dtype=float)), NODES, FAMILY, Settings(threshold=5))
    earlier = first[[*KEYS]].assign(visad=~first["dold"], dold=first["dold"], liten=first["liten"])
    numbers = np.maximum(np.array(drawn, dtype=float) + np.array(corrections), 0)
    second = protect_counts(made(numbers), NODES, FAMILY, Settings(threshold=5), earlier)
    assert second.loc[first["dold"], "dold"].all()
    assert (second["kand"] == ~first["dold"]).all()
    assert not (second["liten"] & ~second["dold"]).any()
    recorded = second["kon"] != "okand"
    known = second[recorded & (second["kand"] | ~second["dold"])]
    before = second[recorded & second["kand"]]

    def widths(of, asked):
        sums = np.array([inside(row.matt_id, row.enhet_id, row.kon) for row in of.itertuples()])
        told = {"A_eq": sums, "b_eq": sums @ numbers} if sums.size else {}
        least, greatest = (linprog(sign * asked, **told, method="highs") for sign in (1, -1))
        return np.inf if greatest.status == 3 else np.floor(-greatest.fun + 1e-6) - np.ceil(least.fun - 1e-6)

    for row in second[recorded & second["liten"] & ~second["kand"]].itertuples():
        asked = inside(row.matt_id, row.enhet_id, row.kon)
        assert widths(known, asked) >= min(5, widths(before, asked))
