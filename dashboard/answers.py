"""Remembers what an open release has answered and the pages made of it: it never changes, so they are good as long as it
is open."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Row = dict[str, Any]
MOST_ROWS = 100_000  # some tens of megabytes a process
MOST_BYTES = 100_000_000  # pages: half a thousand of them
Answer = TypeVar("Answer", list[Row], bytes)


class Answers(Generic[Answer]):
    """The answers asked for last, up to so many rows (or bytes) together. An answer may not be changed by those who get
    it."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._size = 0

    def get(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """What `ask` answers to the question, asked once; nothing is remembered where it raises. Two who ask at the same
        time may both ask."""
        known = self.known(question)
        if known is not None:
            return known
        found = ask()
        self.keep(question, found)
        return found

    def known(self, question: Hashable) -> Answer | None:
        """What is remembered of a question."""
        with self._lock:
            if question not in self._known:
                return None
            self._known.move_to_end(question)
            return self._known[question]

    def keep(self, question: Hashable, found: Answer) -> None:
        """Remember an answer, and forget those asked for longest ago where there is no room."""
        with self._lock:
            if question not in self._known:
                self._known[question] = found
                self._size += 1 + len(found)  # an empty answer takes room too
            while self._size > self._most:
                _, left = self._known.popitem(last=False)
                self._size -= 1 + len(left)
