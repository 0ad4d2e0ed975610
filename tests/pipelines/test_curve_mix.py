"""What a difference between two curves is made of, a second time in plain Python, and where the answer is known."""

from collections import Counter, defaultdict
from math import sqrt

import duckdb
import pandas as pd
import pytest

from pipelines.compute import curve_mix
from pipelines.compute.curve import count_events
from pipelines.compute.curve_rows import curves
from pipelines.compute.gap import curve_gaps
from pipelines.compute.pairs import pair_figures
from pipelines.compute.protect import protect_curves
from pipelines.settings import Settings
from schemas import curve_lattice
from schemas.dimensions import ALDERSGRUPP
from schemas.measures import MEASURES
from schemas.tables import PUBLISHED
from tests.pipelines.test_curves import COHORT, end_data, made, nodes

MEASURE = MEASURES["atergang"]
CHOSEN = Settings()


def taken_apart(frame):
    """The table `uppdelning` of these cases at one unit, and the rows of differences that it is about."""
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA mart")
        connection.execute("CREATE TABLE mart.atergang AS SELECT * FROM frame")
        connection.execute("CREATE TEMP TABLE nod AS SELECT 1 AS enhet_nr, 'E1' AS enhet_id")
        end_data(connection, "2026-12-31")
        alone = nodes().query("enhet_id == 'E1'").reset_index(drop=True)
        cells = protect_curves(count_events(connection, MEASURE, alone, COHORT), alone, CHOSEN)
        rows = curves(connection, MEASURE, cells, alone, CHOSEN)
        gaps = curve_gaps(rows, MEASURE)
        _, contrasts = pair_figures(connection, MEASURE, cells, rows, alone, CHOSEN)
        parts = curve_mix.curve_mixes(connection, MEASURE, gaps, contrasts)
    return PUBLISHED["uppdelning"].validate(parts[list(PUBLISHED["uppdelning"].columns)]), gaps, contrasts


def told(parts, storhet, dag):
    rows = parts[(parts["storhet"] == storhet) & (parts["dag"] == dag)]
    return rows.set_index("del")["varde"].to_dict()


def alike(people):
    """(sex, diagnosis, age, cases, day of return) → cases of as many persons."""
    frame = pd.DataFrame(people, columns=["kon", "diagnos5", "aldersgrupp", "antal", "dag"])
    frame = frame.loc[frame.index.repeat(frame["antal"])].reset_index(drop=True)
    return frame.assign(
        kvartal="2025-03", enhet_nr=1, patient_nr=frame.index, startgrad="100", sysselsattning="okand", orsak="atergang",
        egen=False,
    )  # fmt: skip


def test_who_is_alike_in_the_same_diagnosis_differs_by_diagnosis_alone():
    """Everybody is back on the day of the diagnosis: day 60, or never within 90 days."""
    parts, gaps, _ = taken_apart(
        alike(
            [("K", "psykiska", "38-47", 150, 120), ("K", "rorelse", "38-47", 50, 60),
             ("M", "psykiska", "38-47", 40, 120), ("M", "rorelse", "38-47", 160, 60)]
        )
    )  # fmt: skip
    assert gaps.query("dag == 90 and indelning == 'ingen'")["differens"].item() == pytest.approx(0.25 - 0.80)
    assert told(parts, "andel", 90) == {"alder": 0.0, "diagnos": -55.0, "niva": 0.0}
    assert told(parts, "medeldagar", 90) == {"alder": 0.0, "diagnos": 16.5, "niva": 0.0}
    assert told(parts, "medeldagar", 365) == {"alder": 0.0, "diagnos": 33.0, "niva": 0.0}
    known = parts[parts["del"] == "diagnos"]
    assert ((known["nedre"] < known["varde"]) & (known["varde"] < known["ovre"])).all()


def test_who_is_composed_alike_differs_by_the_rest_alone():
    """One diagnosis of three is back on day 100 of kvinnor and on day 80 of män."""
    days = {"psykiska": {"K": 100, "M": 80}, "skador": dict.fromkeys("KM", 40), "rorelse": dict.fromkeys("KM", 120)}
    parts, _, _ = taken_apart(
        alike(
            [(sex, name, age, 60, day[sex]) for name, day in days.items() for age in ("18-27", "58-67") for sex in "KM"]
        )
    )
    assert told(parts, "andel", 90) == {"alder": 0.0, "diagnos": 0.0, "niva": -33.3}
    assert told(parts, "medeldagar", 365) == {"alder": 0.0, "diagnos": 0.0, "niva": 6.7}


