"""Runs the cases of a file: as many as can share a warehouse at a time, each table of each case against the SQL."""

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from pipelines.views import National, count_national, just_now
from tests.conformance import now, special, statistik, units
from tests.conformance.counts import answers
from tests.conformance.deliver import setting, warehouse_of
from tests.conformance.questions import Directory, key, question
from tests.conformance.statistik import Table

# Reports that the product does not have. By name and with the reason, never by case.
SKIPPED = {
    "sjukfall per lakare": "per läkare: läkare levereras inte och visas aldrig",
    "lakarkonalder": "läkares kön och ålder: läkare levereras inte och visas aldrig",
    "lakarbefattning": "läkares befattning: läkare levereras inte och visas aldrig",
    "meddelanden per lakare": "meddelanden per läkare: läkare levereras inte och visas aldrig",
    "lan": "län: produkten visar en region, dess områden och enheter",
    "andel sjukfall per kon": "könsfördelning per län: produkten visar en region, dess områden och enheter",
}
ORDERS = {
    "rapporten forsakringskassan",
    "socialstyrelsen",
    "socialstyrelsen som median",
    "socialstyrelsen som standardavvikelse",
    "specialrapporten sjukfall per sjukskrivningslangd",
}
PLACEHOLDER = "-"  # stands on the page where a unit's name should; "Enhet enhet1" and name with id are read as the unit
REGION = "specialrapporten skane"
Wrong = list[tuple[str, object, object]]


@dataclass
class Outcome:
    """What became of one case: what differs, what was not compared, and how much was compared."""

    case: dict
    wrong: Wrong = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    compared: int = 0


Member = tuple[str, Outcome]  # with the prefix of its ids


def main(path: Path) -> int:
    outcomes = run(json.loads(path.read_text(encoding="utf-8")))
    for outcome in outcomes:
        if outcome.wrong:
            print(f"FAILED {outcome.case['id']}: {outcome.case['rule']}")
            for what, expected, got in outcome.wrong:
                print(f"    {what}: expected {expected!r}, got {got!r}")
    reasons = Counter(reason for outcome in outcomes for reason in outcome.skipped)
    for reason, number in sorted(reasons.items()):
        print(f"skipped {number} × {reason}")
    failed = sum(bool(outcome.wrong) for outcome in outcomes)
    passed = sum(not outcome.wrong and outcome.compared > 0 for outcome in outcomes)
    print(f"{passed} passed, {failed} failed, {len(outcomes) - passed - failed} skipped")
    return 1 if failed else 0


def run(cases: list[dict]) -> list[Outcome]:
    """Cases with the same day and gap share a warehouse; the cases keep apart by the prefix of their ids."""
    together = defaultdict(list)
    outcomes = [Outcome(case) for case in cases]
    for at, outcome in enumerate(outcomes):
        with _told(outcome):
            together[setting(outcome.case)].append((f"C{at:04}-", outcome))
    with tempfile.TemporaryDirectory(prefix="sjukvy-conformance-") as folder:
        for at, ((today, gap), members) in enumerate(sorted(together.items(), key=lambda item: item[0])):
            _together(members, today, gap, Path(folder) / str(at))
    return outcomes


def _together(members: list[Member], today: date, gap: int, folder: Path) -> None:
    """One delivery of all of them; when it cannot be taken in, one by one, so that the others are still judged."""
    try:
        delivered = [(prefix, now.prepared(outcome.case)) for prefix, outcome in members]
        with warehouse_of(delivered, today, gap, folder) as connection:
            directory = Directory(connection)
            _acceptance(connection, directory, [one for one in members if _kind(one) == "tables"], gap)
            _units(connection, directory, [one for one in members if _kind(one) == "unit"])
            _now(connection, directory, [one for one in members if _kind(one) == "infra"])
    except Exception as fault:
        if len(members) == 1:
            members[0][1].wrong.append(("the case cannot be run", None, repr(fault)))
            return
        for at, member in enumerate(members):
            member[1].wrong, member[1].skipped, member[1].compared = [], [], 0
            _together([member], today, gap, folder.with_name(f"{folder.name}-{at}"))


@contextmanager
def _told(outcome: Outcome) -> Iterator[None]:
    """What cannot be read of a case is a fault of that case and stops no other."""
    try:
        yield
    except Exception as fault:
        outcome.wrong.append(("the case cannot be read", None, repr(fault)))


def _kind(member: Member) -> str:
    case = member[1].case
    return "tables" if "tables" in case["expected"] else "infra" if case["engine"] == "infra" else "unit"


@dataclass(frozen=True)
class Asked:
    """A question with what asks it: a table under one set of filters, or one row of a region's special order."""

    outcome: Outcome
    table: dict
    filters: dict
    row: dict | None
    by: str | special.Region
    question: National


