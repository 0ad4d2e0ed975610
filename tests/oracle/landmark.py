"""The landmark view again, in plain Python: day by day from the landmark, knowing nothing of what comes after it."""

from datetime import timedelta

from tests.oracle.sjukfall import Rules, last_day, started

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