def test_too_few_persons_cannot_be_taken_apart_and_hidden_ones_are_hidden():
    few = [(sex, "psykiska", "38-47", size, day) for sex, size in (("K", 75), ("M", 49)) for day in (60, 120)]
    parts, _, _ = taken_apart(alike(few))
    assert set(parts["utfall"]) == {"ej_beraknat"}
    assert set(parts["orsak"]) == {"litet_underlag"}
    assert parts[["varde", "nedre", "ovre"]].isna().all(axis=None)
    parts, _, _ = taken_apart(alike([*few[:2], ("M", "psykiska", "38-47", 12, 60)]))
    assert set(parts["utfall"]) == {"dolt"}
    assert parts[["varde", "nedre", "ovre"]].isna().all(axis=None)


def test_where_no_curve_is_shown_nothing_is_taken_apart():
    parts, _, _ = taken_apart(alike([("K", "psykiska", "38-47", 5, 60), ("M", "psykiska", "38-47", 5, 60)]))
    assert parts.empty


def test_censored_and_competing_cases_a_second_time():
    frame = made(size=2_400, seed=9).assign(enhet_nr=1)
    parts, gaps, contrasts = taken_apart(frame)
    inside = frame[frame["kvartal"].isin(COHORT["kvartal"])]
    sides = [by_stratum(inside[inside["kon"] == sex].itertuples()) for sex in ("K", "M")]
    for at, (storhet, dag) in enumerate(curve_lattice.taken_apart(MEASURE)):
        scale = 100 if storhet == "andel" else 1
        found = split_by_hand(*({cell: (sums[0], sums[at + 1]) for cell, sums in side.items()} for side in sides))
        assert told(parts, storhet, dag) == {
            name: pytest.approx(scale * part, abs=0.0501) for name, part in found.items()
        }
        rows = gaps[gaps["indelning"] == "ingen"] if storhet == "andel" else contrasts[contrasts["storhet"] == storhet]
        whole = rows.loc[rows["dag"] == dag, "differens"].item()
        assert sum(found.values()) == pytest.approx(whole, abs=1e-4)


def by_stratum(cases):
    """(age, diagnosis) → cases, and the share by day 90, mean days within 90 and 365 times cases: each case that was
    followed counts for those like it that were not, day by day."""
    people = [(min(one.dag, 366), pd.notna(one.orsak) and one.dag <= 365, one) for one in cases]
    size, open_, weight = len(people), 1.0, {}
    for day in range(1, 368):
        left = sum(last >= day for last, _, _ in people)
        weight[day] = size * open_ / left if left else 0.0
        open_ *= 1 - sum(last == day and ended for last, ended, _ in people) / left if left else 1
    sums = defaultdict(lambda: [0, 0.0, 0.0, 0.0])
    for last, ended, one in people:
        cell = sums[ALDERSGRUPP.ids.index(one.aldersgrupp) // 2, one.diagnos5]
        cell[0] += 1
        cell[1] += weight[last] * (ended and one.orsak == "atergang" and last <= 90)
        for at, tau in ((2, 90), (3, 365)):
            cell[at] += tau * weight[tau + 1] if last > tau else last * weight[last] * ended
    return sums


def split_by_hand(women, men):
    """Das Gupta's cross-classified parts, cell by cell; a sex without cases in a cell has the other's rate."""

    def rate(own, other, cell):
        size, value = own[cell] if cell in own else other[cell]
        return value / size

    def structure(side, cell, of):
        n, whole = side.get(cell, (0, 0))[0], sum(size for size, _ in side.values())
        margins = [Counter(), Counter()]
        for key, (size, _) in side.items():
            margins[0][key[0]] += size
            margins[1][key[1]] += size
        own, other = margins[of][cell[of]], margins[1 - of][cell[1 - of]]
        return sqrt(n / other * own / whole) if n else 0.0

    parts = dict.fromkeys(("alder", "diagnos", "niva"), 0.0)
    for cell in set(women) | set(men):
        r1, r2 = rate(women, men, cell), rate(men, women, cell)
        (a1, b1), (a2, b2) = ([structure(side, cell, of) for of in (0, 1)] for side in (women, men))
        parts["alder"] += (r1 + r2) / 2 * (a1 - a2) * (b1 + b2) / 2
        parts["diagnos"] += (r1 + r2) / 2 * (b1 - b2) * (a1 + a2) / 2
        parts["niva"] += (r1 - r2) * (a1 * b1 + a2 * b2) / 2
    return parts
