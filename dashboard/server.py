"""Runs the app in gunicorn: each process opens the release for itself, after the fork."""

from gunicorn.app.base import BaseApplication

from dashboard.app import create_app
from dashboard.settings import DashboardSettings


class _Server(BaseApplication):
    """gunicorn with options from here instead of a configuration file."""

    def __init__(self, settings: DashboardSettings, options: dict[str, str | int]) -> None:
        self.settings, self.options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return create_app(self.settings).server


def serve(settings: DashboardSettings, *, host: str, port: int, workers: int) -> None:
    """Serve until interrupted. Raises SystemExit when the address is taken."""
    options: dict[str, str | int] = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": 4,
        "timeout": 60,
        "graceful_timeout": 2,  # nothing here takes longer, and Ctrl+C should end it
        "loglevel": "warning",
    }
    _Server(settings, options).run()
