"""Who is signed in: a row for each browser, asked at every request, so that whatever is changed holds at once."""

import json
import secrets
import time
from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, or_, select, update

from dashboard.access.roles import ROLES, Grant
from dashboard.access.visitor import ABSOLUTE, IDLE, Visitor
from dashboard.day import today
from dashboard.state.access_models import TABLES, inloggning, konto, roll
from dashboard.state.accounts import hashed
from dashboard.state.database import reached, writing
from dashboard.state.store import State

BYTES = 32  # of a session's name: 256 bits
SEEN_EVERY = 60  # seconds within which a visitor is not noted again

_today = bindparam("today")
_ASKED = (
    select(
        inloggning.c.nyckel, inloggning.c.satt, inloggning.c.roller, inloggning.c.skapad, inloggning.c.sedd,
        konto.c.id, konto.c.utfardare, konto.c.sub, konto.c.namn, roll.c.roll, roll.c.enhet_id,
    )
    .join(konto, konto.c.id == inloggning.c.konto_id)
    .outerjoin(
        roll,
        (roll.c.konto_id == konto.c.id) & (roll.c.tagen == "") & (roll.c.fran <= _today)
        & ((roll.c.till == "") | (roll.c.till >= _today)),
    )
    .where(inloggning.c.nyckel == bindparam("nyckel"), konto.c.avstangd == "")
)  # fmt: skip


def open_session(state: State, account: int, how: str, grants: Iterable[Grant] = ()) -> str:
    """Sign an account in: what the browser is to hold, which nobody else knows. `grants` are what the provider said of the
    visitor, for as long as the session lasts. Sessions that have ended are removed."""
    token, moment = secrets.token_urlsafe(BYTES), int(time.time())
    said = json.dumps([[one.roll, one.enhet_id] for one in grants])
    row = {"nyckel": hashed(token), "konto_id": account, "satt": how, "roller": said, "skapad": moment, "sedd": moment}
    ended = or_(inloggning.c.sedd < moment - IDLE, inloggning.c.skapad < moment - ABSOLUTE)
    with reached(), writing(state.engine, TABLES) as connection:
        connection.execute(delete(inloggning).where(ended))
        connection.execute(insert(inloggning).values(**row))
    return token


def visitor(state: State, token: str) -> Visitor | None:
    """Who holds this name of a session; None where it is unknown, has ended, or the account is closed."""
    values = {"nyckel": hashed(token), "today": today()}
    with reached(), state.engine.connect() as connection:
        rows = connection.execute(_ASKED, values).all()
    if not rows:
        return None
    first = rows[0]
    given = [Grant(roll=row.roll, enhet_id=row.enhet_id) for row in rows if row.roll in ROLES]
    given += [Grant(roll=name, enhet_id=unit) for name, unit in json.loads(first.roller) if name in ROLES]
    found = Visitor(
        key=first.nyckel, account=first.id, user=f"{first.utfardare}|{first.sub}", name=first.namn, how=first.satt,
        began=first.skapad, seen=first.sedd, grants=tuple(given),
    )  # fmt: skip
    return found if found.left(time.time()) else None


def note_seen(state: State, who: Visitor) -> None:
    """The visitor has asked for something: the time without a request begins anew. Written once a minute at most."""
    if int(time.time()) - who.seen >= SEEN_EVERY:
        prolong(state, who)


def prolong(state: State, who: Visitor) -> None:
    """Note that the visitor is there now."""
    moment = int(time.time())
    with reached(), writing(state.engine, TABLES) as connection:
        connection.execute(update(inloggning).where(inloggning.c.nyckel == who.key).values(sedd=moment))


def close_session(state: State, key: str) -> None:
    with reached(), writing(state.engine, TABLES) as connection:
        connection.execute(delete(inloggning).where(inloggning.c.nyckel == key))


def close_all(state: State, account: int, *, but: str = "") -> int:
    """End all sessions of an account (but one). Returns how many."""
    with reached(), writing(state.engine, TABLES) as connection:
        ended = delete(inloggning).where(inloggning.c.konto_id == account, inloggning.c.nyckel != but)
        return connection.execute(ended).rowcount
