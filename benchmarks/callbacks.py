"""The median time of each page's callback on a published release, through the whole stack but the network."""

import statistics
import time
from pathlib import Path

from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.settings import DashboardSettings
from schemas.measures import MEASURES
from tests.signed import signed_in

RUNS = 30


def callback_times(published: Path) -> list[tuple[str, float, int]]:
    """(path, median milliseconds, bytes) of every page that shows figures."""
    client = signed_in(create_app(DashboardSettings(published=published)))
    wire = next(wire for wire in client.get("/_dash-dependencies").json if "innehall" in wire["output"])
    paths = [page.path for page in PAGES if page.in_menu] + [f"/matt/{name}" for name in MEASURES if name != "avslut"]
    return [(path, *_measure(client, wire["output"], path)) for path in paths]


def _measure(client, output: str, path: str) -> tuple[float, int]:
    names = [part.rsplit(".", 1) for part in output.strip(".").split("...")]
    body = {
        "output": output,
        "outputs": [{"id": name, "property": field} for name, field in names],
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": ""},
        ],
        "changedPropIds": ["url.pathname"],
    }
    times, size = [], 0
    for _ in range(RUNS + 3):
        start = time.perf_counter()
        size = len(client.post("/_dash-update-component", json=body).data)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[3:]), size
