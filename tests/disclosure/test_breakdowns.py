"""Nothing hidden follows from the breakdowns of two measures that lie within each other: an attacker who knows every
published cell as a sum of inner cells, and none of our relations."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.compute.lattice import KEYS
from pipelines.compute.sums import sums_among
from pipelines.settings import Settings
from schemas.dimensions import BREAKDOWNS
from schemas.measures import MEASURES
from tests.protected import protect_counts

PRIME = 2**31 - 1
UNITS, SEXES = ("a", "b"), ("K", "M")
LENGTHS, DIAGNOSES = BREAKDOWNS["langd"].ids, BREAKDOWNS["diagnos5"].ids[:-1]
INNER = tuple(product(UNITS, SEXES, LENGTHS, DIAGNOSES, (False, True)))
FAMILY = {
    "under_manaden": replace(MEASURES["under_manaden"], breakdowns=("lang", "langd", "diagnos5")),
    "pagaende": replace(MEASURES["pagaende"], breakdowns=("diagnos5",)),
}
NODES = pd.DataFrame(
    [
        {"enhet_id": "a", "niva": "enhet", "enhetstyp": "vardcentral", "omrade": None, "region": "R"},
        {"enhet_id": "b", "niva": "enhet", "enhetstyp": "vardcentral", "omrade": None, "region": "R"},
        {"enhet_id": "region:R", "niva": "region", "enhetstyp": None, "omrade": None, "region": "R"},
    ]
)
LANG = {part.id: part.inside for part in BREAKDOWNS["langd"].categories}


def covers(matt, enhet_id, kon, split, group):
    """Which inner cells a published cell is the sum of."""
    return np.array(
        [
            (matt == "under_manaden" or stock)
            and enhet_id in (unit, "region:R")
            and kon in (sex, "alla")
            and {"ingen": "alla", "lang": LANG[length], "langd": length, "diagnos5": diagnosis}[split] == group
            for unit, sex, length, diagnosis, stock in INNER
        ],
        dtype=np.int64,
    )


def everything():
    """(key, the inner cells in it) of every cell of the two measures."""
    for matt, measure in FAMILY.items():
        kind = "manad" if matt == "pagaende" else "r12"
        splits = [("ingen", "alla"), *((name, one) for name in measure.breakdowns for one in BREAKDOWNS[name].ids)]
        for enhet_id, kon, (split, group) in product(NODES["enhet_id"], ("K", "M", "okand", "alla"), splits):
            yield (matt, enhet_id, kind, "2026-09", kon, split, group), covers(matt, enhet_id, kon, split, group)


CELLS = list(everything())
MATRIX = np.array([inside for _, inside in CELLS])


def reduced(rows):
    """The row space of whole numbers, modulo a prime, in fully reduced form."""
    rows, pivots = rows.copy() % PRIME, []
    for column in range(rows.shape[1]):
        found = np.flatnonzero(rows[len(pivots) :, column])
        if not found.size:
            continue
        at, top = len(pivots) + found[0], len(pivots)
        rows[[top, at]] = rows[[at, top]]
        rows[top] = rows[top] * pow(int(rows[top, column]), PRIME - 2, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != top]
        rows[others] = (rows[others] - rows[others, column][:, None] * rows[top] % PRIME) % PRIME
        pivots.append(column)
        if len(pivots) == len(rows):
            break
    return rows[: len(pivots)], pivots


def follows(wanted, space):
    """Whether a sum of inner cells is a combination of the published ones."""
    rows, pivots = space
    # fully reduced: every row is taken as often as its pivot stands in the sum
    return not ((wanted - wanted[pivots] @ rows) % PRIME).any()


def drawn(seed, mean):
    """Persons per inner cell: one draw instead of hundreds, which would take longer to draw than to protect."""
    return np.random.default_rng(seed).poisson(mean, len(INNER))


inner = st.builds(drawn, st.integers(0, 10**6), st.sampled_from([0.2, 0.6, 1.5, 4.0]))


@settings(max_examples=25)
@given(inner)
def test_no_small_group_follows_from_other_groups(numbers):
    values = MATRIX @ numbers
    frame = pd.DataFrame([key for key, _ in CELLS], columns=KEYS).assign(antal=values, personer=values, namnare=1000.0)
    hidden = protect_counts(frame, NODES, FAMILY, Settings())["dold"].to_numpy()
    unrecorded = frame["kon"].eq("okand") | frame["grupp"].eq("okand")
    assert hidden[(values < 5) & ~unrecorded].all()
    space = reduced(MATRIX[~hidden])
    for at in np.flatnonzero(hidden & (values < 5) & MATRIX.any(axis=1)):  # a group that nobody can be in tells nothing
        assert not follows(MATRIX[at], space), CELLS[at][0]
    rest = differences(values)
    for at, whole, part in rest:
        assert not follows(MATRIX[whole] - MATRIX[part], space), at


def differences(values):
    """The cells that are in the wider measure and not in the narrower, where they are few."""
    place = {key: row for row, (key, _) in enumerate(CELLS)}
    found = []
    for key, row in place.items():
        if key[0] == "pagaende":
            whole = place.get(("under_manaden", key[1], "r12", *key[3:]))
            if (
                whole is not None
                and key[4] != "okand"
                and key[6] != "okand"
                and values[whole] - values[row] < 5
                and MATRIX[row].any()
            ):
                found.append((key, whole, row))
    return found


def test_the_attacker_finds_what_is_shown_by_force():
    numbers = np.full(len(INNER), 7)
    at = next(row for row, (key, _) in enumerate(CELLS) if key[5] == "langd" and key[1] == "a" and key[4] == "K")
    shown = np.ones(len(CELLS), dtype=bool)
    shown[at] = False
    assert follows(MATRIX[at], reduced(MATRIX[shown]))
    assert (MATRIX @ numbers)[at] > 0


def test_a_chapter_is_known_to_be_the_sum_of_its_sections():
    measure = replace(MEASURES["under_manaden"], breakdowns=("kapitel", "avsnitt"))
    groups = [(name, one) for name in measure.breakdowns for one in BREAKDOWNS[name].ids]
    cells = pd.DataFrame(
        [("under_manaden", "region:R", "r12", "2026-09", "K", *group) for group in [("ingen", "alla"), *groups]],
        columns=KEYS,
    )
    sums = sums_among(cells, NODES.tail(1), {"under_manaden": measure}).toarray()
    names = cells["grupp"].to_numpy()
    found = {names[row > 0][0]: names[row < 0].tolist() for row in sums}
    assert found.pop("alla") == list(BREAKDOWNS["kapitel"].ids)
    assert set(found) == set(BREAKDOWNS["kapitel"].ids)
    assert found["H60-H95"] == ["H60-H62", "H65-H75", "H80-H83", "H90-H95"]
    assert found["okand"] == ["okand"]
