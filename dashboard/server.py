"""Runs the app in gunicorn: each process opens the release for itself, after the fork. Nobody keeps a thread by being slow,
and nothing is read that is larger than what the pages send."""

import atexit
import os
from contextlib import ExitStack
from io import BytesIO
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.app import create_app
from dashboard.deadline import Deadline
from dashboard.settings import DashboardSettings
from dashboard.signin.guard import LARGEST_BODY
from dashboard.trail.forwarded import to_standard_error

READERS, ANSWERS = 32, 4  # threads of a process that may be reading a request, and of those that answer one at a time
REACHED_FROM_HERE = ("127.0.0.1", "localhost")  # what watches the service on this machine
ASKING = Deadline(seconds=3, every=0.5)  # for all of a request; nginx hands it over at once
ANSWERING = Deadline(seconds=60)  # for the answer, and sending it
LIMITS: dict[str, str | int] = {
    "limit_request_line": 4094,  # the longest address of ours has some hundred characters
    "limit_request_fields": 50,
    "limit_request_field_size": 8190,
    "keepalive": 5,
    "timeout": 60,
    "graceful_timeout": 2,  # nothing here takes longer, and Ctrl+C should end it
    # a process that has answered so many is replaced: what a library may lose of memory does not add up
    "max_requests": 20_000,
    "max_requests_jitter": 5_000,
}


class _Line:
    """A connection that is cut when its time is out."""

    def __init__(self, sock) -> None:
        self._sock = sock

    def interrupt(self) -> None:
        self._sock.shutdown(2)


class Worker(ThreadWorker):
    """A thread that reads a request waits for the network: whoever sends a letter a second would have it for ever. There are
    many to read and few to answer, because two who answer at once in one process only share its processor."""

    answers = BoundedSemaphore(ANSWERS)

    def handle(self, conn):
        with ExitStack() as reading:
            conn.reading = reading
            reading.enter_context(ASKING.on(_Line(conn.sock)))
            return super().handle(conn)

    def handle_request(self, req, conn):
        _read_whole(req)
        conn.reading.close()
        with self.answers, ANSWERING.on(_Line(conn.sock)):
            return super().handle_request(req, conn)


def _read_whole(req) -> None:
    """Read the body before the app is asked. Of one that is too large nothing is believed after it, so that what is left
    of it is never taken for another request."""
    said = dict(req.headers).get("CONTENT-LENGTH", "0")
    if not said.isdigit() or int(said) > LARGEST_BODY:
        req.force_close()  # the app answers by what it is said to be
        return
    body = req.body.read(LARGEST_BODY + 1)  # one byte too many, so that the app sees that it is too much
    if len(body) > LARGEST_BODY:
        req.force_close()
    req.body = BytesIO(body)


class _Server(BaseApplication):
    """gunicorn with options from here instead of a configuration file."""

    def __init__(self, settings: DashboardSettings, options: dict[str, str | int]) -> None:
        self.settings, self.options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)
        self.cfg.set("worker_class", Worker)
        self.cfg.set("control_socket_disable", True)  # nobody steers the service from outside of it
        self.cfg.set("worker_exit", _gone)

    def load(self) -> Flask:
        if self.settings.forward_trail:
            to_standard_error()
        return behind_proxies(create_app(self.settings).server, self.settings)


def _gone(_arbiter, worker) -> None:
    """DuckDB, loaded before the fork, aborts in a process that has had threads when it ends in the ordinary way: everything
    is tidied up, and then the process is simply gone. One that did not start tells so itself."""
    if worker.booted:
        atexit._run_exitfuncs()
        os._exit(0)


def behind_proxies(server: Flask, settings: DashboardSettings) -> Flask:
    """Believe so many proxies, and answer to the names that the dashboard is reached by."""
    if settings.proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
        server.config["TRUSTED_HOSTS"] = [urlsplit(settings.address).hostname, *REACHED_FROM_HERE]
    return server


def serve(settings: DashboardSettings, *, host: str, port: int, workers: int) -> None:
    """Serve until interrupted. Raises SystemExit when the address is taken."""
    options: dict[str, str | int] = {
        "bind": f"{host}:{port}", "workers": workers, "threads": READERS, "loglevel": "warning", **LIMITS,
    }  # fmt: skip
    _Server(settings, options).run()
