"""The national counting and the view of a day again, from the rules, one patient and one certificate at a time."""

from dataclasses import dataclass
from datetime import date, timedelta

COUNTED = {"FK7804", "LISJP", "FK7263"}
GRADES = {25, 50, 75, 100}


@dataclass(frozen=True)
class World:
    units: frozenset[str]
    today: date
    gap: int = 5
    count_unknown: bool = True


def days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=step) for step in range((last - first).days + 1)}


def five_years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 5)
    except ValueError:
        return date(day.year + 5, 2, 28)


def standing(rows: list[dict]) -> list[dict]:
    """The rows as last known, without certificates that were ever revoked."""
    revoked = {row["intyg_id"] for row in rows if row["handelse"] == "makulerat"}
    latest: dict[tuple, dict] = {}
    for row in rows:
        key = (row["intyg_id"], row["period_nr"])
        if row["intyg_id"] not in revoked and (key not in latest or latest[key]["kand_fran"] < row["kand_fran"]):
            latest[key] = row
    return list(latest.values())


def counts(row: dict, world: World) -> bool:
    return (
        row["typ"].strip().upper() in COUNTED
        and row["fran"] >= date(2010, 1, 1)
        and row["tom"] <= five_years_later(world.today)
        and row["tom"] >= row["fran"]
        and row["grad"] in GRADES
        and row["alder"] != -1
        and len((row.get("kommun_kod") or "").strip()) <= 4
        and (world.count_unknown or row["enhet_id"] in world.units)
    )


def order(row: dict) -> tuple:
    return (row["fran"], row["kand_fran"], row["intyg_id"], row["grad"], row["period_nr"])


def patients(rows: list[dict]) -> dict[tuple, list[dict]]:
    out: dict[tuple, list[dict]] = {}
    for row in rows:
        out.setdefault((row["vardgivare_id"], row["patient_id"]), []).append(row)
    return out


def chains(rows: list[dict], world: World) -> list[tuple[tuple, list[dict]]]:
    """(patient, periods in order) of every sjukfall."""
    out = []
    for patient, own in patients([row for row in standing(rows) if counts(row, world)]).items():
        end = None
        for row in sorted(own, key=order):
            if end is None or (row["fran"] - end).days > world.gap + 1:
                out.append((patient, []))
                end = row["tom"]
            out[-1][1].append(row)
            end = max(end, row["tom"])
    return out


def inside(value: int, bounds: list[tuple] | None) -> bool:
    return bounds is None or any(
        (low is None or value >= low) and (high is None or value <= high) for low, high in bounds
    )


def national(rows: list[dict], world: World, question, clean) -> list[tuple]:
    """(period number, patient, first day, E, length, certificates, age, sex, unit, diagnosis, grade) of every sjukfall
    counted. `question.enheter` holds unit ids; `clean(diagnosis)` is the category or None."""
    out = []
    for patient, chain in chains(rows, world):
        if patient[0] not in question.vardgivare:
            continue
        for number, (first, last) in enumerate(question.perioder):
            matching = [row for row in chain if _matches(row, first, last, question, clean)]
            if not matching:
                continue
            end = max(row["tom"] for row in matching)
            begun = [row for row in chain if row["fran"] <= end]
            length = len(set().union(*(days(row["fran"], row["tom"]) for row in begun)))
            if inside(length, question.langder):
                row = max(matching, key=order)
                certificates = len({row["intyg_id"] for row in begun})
                age = max(row["alder"] for row in matching)
                out.append(
                    (number, patient, chain[0]["fran"], end, length, certificates, age, row["kon"], row["enhet_id"],
                     row["diagnos"], row["grad"])
                )  # fmt: skip
    return out


def _matches(row: dict, first: date, last: date, question, clean) -> bool:
    return (
        row["fran"] <= last
        and row["tom"] >= first
        and (question.enheter is None or row["enhet_id"] in question.enheter)
        and (question.diagnoser is None or ("kategori", clean(row["diagnos"])) in question.diagnoser)
        and inside(row["alder"], question.aldrar)
    )