def _acceptance(connection: duckdb.DuckDBPyConnection, directory: Directory, members: list[Member], gap: int) -> None:
    """Every table of every case: the special orders at once, the others as questions answered together."""
    asked: list[Asked] = []
    for prefix, outcome in members:
        for table in outcome.case["expected"]["tables"]:
            with _told(outcome):
                if table["report"] in SKIPPED:
                    outcome.skipped.append(SKIPPED[table["report"]])
                elif table["report"] in ORDERS:
                    _order(special.Chains(connection, prefix, outcome.case, gap), directory, outcome, table)
                else:
                    asked += _questions(directory, prefix, outcome, table)
    bare = [replace(one.question, diagnoser=None, aldrar=None, langder=None) for one in asked]
    count_national(connection, [*(one.question for one in asked), *bare])
    given, labels = answers(connection, 2 * len(asked)), _labels(connection)
    for one, answer, unfiltered in zip(asked, given[: len(asked)], given[len(asked) :], strict=True):
        with _told(one.outcome):
            if isinstance(one.by, special.Region):
                got = one.by.value(connection, answer, one.row)
                _judge(one.outcome, one.table, one.row, [("value", one.row["value"], got)])
            else:
                table = Table(one.outcome.case, one.table, one.filters, one.by, answer, unfiltered, directory, labels)
                _rows(one, table)


def _questions(directory: Directory, prefix: str, outcome: Outcome, table: dict) -> list[Asked]:
    """One question per set of filters; a region's special order has one per row."""
    if table["report"] == REGION:
        region = special.Region(directory, prefix, outcome.case)
        return [Asked(outcome, table, {}, row, region, region.question(row)) for row in table["rows"]]
    filters = [json.loads(text) for text in dict.fromkeys(key(row) for row in table["rows"])]
    return [
        Asked(outcome, table, chosen, None, prefix, question(directory, prefix, outcome.case, table, chosen))
        for chosen in filters
    ]


def _rows(one: Asked, table: Table) -> None:
    for row in one.table["rows"]:
        if key(row) != key({"filters": one.filters}):
            continue
        if row.get("group") == PLACEHOLDER:
            one.outcome.skipped.append("etiketten på sidan är en platshållare")
        else:
            _judge(one.outcome, one.table, row, statistik.compare(table, row))


def _judge(outcome: Outcome, table: dict, row: dict, found: Wrong) -> None:
    viewer = (table.get("viewer") or {}).get("units") or ""
    where = " ".join(str(part) for part in (table["report"], table["shape"], table["level"], viewer) if part)
    said = {name: value for name, value in row.items() if name in ("group", "month", "filters", "unit", "chosen_node")}
    outcome.compared += 1
    outcome.wrong += [(f"{where} {said} {what}", wanted, got) for what, wanted, got in found if not same(wanted, got)]


def same(wanted: object, got: object) -> bool:
    if isinstance(wanted, dict) and "approximately" in wanted:
        return isinstance(got, float) and abs(wanted["approximately"] - got) < 0.01
    return wanted == got


def _order(chains: special.Chains, directory: Directory, outcome: Outcome, table: dict) -> None:
    for row in table["rows"]:
        if table["report"] == "rapporten forsakringskassan":
            got = special.insurance(chains, row)
        elif table["report"] == "socialstyrelsen":
            got = special.welfare(chains, row)
        elif table["report"].startswith("socialstyrelsen som"):
            got = special.spread(chains, row, table["report"].split()[-1])
        else:
            got = special.lengths(chains, directory, row)
        _judge(outcome, table, row, [(name, row.get(name), value) for name, value in got.items() if name in row])


def _labels(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    query = "SELECT diagnosgrupp, etikett FROM core.nationella_diagnosgrupper ORDER BY ordning"
    return dict(connection.execute(query).fetchall())


def _units(connection: duckdb.DuckDBPyConnection, directory: Directory, members: list[Member]) -> None:
    count_national(connection, [units.question(directory, prefix, outcome.case) for prefix, outcome in members])
    for (prefix, outcome), answer in zip(members, answers(connection, len(members)), strict=True):
        outcome.skipped += units.skipped(outcome.case)
        with _told(outcome):
            outcome.wrong += units.compare(connection, prefix, outcome.case, answer, directory)
            outcome.compared += 1


def _now(connection: duckdb.DuckDBPyConnection, directory: Directory, members: list[Member]) -> None:
    prepared = [(prefix, now.prepared(outcome.case)) for prefix, outcome in members]
    just_now(connection, [now.question(directory, prefix, case) for prefix, case in prepared])
    for number, (prefix, outcome) in enumerate(members):
        with _told(outcome):
            outcome.wrong += now.compare(connection, number, prefix, outcome.case)
            outcome.compared += 1
