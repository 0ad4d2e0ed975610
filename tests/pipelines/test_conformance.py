"""Every published case of the two national systems, through the same SQL as the product."""

import json

from tests.conformance.run import SKIPPED, run


def test_published_cases_pass(shared):
    outcomes = run(json.loads((shared / "cases" / "sjukfall.json").read_text(encoding="utf-8")))
    assert {one.case["id"]: one.wrong for one in outcomes if one.wrong} == {}
    assert sum(one.compared for one in outcomes) > 2_400
    silent = [one for one in outcomes if not one.compared]
    assert {reason for one in silent for reason in one.skipped} <= set(SKIPPED.values())
    assert all(one.skipped for one in silent)


def test_a_wrong_expectation_fails(shared):
    """A comparison that cannot fail proves nothing: every asserted number moved by one is found."""
    cases = json.loads((shared / "cases" / "sjukfall.json").read_text(encoding="utf-8"))
    chosen = [case for case in cases if case["id"] in ("ST-At1002", "ST-At1150", "SU-01", "IE-03")]
    for case in chosen:
        _spoil(case["expected"])
    assert [bool(one.wrong) for one in run(chosen)] == [True] * len(chosen)


def _spoil(expected: dict) -> None:
    for row in [row for table in expected.get("tables", []) for row in table["rows"]] + expected.get("sjukfall", []):
        for name in ("men", "women", "length_days"):
            if isinstance(row.get(name), int):
                row[name] += 1
    if "n_sjukfall" in expected:
        expected["n_sjukfall"] += 1
