"""The dashboard under twenty readers, on a release of 1 200 units × 60 months: what each callback takes, what it must take,
how much a first visit fetches, and when the first figure can be read."""

import gzip
import json
import random
import re
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import Dash

from benchmarks.timed_server import TOOK, serve_timed
from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.queries import rows
from dashboard.release import Releases
from dashboard.settings import DashboardSettings
from dashboard.signin.cookies import TOKEN
from dashboard.state import State
from tests.browser import chromium
from tests.signed import signed_in

READERS, VISITS, PAUSE = 20, 15, 3.0  # pages of each reader, and seconds to look at one
OPENS = 3  # one table is opened on every third page
NEW, SEEN, TABLE = "a page that the reader had not seen", "a page that the reader had seen", "a table that was opened"
PORT, WORKERS = 8059, 2
PLOTLY = "plotly.min.js"
MENU = [page.path for page in PAGES if page.in_menu] + ["/matt/pagaende", "/matt/atergang"]
Times = list[float]
Visit = tuple[float, float, str]  # milliseconds of the server and of its processor, and what was fetched
# like a browser, which gives a server of its own machine what is kept for safe connections
COOKIES = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
BROWSER = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(COOKIES))
TILE = "() => document.querySelector('.ruta .tal')"


def load_times(published: Path) -> list[tuple[str, str]]:
    """(what, measured) of everything here; `published` holds the wide release."""
    own, needed = against_floor(published)
    with _served(published):
        visits = readers(published)
        fetched, plotly = first_visit()
        readable = first_tile()
    return [
        *_told("every callback", [visit for visit in visits if visit[2] != TABLE]),
        *(line for what in (NEW, SEEN, TABLE) for line in _told(what, [visit for visit in visits if visit[2] == what])),
        (
            "callback / (query + JSON), nothing remembered of the unit: median of the pages",
            f"{_ratio(own, needed):.2f}",
        ),
        ("first visit, kB compressed, without plotly", f"{fetched / 1000:.0f}"),
        ("plotly", plotly),
        ("first readable tile in Chromium, nothing kept: ms", readable),
    ]


def _told(what: str, visits: list[Visit]) -> Iterator[tuple[str, str]]:
    for at, unit in enumerate(("ms", "ms of the processor")):
        times = [visit[at] for visit in visits]
        spread = f"{statistics.median(times):.0f} and {statistics.quantiles(times, n=20)[-1]:.0f}"
        yield f"20 readers, {what} ({len(visits)}): {unit}, median and p95", spread


def _ratio(own: Times, needed: Times) -> float:
    return statistics.median(one / floor for one, floor in zip(own, needed, strict=True))


