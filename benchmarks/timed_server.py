"""The dashboard as it is served, saying in a header what each answer took of the server: milliseconds from the request's
arrival in a thread to the answer's first byte, waiting for others included, and of its processor without that."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dashboard import server
from dashboard.settings import DashboardSettings
from tests.signed import everybody_is

TOOK = "X-Took"


def serve_timed(published: Path, *, host: str, port: int, workers: int) -> None:
    """`dashboard.server.serve` with the clock round it, for readers who are signed in. For a process of its own."""
    made = server.create_app

    def timed(settings: DashboardSettings) -> Any:
        app = made(settings)
        app.server.wsgi_app = _clocked(everybody_is(app))  # type: ignore[method-assign]
        return app

    server.create_app = timed
    server.serve(DashboardSettings(published=published), host=host, port=port, workers=workers)


def _clocked(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun, busy = time.perf_counter(), time.thread_time()

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (TOOK, _spent(begun, busy))], *rest)

        return inner(environ, started)

    return outer


def _spent(begun: float, busy: float) -> str:
    return f"{1000 * (time.perf_counter() - begun):.2f} {1000 * (time.thread_time() - busy):.2f}"
