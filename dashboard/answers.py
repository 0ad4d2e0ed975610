"""Remembers what an open release has answered: it never changes, so an answer is good as long as the release is open."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

Row = dict[str, Any]
MOST_ROWS = 100_000  # some tens of megabytes a process


class Answers:
    """The answers asked for last, up to so many rows together. A row may not be changed by those who get it."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, list[Row]] = OrderedDict()
        self._rows = 0

    def get(self, question: Hashable, ask: Callable[[], list[Row]]) -> list[Row]:
        """What `ask` answers to the question, asked once. Two who ask at the same time may both ask."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        found = ask()
        with self._lock:
            if question not in self._known:
                self._known[question] = found
                self._rows += 1 + len(found)  # an empty answer takes room too
            while self._rows > self._most:
                _, left = self._known.popitem(last=False)
                self._rows -= 1 + len(left)
        return found
