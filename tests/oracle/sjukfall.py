"""Sjukfall, stock, return and coverage again, in plain Python and written from the rules, one patient at a time."""

from dataclasses import dataclass
from datetime import date, timedelta

COUNTED = {"FK7804", "LISJP", "FK7263"}


@dataclass(frozen=True)
class Rules:
    data_fran: date
    data_tom: date
    gap: int = 5
    target: int = 30
    window: int = 28
    low: int = 18
    high: int = 67


def sjukfall(certificates: list[dict], rules: Rules) -> list[list[dict]]:
    """Chains of certified periods, each in the order they count."""
    revoked = {row["intyg_id"] for row in certificates if row["handelse"] == "makulerat"}
    latest: dict[tuple, tuple[int, dict]] = {}
    for order, row in enumerate(certificates):
        if row["handelse"] == "makulerat" or row["intyg_id"] in revoked:
            continue
        key = (row["intyg_id"], row["period_nr"])
        if key not in latest or (row["kand_fran"], order) > (latest[key][1]["kand_fran"], latest[key][0]):
            latest[key] = (order, row)
    kept = [
        (row["fran"], row["kand_fran"], order, row["grad"], row)
        for order, row in latest.values()
        if _counts(row, rules)
    ]
    patients = sorted({(row["vardgivare_id"], row["patient_id"]) for *_, row in kept})
    chains: list[list[dict]] = []
    for patient in patients:
        own = [item for item in kept if (item[-1]["vardgivare_id"], item[-1]["patient_id"]) == patient]
        end = None
        for item in sorted(own, key=lambda item: item[:4]):
            row = item[-1]
            if end is None or (row["fran"] - end).days - 1 > rules.gap:
                chains.append([])
                end = row["tom"]
            chains[-1].append(row)
            end = max(end, row["tom"])
    return chains


def _counts(row: dict, rules: Rules) -> bool:
    limit = rules.data_tom.replace(year=rules.data_tom.year + 5)
    return (
        row["typ"].strip().upper() in COUNTED
        and row["fran"] >= date(2010, 1, 1)
        and row["tom"] <= limit
        and row["grad"] in (25, 50, 75, 100)
    )


def days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=step) for step in range((last - first).days + 1)}


def certified(chain: list[dict]) -> set[date]:
    return set().union(*(days(row["fran"], row["tom"]) for row in chain))


def last_day(chain: list[dict]) -> date:
    return max(row["tom"] for row in chain)


def month_ends(rules: Rules) -> list[date]:
    """Last days of the whole months in the data."""
    every = days(rules.data_fran, rules.data_tom)
    return sorted(day for day in every if (day + timedelta(days=1)).day == 1 and day.replace(day=1) >= rules.data_fran)


def pagaende(chains: list[list[dict]], rules: Rules) -> list[tuple]:
    """(month, unit, sex, certified days so far) of every case open on a month-end."""
    rows = []
    for chain in chains:
        for end in month_ends(rules):
            begun = [row for row in chain if row["fran"] <= end]
            if not begun or last_day(chain) < end:
                continue
            row = begun[-1]
            if rules.low <= row["alder"] <= rules.high:
                so_far = {day for day in certified(begun) if day <= end}
                rows.append((f"{end:%Y-%m}", row["enhet_id"], row["kon"], len(so_far)))
    return sorted(rows)


def started(chains: list[list[dict]], rules: Rules) -> list[list[dict]]:
    """Chains that start in a month whose starts are all known."""
    months = {
        (end.year, end.month) for end in month_ends(rules) if (end.replace(day=1) - rules.data_fran).days > rules.gap
    }
    return [
        chain
        for chain in chains
        if (chain[0]["fran"].year, chain[0]["fran"].month) in months and rules.low <= chain[0]["alder"] <= rules.high
    ]


def avslut(chains: list[list[dict]], rules: Rules) -> list[tuple]:
    """(unit, sex, day, cause) of every started case; cause None when it is followed no longer."""
    return _by_case(chains, rules, lambda chain: ended(chain, rules))