@dataclass
class Block:
    intyg_id: str
    periods: list[dict]

    def __post_init__(self):
        self.first = min(row["fran"] for row in self.periods)
        self.last = max(row["tom"] for row in self.periods)
        self.signed = max(row["signerad"] for row in self.periods)
        self.known = max(row["kand_fran"] for row in self.periods)

    def active(self, day: date | None) -> bool:
        return day is not None and any(row["fran"] <= day <= row["tom"] for row in self.periods)


def replaced(rows: list[dict]) -> set[str]:
    """Certificates that another one, not revoked, replaces or completes, or that their sender says are replaced."""
    left = standing(rows)
    alive = {row["intyg_id"] for row in left}
    by = {row[name] for row in left for name in ("ersatter_intyg_id", "kompletterar_intyg_id") if row.get(name)}
    by_dead = {
        row["ersatter_intyg_id"] for row in rows if row.get("ersatter_intyg_id") and row["intyg_id"] not in alive
    }
    return by | {row["intyg_id"] for row in left if row["handelse"] == "ersatt" and row["intyg_id"] not in by_dead}


def now(rows: list[dict], question) -> dict[tuple, tuple]:
    """Patient → (anchor, linked certificates in order, first day, last day, certified days) of those shown."""
    gone = replaced(rows)
    kept = [
        row
        for row in standing(rows)
        if row["intyg_id"] not in gone
        and row["enhet_id"] in question.enheter
        and row["vardgivare_id"] == question.vardgivare
        and row["typ"].strip().upper() in COUNTED
    ]
    out = {}
    for patient, own in patients(kept).items():
        blocks = [
            Block(name, [row for row in own if row["intyg_id"] == name])
            for name in sorted({r["intyg_id"] for r in own})
        ]
        blocks.sort(key=lambda block: (block.last, block.known, block.intyg_id))
        shown = _shown(blocks, question)
        if shown is not None:
            linked = _linked(blocks, shown, question.glapp)
            certified = set().union(*(days(row["fran"], row["tom"]) for block in linked for row in block.periods))
            out[patient] = (
                shown.intyg_id,
                [block.intyg_id for block in linked],
                min(block.first for block in linked),
                max(block.last for block in linked),
                len(certified),
            )
    return out


def _shown(blocks: list[Block], question) -> Block | None:
    active = [block for block in blocks if block.active(question.dag)]
    recent = [
        block
        for block in blocks
        if question.dag and block.last < question.dag <= block.last + timedelta(days=question.dagar_efter)
    ]
    candidates = active or recent
    return max(candidates, key=lambda block: block.signed) if candidates else None  # max keeps the one met first


def _linked(blocks: list[Block], anchor: Block, gap: int) -> list[Block]:
    at = blocks.index(anchor)
    after, end = [], anchor.last
    for block in sorted(blocks[at + 1 :], key=lambda one: (one.first, one.last, one.known, one.intyg_id)):
        if block.first > end + timedelta(days=gap + 1):
            break
        after.append(block)
        end = block.last
    before: list[Block] = []
    start = min([anchor.first, *(block.first for block in after)])
    for block in reversed(blocks[:at]):
        if block.last < start - timedelta(days=gap + 1):
            break
        before.insert(0, block)
        start = block.first
    return [*before, anchor, *after]


def history(rows: list[dict], question) -> dict[tuple, list[tuple]]:
    """Patient → (first day, last day, certificates) of each sjukfall of the patient view, newest first."""
    gone = replaced(rows)
    out = {}
    kept = [
        row
        for row in standing(rows)
        if row["intyg_id"] not in gone
        and row["enhet_id"] in question.enheter
        and row["vardgivare_id"] == question.vardgivare
        and row["typ"].strip().upper() in COUNTED
    ]
    for patient, own in patients(kept).items():
        names = sorted({row["intyg_id"] for row in own})
        blocks = [Block(name, [row for row in own if row["intyg_id"] == name]) for name in names]
        blocks.sort(key=lambda block: (block.first, block.last, block.known, block.intyg_id))
        groups: list[list[Block]] = []
        for before, block in zip([None, *blocks], blocks, strict=False):
            if before is None or (block.first - before.last).days > question.glapp + 1:
                groups.append([])
            groups[-1].append(block)
        shown = [(group[0].first, max(block.last for block in group), len(group)) for group in reversed(groups)]
        out[patient] = [one for one in shown if question.dag is None or one[0] <= question.dag]
    return out
