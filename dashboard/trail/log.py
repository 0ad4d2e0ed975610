"""Writes and reads the log. One writer at a time, so that no two rows are bound to the same one."""

import logging
import threading
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from dashboard.state.database import open_state, reached, writing
from dashboard.state.models import forsegling, granskning
from dashboard.state.store import now
from dashboard.trail import head
from dashboard.trail.entry import FIRST, Entry, Event, about_nobody, account_name, on_one_line
from dashboard.trail.head import Head

log = logging.getLogger("sjukvy.trail")

# the same person looking at the same thing again from the same place is the same look, for so many seconds
SAME_LOOK = {Event.ENHET_VISAD: 300.0}
MOST_REMEMBERED = 10_000


class Trail:
    """The log in the state database at one address; opened when it is first written in."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._alone = threading.Lock()
        self._seen: dict[tuple[str, ...], float] = {}

    @cached_property
    def engine(self) -> Engine:
        with reached():
            return open_state(self.address)

    @cached_property
    def looking(self) -> Engine:
        """For looks, which are many: the disk is not waited for. What was done is on the disk when it is answered."""
        with reached():
            return open_state(self.address, at_once=False)

    @property
    def head_file(self) -> Path | None:
        return head.path_of(self.address)

    def record(
        self, event: Event, *, user: str, role: str, enhet: str = "", what: str = "", outcome: str = "ok",
        address: str = "", request_id: str = "",
    ) -> None:  # fmt: skip
        """Add a row. `what` is a page, a file's name or the number of something written: never a value of a row.
        Raises Unavailable where it cannot be written: then what was to be logged may not be done."""
        asked = tuple(about_nobody(text) for text in (enhet, what, outcome))
        said = (account_name(user), on_one_line(role), *asked, on_one_line(address), on_one_line(request_id))
        with self._alone:
            if self._is_same_look(event, said[:-1]):
                return
            with reached():
                with writing(self.looking if event in SAME_LOOK else self.engine, granskning.name) as connection:
                    made = add(connection, event, *said)
                self.told(made)
                self._remember(event, said[:-1])

    def told(self, made: Entry) -> None:
        """The end of the log is kept outside it: in a file, and in every line that goes to the system's log."""
        if self.head_file is not None:
            head.keep(self.head_file, Head(made.nr, made.hash))
        log.info("%s", made.line())

    def _is_same_look(self, event: Event, said: tuple[str, ...]) -> bool:
        last = self._seen.get((event, *said)) if event in SAME_LOOK else None
        return last is not None and time.monotonic() - last < SAME_LOOK[event]

    def _remember(self, event: Event, said: tuple[str, ...]) -> None:
        if event not in SAME_LOOK:
            return
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()  # at worst a look is logged twice
        self._seen[(event, *said)] = time.monotonic()

    def length(self) -> int:
        """How many rows there have been."""
        with reached(), self.engine.connect() as connection:
            return last(connection)[0]

    def rows(self) -> Iterator[Entry]:
        """What stands in the database, the oldest first."""
        with reached(), self.engine.connect() as connection:
            asked = connection.execution_options(yield_per=5000).execute(select(granskning).order_by(granskning.c.nr))
            for row in asked:
                yield Entry(**row._mapping)


def add(
    connection: Connection, event: Event, user: str, role: str, enhet: str, what: str, outcome: str, address: str,
    request_id: str,
) -> Entry:  # fmt: skip
    """Add a row inside a transaction that nobody else writes in."""
    nr, before = last(connection)
    bare = Entry(
        nr=nr + 1, tid_utc=now(), handelse=event.value, anvandare=user, roll=role, enhet=enhet, objekt=what,
        utfall=outcome, adress=address, korrelation=request_id, fore=before,
    )  # fmt: skip
    made = Entry(**vars(bare) | {"hash": bare.counted()})
    connection.execute(insert(granskning), vars(made))
    return made


def last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last row, also when it has left the database."""
    for nr, digest in ((granskning.c.nr, granskning.c.hash), (forsegling.c.till_nr, forsegling.c.hash)):
        row = connection.execute(select(nr, digest).order_by(nr.desc()).limit(1)).first()
        if row is not None:
            return row[0], row[1]
    return 0, FIRST
