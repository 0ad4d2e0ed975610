"""The process ends at any boundary of input and output, the disk is full there, or no file may grow: a reader sees the old
release or the new, whole; the same command again gives what it would have given."""

import json
import subprocess
import sys

import pytest

from pipelines.pieces import KEEPING
from tests.faults.crashing import ARRIVED, FULL, IN, KILLED, OUT, PREPARE, SMALL, WHOLE
from tests.rows import enhet, intyg, write_delivery

SAID = {"typ": "tillagg", "period_fran": "2024-01-01", "period_till": "2024-06-30"}
FEW = 3  # boundaries of each part in make test; make faults and make test-all try all


def rows(first, last):
    return [
        intyg(
            intyg_id=f"A-{at}", patient_id=f"P{at}", kon="KM"[at % 2], fran=f"2024-0{1 + at % 6}-01",
            tom=f"2024-0{1 + at % 6}-{10 + at % 15}",
        )
        for at in range(first, last)
    ]  # fmt: skip


def crashing(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.crashing", str(folder), *map(str, arguments)],
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """A folder with a published region and a delivery that has arrived; and what must be when it is taken in."""
    folder = tmp_path_factory.mktemp("crash")
    first = write_delivery(folder / "first", {"enheter": [enhet()], "intyg": rows(0, 60)}, **SAID)
    write_delivery(folder / ARRIVED, {"intyg": [*rows(30, 90), intyg(intyg_id="X", grad="fel")]}, **SAID)
    crashing(folder, PREPARE, first)
    return folder, json.loads((folder / "found.json").read_text())


def told(state):
    """What must be the same, whenever it was reached: not the release's own name."""
    return {key: state[key] for key in ("content", "raw", "unaccounted", "damaged", "left", "building")} | {
        "figures": state["read"][1:]
    }


def judge(found, expected, part, *, killed):
    """The old state or the new one, of the warehouse and of what is shown, each whole; and then always the new one."""
    before, after, between = expected["before"], expected[part]["after"], found["between"]
    assert isinstance(between, dict), found
    assert between["content"] in (before["content"], after["content"])
    assert between["read"][1:] in (before["read"][1:], after["read"][1:])
    assert between["raw"] in (before["raw"], after["raw"])
    assert (between["unaccounted"], between["damaged"]) == (0, [])
    if not killed:
        assert (between["left"], between["building"]) == ([], [])
    assert found["again"] == 0, found["fault"]
    assert told(found["after"]) == told(after)


def test_there_are_boundaries_in_every_part(stage):
    _, expected = stage
    assert expected["before"]["content"] != expected[WHOLE]["after"]["content"] == expected[OUT]["after"]["content"]
    assert expected["before"]["raw"] != expected[WHOLE]["after"]["raw"] == expected[IN]["after"]["raw"]
    assert {"filen läses", "leveransen bekräftas", "steget core.sjukfall"} <= set(expected[IN]["names"])
    assert {"tabellen varde skrivs", "manifestet skrivs", "pekaren byts"} <= set(expected[OUT]["names"])
    assert set(expected[WHOLE]["names"]) == {*expected[IN]["names"], *expected[OUT]["names"], *KEEPING}


@pytest.mark.parametrize("mode", [KILLED, FULL])
@pytest.mark.parametrize("part", [IN, OUT])
def test_a_few_boundaries(stage, part, mode):
    folder, expected = stage
    last = len(expected[part]["names"])
    for found in crashing(folder, part, mode, *range(2 + (mode == FULL), last + 1, last // FEW), last):
        assert found["ended"] != 0
        judge(found, expected, part, killed=mode == KILLED)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [KILLED, FULL])
@pytest.mark.parametrize("part", [IN, OUT])
def test_every_boundary_until_it_completes(stage, part, mode):
    """The long loop: a run for every boundary of load and build, and of publish."""
    folder, expected = stage
    last = len(expected[part]["names"])
    for found in crashing(folder, part, mode, *range(1, last + 2)):
        assert (found["ended"] == 0) == (found["n"] > last)
        judge(found, expected, part, killed=mode == KILLED)


@pytest.mark.slow
def test_the_whole_road(stage):
    folder, expected = stage
    names = expected[WHOLE]["names"]
    keeping = [at for at, name in enumerate(names, start=1) if name in KEEPING]
    for found in crashing(folder, WHOLE, KILLED, 3, *keeping[:2], keeping[-1], len(names) - 3):
        judge(found, expected, WHOLE, killed=True)


@pytest.mark.slow
@pytest.mark.parametrize("part", [IN, OUT])
def test_no_file_may_grow_beyond(stage, part):
    """The disk is full in the middle of what the database itself writes."""
    folder, expected = stage
    ended = []
    for found in crashing(folder, part, SMALL, 1, 4, 16, 64, 128, 256, 512, 1024, 1 << 14):
        ended.append(found["ended"])
        judge(found, expected, part, killed=False)
    assert ended[0] != 0 and ended[-1] == 0
