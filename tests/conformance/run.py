"""Runs the cases of a file: as many as can share a warehouse at a time, each table of each case against the SQL."""

import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from pipelines.views import count_national, just_now
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
REGION = "specialrapporten skane"
Wrong = list[tuple[str, object, object]]


@dataclass
class Outcome:
    """What became of one case: what differs, what was not compared, and how much was compared."""

    case: dict
    wrong: Wrong = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    compared: int = 0


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
        together[setting(outcome.case)].append((f"C{at:04}-", outcome))
    with tempfile.TemporaryDirectory(prefix="sjukvy-conformance-") as folder:
        for at, ((today, gap), members) in enumerate(sorted(together.items(), key=lambda item: item[0])):
            delivered = [(prefix, now.prepared(outcome.case)) for prefix, outcome in members]
            with warehouse_of(delivered, today, gap, Path(folder) / str(at)) as connection:
                _acceptance(connection, [one for one in members if "tables" in one[1].case["expected"]], gap)
                _units(connection, [one for one in members if _engine(one) == "unit"])
                _now(connection, [one for one in members if _engine(one) == "infra"])
    return outcomes


def _engine(member: tuple[str, Outcome]) -> str:
    case = member[1].case
    return "tables" if "tables" in case["expected"] else "infra" if case["engine"] == "infra" else "unit"


def _acceptance(connection: duckdb.DuckDBPyConnection, members: list[tuple[str, Outcome]], gap: int) -> None:
    """One question per table and set of filters; rows of a region's special order have one each."""
    if not members:
        return
    directory, labels = Directory(connection), _labels(connection)
    asked: list[tuple] = []  # (outcome, table, filters or row, prefix, question)
    for prefix, outcome in members:
        for table in outcome.case["expected"]["tables"]:
            if table["report"] in SKIPPED:
                outcome.skipped.append(SKIPPED[table["report"]])
            elif table["report"] == REGION:
                region = special.Region(directory, prefix, outcome.case)
                asked += [(outcome, table, row, region, region.question(row)) for row in table["rows"]]
            elif table["report"] in ORDERS:
                _order(special.Chains(connection, prefix, outcome.case, gap), directory, outcome, table)
            else:
                for text in dict.fromkeys(key(row) for row in table["rows"]):
                    filters = json.loads(text)
                    asked.append(
                        (outcome, table, filters, prefix, question(directory, prefix, outcome.case, table, filters))
                    )
    bare = [replace(one[-1], diagnoser=None, aldrar=None, langder=None) for one in asked]
    count_national(connection, [*(one[-1] for one in asked), *bare])
    given = answers(connection, 2 * len(asked))
    for (outcome, table, what, by, _), answer, unfiltered in zip(
        asked, given[: len(asked)], given[len(asked) :], strict=True
    ):
        if table["report"] == REGION:
            _judge(outcome, table, what, [("value", what["value"], by.value(connection, answer, what))])
            continue
        one = Table(outcome.case, table, what, by, answer, unfiltered, directory, labels)
        for row in table["rows"]:
            if key(row) == key({"filters": what}):
                _judge(outcome, table, row, statistik.compare(one, row))


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


def _units(connection: duckdb.DuckDBPyConnection, members: list[tuple[str, Outcome]]) -> None:
    if not members:
        return
    directory = Directory(connection)
    count_national(connection, [units.question(directory, prefix, outcome.case) for prefix, outcome in members])
    for (prefix, outcome), answer in zip(members, answers(connection, len(members)), strict=True):
        outcome.skipped += units.skipped(outcome.case)
        if units.NOT_THE_RULE not in (outcome.case["params"].get("note") or ""):
            outcome.wrong += units.compare(connection, prefix, outcome.case, answer, directory)
            outcome.compared += 1


def _now(connection: duckdb.DuckDBPyConnection, members: list[tuple[str, Outcome]]) -> None:
    if not members:
        return
    directory = Directory(connection)
    prepared = [(prefix, now.prepared(outcome.case)) for prefix, outcome in members]
    just_now(connection, [now.question(directory, prefix, case) for prefix, case in prepared])
    for number, (prefix, outcome) in enumerate(members):
        outcome.wrong += now.compare(connection, number, prefix, outcome.case)
        outcome.compared += 1
