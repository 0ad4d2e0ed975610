"""The dashboard on a free port of this machine, in a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.serving import make_server

from dashboard.app import create_app
from dashboard.settings import DashboardSettings


@contextmanager
def serving(published: Path, state: str = "") -> Iterator[str]:
    """The address of a dashboard on these releases, with what people write at `state`."""
    settings = DashboardSettings(published=published, state=state)
    server = make_server("127.0.0.1", 0, create_app(settings).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
