"""The process ends at any boundary of input and output, the disk is full there, or no file may grow: a reader sees the old
release or the new, whole; the same command again gives what it would have given."""

import json
import subprocess
import sys

import pytest

from tests.faults.crashing import ARRIVED, FULL, KILLED, SMALL, STANDING
from tests.rows import enhet, intyg, write_delivery

SAID = {"typ": "tillagg", "period_fran": "2024-03-01", "period_till": "2024-06-30"}
EVERY = 14  # boundary is tried in make test; make faults and make test-all try all


def rows(first, last):
    return [
        intyg(
            intyg_id=f"A-{at}", patient_id=f"P{at}", kon="KM"[at % 2], fran="2024-03-01", tom=f"2024-03-{10 + at % 15}"
        )
        for at in range(first, last)
    ]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """A folder with a published region, a delivery that has arrived, and what must be when it is taken in."""
    folder = tmp_path_factory.mktemp("crash")
    first = write_delivery(folder / "first", {"enheter": [enhet()], "intyg": rows(0, 60)}, **SAID)
    write_delivery(folder / ARRIVED, {"intyg": [*rows(30, 90), intyg(intyg_id="X", grad="fel")]}, **SAID)
    asked = "import sys; from pathlib import Path; from tests.faults.crashing import *; "
    done = folder / "done"
    for code in (
        f"run(Path({str(folder / STANDING)!r}), Path({str(first)!r}))",
        f"shutil.copytree({str(folder / STANDING)!r}, {str(done)!r}); "
        f"names = count(Path({str(done)!r}), Path({str(folder / ARRIVED)!r})); "
        f"Path({str(folder / 'names')!r}).write_text(json.dumps(names)); "
        f"Path({str(folder / 'states')!r}).write_text(json.dumps([state(Path(p)) for p in {[str(folder / STANDING), str(done)]!r}]))",
    ):
        subprocess.run([sys.executable, "-c", asked + code], check=True)
    names = json.loads((folder / "names").read_text())
    before, after = json.loads((folder / "states").read_text())
    return folder, names, before, after


def ends(stage, mode, numbers):
    """What the crashing program says of every number."""
    folder, *_ = stage
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.crashing", str(folder), mode, *map(str, numbers)],
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(state):
    """What must be the same, whenever it was reached: not the release's own name."""
    return {key: state[key] for key in ("content", "raw", "unaccounted", "damaged", "left", "building")} | {
        "figures": state["read"][1:]
    }


def judge(stage, found, *, killed):
    """The old state or the new one, of the warehouse and of what is shown, each whole; and then always the new one."""
    _, _, before, after = stage
    between = found["between"]
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
    _, names, before, after = stage
    assert before["content"] != after["content"]
    assert {
        "filen läses",
        "leveransen bekräftas",
        "steget core.sjukfall",
        "tabellen varde skrivs",
        "pekaren byts",
    } <= set(names)


@pytest.mark.parametrize("mode", [KILLED, FULL])
def test_a_few_boundaries(stage, mode):
    last = len(stage[1])
    for found in ends(stage, mode, [*range(2, last, EVERY * (1 + (mode == FULL))), last - 1]):
        assert found["ended"] != 0
        judge(stage, found, killed=mode == KILLED)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [KILLED, FULL])
@pytest.mark.parametrize("part", range(4))
def test_every_boundary_until_it_completes(stage, mode, part):
    """The long loop: a run for every boundary of load, build and publish."""
    last = len(stage[1])
    for found in ends(stage, mode, range(1 + part, last + 2, 4)):
        assert (found["ended"] == 0) == (found["n"] > last)
        judge(stage, found, killed=mode == KILLED)


@pytest.mark.slow
def test_no_file_may_grow_beyond(stage):
    """The disk is full in the middle of what the database itself writes."""
    ended = []
    for found in ends(stage, SMALL, [1, 4, 16, 64, 128, 256, 512, 1024, 4096]):
        ended.append(found["ended"])
        judge(stage, found, killed=False)
    assert ended[0] != 0 and ended[-1] == 0
