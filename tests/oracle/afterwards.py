"""Lower grades, returns that last, new cases and grades day by day: again, in plain Python, chain by chain."""

from datetime import date, timedelta
from itertools import pairwise

from tests.oracle.sjukfall import Rules, atergang, last_day, month_ends, started

LASTS = 28


def who(chain: list[dict]) -> tuple:
    return chain[0]["vardgivare_id"], chain[0]["patient_id"]


def next_start(chain: list[dict], chains: list[list[dict]]) -> date | None:
    later = [other[0]["fran"] for other in chains if who(other) == who(chain) and other[0]["fran"] > chain[0]["fran"]]
    return min(later, default=None)


def lasted(chain: list[dict], chains: list[list[dict]], rules: Rules) -> bool:
    """More free days than the gap and four weeks."""
    following = next_start(chain, chains)
    return following is None or (following - last_day(chain)).days - 1 > rules.gap + LASTS


def partiell(chains: list[list[dict]], rules: Rules) -> list[tuple]:
    until = rules.data_tom - timedelta(days=rules.gap + 1)
    rows = []
    for chain in started(chains, rules):
        first, start = chain[0], chain[0]["fran"]
        if first["grad"] == 25 or start > until:
            continue
        lower = [row["fran"] for row in chain if row["grad"] < first["grad"] and row["fran"] > start]
        stop = min(lower) if lower else last_day(chain)
        cause = None if stop > until else "partiell" if lower else "avslut"
        rows.append((first["enhet_id"], chain[-1]["kon"], (min(stop, until) - start).days + 1, cause))
    return sorted(rows, key=str)


def varaktigt_avslut(chains: list[list[dict]], rules: Rules) -> list[tuple]:
    until = rules.data_tom - timedelta(days=rules.gap + LASTS + 1)
    rows = []
    for chain in started(chains, rules):
        start, last = chain[0]["fran"], last_day(chain)
        if start <= until:
            cause = None if last > until else "varaktigt" if lasted(chain, chains, rules) else "ny"
            rows.append((chain[0]["enhet_id"], chain[-1]["kon"], (min(last, until) - start).days + 1, cause))
    return sorted(rows, key=str)


def varaktig(chains: list[list[dict]], outcomes: list[dict], rules: Rules) -> list[tuple]:
    """Each case by itself as in `atergang`, followed so much shorter that every return has been seen to last."""
    shorter = max(rules.gap + LASTS + 1, rules.window)
    until = rules.data_tom - timedelta(days=shorter)
    rows = []
    for chain in started(chains, rules):
        start = chain[0]["fran"]
        if start > until:
            continue
        mine = [other for other in chains if who(other) == who(chain)]
        alone = [other if other is chain else [row | {"alder": -1} for row in other] for other in mine]
        found = atergang(alone, outcomes, rules)
        if found:
            unit, sex, day, cause = found[0]
            if day > (until - start).days + 1:
                day, cause = (until - start).days + 1, None
            if cause == "atergang":
                cause = "varaktig" if lasted(chain, chains, rules) else "ny"
            rows.append((unit, sex, day, cause))
    return sorted(rows, key=str)


def aterinsjuknande(chains: list[list[dict]], outcomes: list[dict], rules: Rules) -> list[tuple]:
    known = [end for end in month_ends(rules) if (end.replace(day=1) - rules.data_fran).days > rules.gap]
    known = [end for end in known if end + timedelta(days=rules.gap + 1) <= rules.data_tom]
    months = {(end.year, end.month) for end in known}
    dead = _died_at_the_end(chains, outcomes, rules)
    rows = []
    for chain in chains:
        last, end = chain[-1], last_day(chain)
        if (end.year, end.month) not in months or not rules.low <= last["alder"] <= rules.high or id(chain) in dead:
            continue
        gone = sorted(
            (row["datum"], row["utfall"])
            for row in outcomes
            if (row["vardgivare_id"], row["patient_id"]) == who(chain) and row["datum"] > end
            and row["utfall"] in ("avliden", "flyttat")
        )  # fmt: skip
        following = next_start(chain, chains)
        steps = [(rules.data_tom, 2, None)]
        steps += [(following, 0, "ny")] if following else []
        steps += [(day, 1, "avliden" if why == "avliden" else None) for day, why in gone[:1]]
        day, _, cause = min(steps, key=lambda step: step[:2])
        rows.append((last["enhet_id"], last["kon"], (day - end).days, cause))
    return sorted(rows, key=str)


def _died_at_the_end(chains: list[list[dict]], outcomes: list[dict], rules: Rules) -> set[int]:
    """Which chains ended with death, whatever their age and start: asked of `atergang` with neither limit."""
    wide = Rules(data_fran=date(1900, 1, 1), data_tom=date(2100, 1, 31), low=-999, high=999)
    found = set()
    for chain in chains:
        alone = [other if other is chain else [row | {"alder": -9999} for row in other] for other in chains]
        if [row[3] for row in atergang(alone, outcomes, wide)] == ["avliden"]:
            found.add(id(chain))
    return found


def grades(chains: list[list[dict]], rules: Rules) -> list[tuple]:
    """(unit, sex, day, from, to): day 0 the first grade, then each change, then the end (0) or the last day followed."""
    until = rules.data_tom - timedelta(days=rules.gap + 1)
    rows = []
    for chain in started(chains, rules):
        unit, sex, start = chain[0]["enhet_id"], chain[-1]["kon"], chain[0]["fran"]
        if start > until:
            continue
        last = last_day(chain)
        path = [
            [row for row in chain if row["fran"] <= start + timedelta(days=day)][-1]["grad"]
            for day in range((min(last, until) - start).days + 1)
        ]
        if last <= until and len(path) > 1:
            path[-1] = path[-2]  # a grade that begins on the last day lasts no day more
        rows.append((unit, sex, 0, None, path[0]))
        changes = [(day, before, now) for day, (before, now) in enumerate(pairwise(path), 2)]
        rows += [(unit, sex, day, before, now) for day, before, now in changes if before != now]
        rows.append((unit, sex, len(path), path[-1], 0 if last <= until else None))
    return sorted(rows, key=str)
