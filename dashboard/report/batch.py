"""Reports without a browser: one unit, or all of them beside each other on as many processors as there are."""

import os
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.pages.view import View, view_of
from dashboard.release import Release, Releases
from dashboard.report.files import made
from dashboard.settings import DashboardSettings
from dashboard.state import State

WORTH = 4  # fewer places are done in this process: another one takes longer to start


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to write, and where: every format of every unit (id) for one month (the latest where it is empty)."""

    settings: DashboardSettings
    units: tuple[str, ...]
    manad: str
    formats: tuple[str, ...]
    out: Path


def places(settings: DashboardSettings) -> list[queries.Place]:
    """Everything that a report can be about. Raises NothingPublished."""
    return queries.places(Releases(settings.published).current(), Scope.everything())


def write_reports(order: Order, progress: Callable[[str], None]) -> list[Path]:
    """Write the files, each whole or not at all, and return them. `progress` is told each unit that is done. Raises
    Forbidden for an unknown unit and UnknownMonth."""
    order.out.mkdir(parents=True, exist_ok=True)
    workers = min(len(order.units), os.cpu_count() or 1)
    if len(order.units) < WORTH or workers < 2:
        _open(order.settings)
        done = ((unit, _written(order, unit)) for unit in order.units)
        return _collected(done, progress)
    # a new process, not a copy of this one: the database and its threads are opened in each
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (order.settings,)) as pool:
        waiting = {pool.submit(_written, order, unit): unit for unit in order.units}
        try:
            return _collected(((waiting[one], one.result()) for one in as_completed(waiting)), progress)
        except BaseException:  # Ctrl-C too: what is begun is finished, and nothing more is begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _collected(done: Iterator[tuple[str, list[Path]]], progress: Callable[[str], None]) -> list[Path]:
    found: list[Path] = []
    for unit, paths in done:
        progress(unit)
        found += paths
    return sorted(found)


_opened: dict[DashboardSettings, tuple[Release, State]] = {}  # of this process


def _begin(settings: DashboardSettings) -> None:
    """In a process of its own, which hears nothing of Ctrl-C itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _open(settings)


def _open(settings: DashboardSettings) -> None:
    _opened[settings] = (Releases(settings.published).current(), State(settings.state_address))


def _written(order: Order, unit: str) -> list[Path]:
    view = view_for(order.settings, unit, order.manad)
    return [_file(view, kind, order) for kind in order.formats]


def view_for(settings: DashboardSettings, unit: str, manad: str) -> View:
    """The view of a unit and month in this process."""
    if settings not in _opened:
        _open(settings)
    release, state = _opened[settings]
    return view_of(release, Scope.everything(), _asked(unit, manad), state=state)


def _asked(unit: str, manad: str) -> str:
    return "?" + urlencode({"enhet": unit, **({"manad": manad} if manad else {})})


def _file(view: View, kind: str, order: Order) -> Path:
    path = order.out / f"sjukvy-rapport-{safe_name(view.place.enhet_id)}-{view.manad}.{kind}"
    beside = path.with_name(f".{path.name}")
    beside.write_bytes(made(view, kind, order.settings.address))
    beside.replace(path)
    return path


def safe_name(text: str) -> str:
    """As a name of a file anywhere."""
    return re.sub(r"[^A-Za-z0-9-]+", "_", text)


def chosen(found: Sequence[queries.Place], unit: str, level: str) -> tuple[str, ...]:
    """The ids of one unit, or of everything at a level (enhet, omrade, region)."""
    return (unit,) if unit else tuple(one.enhet_id for one in found if one.niva == level)
