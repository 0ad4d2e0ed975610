"""Every file of reference figures in a folder against our functions: `python -m tests.reference.run DIR`.

A line per block of expected values, then `N passed, M failed, K skipped`. The exit code is 1 when anything failed. A
format is recognised by file name and content; a new one is a module with FORMATS, added to the tuple below.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.reference import control_charts, curves, decompositions, funnels, models, rates, sdc, spread, standardised
from tests.reference.source import Block, Format, NoMethod, Source

FORMATS: tuple[Format, ...] = tuple(
    form
    for module in (rates, standardised, funnels, spread, control_charts, curves, models, decompositions, sdc)
    for form in module.FORMATS
)


@dataclass(frozen=True)
class Case:
    """One block and how it went: passed, failed or skipped, with the reason."""

    name: str
    outcome: str
    reason: str = ""

    def line(self) -> str:
        """The case as the runner prints it."""
        return f"{self.outcome:<7} {self.name}{': ' if self.reason else ''}{self.reason}"


def cases(folder: Path) -> Iterator[Case]:
    """Every case below the folder, file by file. Raises FileNotFoundError when there is no such folder."""
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}")
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".csv", ".json"}):
        yield from file_cases(Source(path), path.relative_to(folder).as_posix())


def main(arguments: list[str]) -> int:
    """Print a line per case and the sum; 0 when nothing failed, 2 when there is nothing to run."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("name the folder of reference figures: python -m tests.reference.run DIR", file=sys.stderr)
        return 2
    count: Counter[str] = Counter()
    for case in cases(Path(arguments[0])):
        print(case.line())
        count[case.outcome] += 1
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count else 0


def file_cases(source: Source, name: str) -> Iterator[Case]:
    """The cases of one file; a file that no format knows, or that cannot be read, fails."""
    try:
        form = next((form for form in FORMATS if form.matches(source)), None)
        if form is None:
            yield Case(name, "failed", "no format knows this file")
            return
        for block in form.blocks(source):
            yield _case(f"{name} {block.name}", block)
    except Exception as fault:  # a broken file fails, and the other files still run
        yield Case(name, "failed", f"{type(fault).__name__}: {fault}")


def _case(name: str, block: Block) -> Case:
    try:
        pairs = list(block.compare())
        faults = [fault for fault in (pair.fault() for pair in pairs) if fault]
    except NoMethod as reason:
        return Case(name, "skipped", str(reason))
    except Exception as fault:  # our function raised: the block failed, the next one still runs
        return Case(name, "failed", f"{type(fault).__name__}: {fault}")
    if not pairs:
        return Case(name, "failed", "nothing was compared")
    return Case(name, "failed" if faults else "passed", "; ".join(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
