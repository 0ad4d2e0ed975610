"""How long reports take: the PDF of one unit, the first in a process and the next, and of many units beside each other."""

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.report.batch import Order, chosen, places, write_reports
from dashboard.settings import DashboardSettings

MANY = 200


def main(published: Path) -> None:
    """Print seconds by the clock and of processor time."""
    with TemporaryDirectory(prefix="sjukvy-") as passing:
        settings = DashboardSettings(published=published, state=f"sqlite:///{passing}/protokoll.sqlite")
        units = chosen(places(settings), "", "enhet")
        for what, some in (
            ("the first", units[:1]),
            ("the next", units[1:2]),
            (f"{MANY} units", (units * MANY)[:MANY]),
        ):
            order = Order(settings=settings, units=some, manad="", formats=("pdf",), out=Path(passing) / "ut")
            clock, used = time.perf_counter(), _processor()
            write_reports(order, lambda unit: None)
            print(f"{what}: {time.perf_counter() - clock:.1f} s, processor {_processor() - used:.1f} s")


def _processor() -> float:
    """Of this process and those that it has started."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1]))
