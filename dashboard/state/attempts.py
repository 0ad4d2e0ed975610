"""How often sign-in has failed for a name from an address, and how long the next try must wait."""

import time

from sqlalchemy import delete, insert, select, update

from dashboard.state.access_models import TABLES, forsok
from dashboard.state.accounts import hashed
from dashboard.state.database import reached, writing
from dashboard.state.store import State

FREE = 5  # tries without a wait
LONGEST = 15 * 60  # seconds
FORGOTTEN = 24 * 60 * 60  # seconds after the last wait


def claim(state: State, name: str, address: str) -> int:
    """Seconds to wait, 0 when a try may be made now. The try is counted before it is made, so that a thousand at once are no
    better than one after another, and names that nobody has are counted as others."""
    key, moment = _key(name, address), int(time.time())
    with reached(), writing(state.engine, TABLES) as connection:
        connection.execute(delete(forsok).where(forsok.c.vanta_till < moment - FORGOTTEN))
        row = connection.execute(select(forsok).where(forsok.c.nyckel == key)).first()
        if row is not None and row.vanta_till > moment:
            return row.vanta_till - moment
        made = 1 if row is None else row.antal + 1
        values = {"antal": made, "vanta_till": moment + _wait(made)}
        if row is None:
            connection.execute(insert(forsok).values(nyckel=key, **values))
        else:
            connection.execute(update(forsok).where(forsok.c.nyckel == key).values(**values))
    return 0


def forgive(state: State, name: str, address: str) -> None:
    """Sign-in has succeeded: the tries before it are forgotten."""
    with reached(), writing(state.engine, TABLES) as connection:
        connection.execute(delete(forsok).where(forsok.c.nyckel == _key(name, address)))


def _wait(made: int) -> int:
    """Nothing for the first, then 1, 2, 4 … seconds."""
    return 0 if made < FREE else min(LONGEST, 2 ** min(made - FREE, 20))


def _key(name: str, address: str) -> str:
    return hashed(f"{name.casefold()}|{address}")
