"""Interrupts a question that takes too long: a thread that waits for the database is a thread that serves nobody."""

import atexit
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol


class Interruptible(Protocol):
    """A cursor of its own for one question."""

    def interrupt(self) -> None: ...


class Deadline:
    """So many seconds a question. One thread looks at all that are being asked; it is started by the first, also in a
    process that was forked."""

    def __init__(self, seconds: float, every: float = 1.0) -> None:
        self._seconds, self._every = seconds, every
        self._asked: dict[int, tuple[float, Interruptible]] = {}
        self._watcher: threading.Thread | None = None
        self._over = threading.Event()
        atexit.register(self._end)

    @contextmanager
    def on(self, cursor: Interruptible) -> Iterator[None]:
        """While this is asked. The database raises in the asker when the time is out."""
        self._watched()
        self._asked[id(cursor)] = (time.monotonic() + self._seconds, cursor)
        try:
            yield
        finally:
            del self._asked[id(cursor)]

    def _watched(self) -> None:
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._watch, daemon=True, name="deadline")
            self._watcher.start()

    def _end(self) -> None:
        """The thread is gone before the interpreter is."""
        self._over.set()
        if self._watcher is not None and self._watcher.is_alive():
            self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            now = time.monotonic()
            for until, cursor in list(self._asked.values()):
                if now > until:
                    with suppress(Exception):  # answered, or closed, a moment ago
                        cursor.interrupt()
