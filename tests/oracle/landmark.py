"""The landmark view again, in plain Python: day by day from the landmark, knowing nothing of what comes after it."""

from datetime import timedelta

from tests.oracle.sjukfall import Rules, last_day, started
from tests.oracle.survival import curves

LANDMARKS = (30, 60, 90)


def landmark(chains: list[list[dict]], contacts: list[dict], rules: Rules, end_of) -> list[tuple]:
    """(unit, sex, landmark, arm, day from it, cause) of every started case still open after it; `end_of` a chain is its
    (day, cause), or None where it is not followed."""
    rows = []
    for chain in started(chains, rules):
        end = end_of(chain)
        for day in LANDMARKS:
            if end is None or end[0] <= day:
                continue
            on_the_day = chain[0]["fran"] + timedelta(days=day - 1)
            seen = any(_helped(row, chain) and row["datum"] <= on_the_day for row in contacts)
            arm = "insats" if seen else "inte_annu"
            rows.append((chain[0]["enhet_id"], chain[-1]["kon"], day, arm, end[0] - day, end[1]))
    return rows


def _helped(contact: dict, chain: list[dict]) -> bool:
    same = (contact["vardgivare_id"], contact["patient_id"]) == (chain[0]["vardgivare_id"], chain[0]["patient_id"])
    return same and contact["handelse"] == "insats" and chain[0]["fran"] <= contact["datum"] <= last_day(chain)


def standardised(cases: list[dict], last: int, causes: list[str]) -> dict[str, list[float]]:
    """Arm → share of causes[0] on every day 0 … last, each arm as if it were the mix of both. A case has arm, stratum (parts,
    the first dropped first), patient, dag and orsak. Missing (None) where a group of cases is followed no longer."""
    group = pooled(cases, last, causes[0])
    out = {arm: [0.0] * (last + 1) for arm in ("insats", "inte_annu")}
    for name in set(group.values()):
        inside = [case for case in cases if group[case["stratum"]] == name]
        for arm in out:
            people = [
                (-1, case["dag"], causes.index(case["orsak"]) + 1 if case["orsak"] else 0)
                for case in inside
                if case["arm"] == arm
            ]
            found = curves(people, list(range(last + 1)), len(causes))
            for day in range(last + 1):
                seen = found["risk"][day] > 0 or found["S"][day] < 1e-9
                share = len(inside) / len(cases) * found["F"][day][0]
                out[arm][day] = out[arm][day] + share if seen and out[arm][day] is not None else None
    return out


def pooled(cases: list[dict], last: int, event: str, persons: int = 20, events: int = 10) -> dict[tuple, tuple]:
    """Stratum → the group it is in: by itself if both arms are large enough, else with others of the same later parts, else
    with all that is left, and if that is too small with the smallest group that is not."""
    strata = sorted({case["stratum"] for case in cases})
    group = {stratum: stratum for stratum in strata}

    def large(name: tuple) -> bool:
        for arm in ("insats", "inte_annu"):
            own = [case for case in cases if group[case["stratum"]] == name and case["arm"] == arm]
            if len({(case["stratum"], case["patient"]) for case in own}) < persons:
                return False
            if sum(case["orsak"] == event and case["dag"] <= last for case in own) < events:
                return False
        return True

    for dropped in range(1, len(strata[0]) + 1):
        small = [stratum for stratum in strata if not large(group[stratum])]
        group |= {stratum: stratum[dropped:] for stratum in small}
    small = [stratum for stratum in strata if not large(group[stratum])]
    size = {name: sum(group[case["stratum"]] == name for case in cases) for name in set(group.values()) if large(name)}
    if size:
        group |= dict.fromkeys(small, min(size, key=lambda name: (size[name], "/".join(name))))
    return group