def against_floor(published: Path) -> tuple[Times, Times]:
    """Milliseconds of every page of the menu, each of a unit that nothing has been asked of, and of its questions (of the
    release, and of what is written) and its JSON alone."""
    app = create_app(DashboardSettings(published=published))
    client, asked, release = signed_in(app), [], Releases(published).current()
    own, needed = [], []
    of_release, of_written = rows._asked, State._read

    def timed(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asking(*arguments: Any) -> Any:
            begun = time.perf_counter()
            found = ask(*arguments)
            asked.append(time.perf_counter() - begun)
            return found

        return asking

    rows._asked, State._read = timed(of_release), timed(of_written)
    try:
        for path, unit in zip(MENU * 3, _units(release), strict=False):
            asked.clear()
            begun = time.perf_counter()
            answer = client.post("/_dash-update-component", json=question(app, path, unit)).json
            own.append(1000 * (time.perf_counter() - begun))
            begun = time.perf_counter()
            json.dumps(answer, ensure_ascii=False)
            needed.append(1000 * (time.perf_counter() - begun + sum(asked)))
    finally:
        rows._asked, State._read = of_release, of_written
    return own, needed


def readers(published: Path) -> list[Visit]:
    """What the server needed for every callback: each reader opens Översikt of a unit of their own, goes on to other pages
    of it, in no order and some of them twice, opens a table now and then, and pauses between them."""
    app, release = create_app(DashboardSettings(published=published)), Releases(published).current()
    units, visits, lock = _units(release), [], threading.Lock()

    def keep(headers: dict[str, str], what: str) -> None:
        took, busy = map(float, headers[TOOK].split())
        with lock:
            visits.append((took, busy, what))

    def reader(seed: int) -> None:
        chance, seen = random.Random(seed), set()
        time.sleep(chance.uniform(0, PAUSE))
        unit = units[seed * len(units) // READERS]
        for path in ("/", *(chance.choice(MENU) for _ in range(VISITS - 1))):
            page, headers = _fetched("/_dash-update-component", json.dumps(question(app, path, unit)).encode())
            keep(headers, SEEN if path in seen else NEW)
            seen.add(path)
            time.sleep(chance.uniform(0, PAUSE) / 2)
            tables = re.findall(rb'"(/_tabell/[^"]+)"', page.replace(rb"\u002f", b"/"))
            if tables and chance.randrange(OPENS) == 0:
                keep(_fetched(chance.choice(tables).decode())[1], TABLE)
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)

    threads = [threading.Thread(target=reader, args=(seed,)) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return visits


def first_tile() -> str:
    """Milliseconds from the address to the first figure that can be read: the middle of five visits."""
    if chromium.path() is None:
        return chromium.HOW_TO_GET_IT
    times = []
    with chromium.started() as browser:
        for _ in range(5):
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{PORT}/", wait_until="commit")
            page.wait_for_function(TILE)
            times.append(page.evaluate("() => performance.now()"))
            page.context.close()
    return f"{statistics.median(times):.0f}"


def first_visit() -> tuple[int, str]:
    """Bytes of the first page and everything that it fetches at once, compressed; and how plotly may be kept."""
    page = _fetched("/")[0].decode()
    found = {"/", "/_dash-layout", "/_dash-dependencies", *re.findall(r'(?:src|href)="(/[^"]+)"', page)}
    size = sum(len(gzip.compress(_fetched(path)[0], 6)) for path in found)
    body, headers = _fetched(f"/_dash-component-suites/plotly/package_data/{PLOTLY}")
    return (
        size,
        f"{len(gzip.compress(body, 6)) / 1000:.0f} kB compressed, Cache-Control: {headers.get('Cache-Control')}",
    )


def question(app: Dash, path: str, unit: str) -> dict[str, Any]:
    """What the browser asks when an address is opened."""
    output = next(name for name in app.callback_map if "innehall" in name)
    names = [part.rsplit(".", 1) for part in output.strip(".").split("...")]
    place = f"?enhet={quote(unit)}"
    return {
        "output": output,
        "outputs": [{"id": name, "property": field} for name, field in names],
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": place},
        ],
        "changedPropIds": ["url.pathname"],
    }


def _units(release: Any) -> list[str]:
    found = release.connection.execute(
        "SELECT enhet_id FROM enhet WHERE enhetstyp = 'vardcentral' ORDER BY hash(enhet_id)"
    )
    return [enhet_id for (enhet_id,) in found.fetchall()]


def _fetched(path: str, body: bytes | None = None) -> tuple[bytes, dict[str, str]]:
    token = next((cookie.value for cookie in COOKIES if cookie.name == TOKEN), "")
    headers = {"Content-Type": "application/json", "X-CSRFToken": token or ""}
    asked = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data=body, headers=headers)
    with BROWSER.open(asked, timeout=60) as answer:  # our own server
        return answer.read(), dict(answer.headers)


@contextmanager
def _served(published: Path) -> Iterator[None]:
    """The dashboard as it is served, in processes of its own."""
    process = get_context("spawn").Process(
        target=serve_timed, args=(published,), kwargs={"host": "127.0.0.1", "port": PORT, "workers": WORKERS}
    )
    process.start()
    try:
        for _ in range(300):
            try:
                _fetched("/halsa/redo")
                _fetched("/")  # the page by which everybody is signed in
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.join()
