"""The dashboard on a free port of this machine, in a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from dashboard.app import create_app
from dashboard.settings import DashboardSettings
from tests.signed import everybody_is


@contextmanager
def serving(published: Path, state: str = "", role: str = "regionteam", **more: Any) -> Iterator[str]:
    """The address of a dashboard on these releases, with what people write at `state`. Everybody there has the role, or
    signs in where it is empty."""
    app = create_app(DashboardSettings(published=published, state=state, **more))
    served = everybody_is(app, role) if role else app.server
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