def ended(chain: list[dict], rules: Rules) -> tuple[int, str | None] | None:
    """(day, cause) of one case; None when it starts after the last day that ends are known."""
    until = rules.data_tom - timedelta(days=rules.gap + 1)
    start, last = chain[0]["fran"], last_day(chain)
    return ((min(last, until) - start).days + 1, "avslut" if last <= until else None) if start <= until else None


def _by_case(chains: list[list[dict]], rules: Rules, end_of) -> list[tuple]:
    found = [(chain[0]["enhet_id"], chain[-1]["kon"], end_of(chain)) for chain in started(chains, rules)]
    return sorted(((unit, sex, *end) for unit, sex, end in found if end is not None), key=str)


GROUPS = {
    "atergang_arbete": "atergang",
    "atergang_arbetssokande": "atergang",
    "atergang_studier": "atergang",
    "sjukersattning": "ersattning",
    "aktivitetsersattning": "ersattning",
    "alderspension": "pension",
}


def atergang(chains: list[list[dict]], outcomes: list[dict], rules: Rules) -> list[tuple]:
    """(unit, sex, day, cause) where the first outcome registered from the last certificate on decides."""
    return _by_case(chains, rules, lambda chain: returned(chain, chains, outcomes, rules))


def returned(
    chain: list[dict], chains: list[list[dict]], outcomes: list[dict], rules: Rules
) -> tuple[int, str | None] | None:
    """(day, cause) of one case; None when it starts after the last day that outcomes are known."""
    until = rules.data_tom - timedelta(days=max(rules.gap + 1, rules.window))
    patient = (chain[0]["vardgivare_id"], chain[0]["patient_id"])
    later = [
        other[0]["fran"]
        for other in chains
        if (other[0]["vardgivare_id"], other[0]["patient_id"]) == patient and other[0]["fran"] > chain[0]["fran"]
    ]
    stop = min([last_day(chain) + timedelta(days=rules.window), *(first - timedelta(days=1) for first in later)])
    found = sorted(
        (row["datum"], row["utfall"])
        for row in outcomes
        if (row["vardgivare_id"], row["patient_id"]) == patient and chain[-1]["fran"] <= row["datum"] <= stop
    )
    end = min([last_day(chain), *(day for day, _ in found[:1])])
    cause = GROUPS.get(found[0][1], found[0][1]) if found else "okand"
    start = chain[0]["fran"]
    if start > until:
        return None
    return (min(end, until) - start).days + 1, cause if end <= until and cause != "flyttat" else None


def tackning(chains: list[list[dict]], contacts: list[dict], rules: Rules) -> list[tuple]:
    """(unit, sex, day, cause, by own unit) of every started case that reached the target day."""
    until = rules.data_tom - timedelta(days=rules.gap + 1)
    rows = []
    for chain in started(chains, rules):
        zero = chain[0]["fran"] + timedelta(days=rules.target - 1)
        if last_day(chain) < zero or zero > until:
            continue
        patient = (chain[0]["vardgivare_id"], chain[0]["patient_id"])
        helped = sorted(
            (row["datum"], row["enhet_id"] != chain[0]["enhet_id"])
            for row in contacts
            if (row["vardgivare_id"], row["patient_id"]) == patient
            and row["handelse"] == "insats"
            and chain[0]["fran"] <= row["datum"] <= last_day(chain)
        )
        unit, sex = chain[0]["enhet_id"], chain[-1]["kon"]
        if helped and helped[0][0] <= until:
            rows.append((unit, sex, max(0, (helped[0][0] - zero).days), "insats", not helped[0][1]))
        else:
            day = (min(last_day(chain), until) - zero).days
            rows.append(
                (unit, sex, day, "lamnat" if last_day(chain) <= until else None, bool(helped) and not helped[0][1])
            )
    return sorted(rows, key=str)
