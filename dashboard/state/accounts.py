"""Who may sign in, and the roles that they have been given: asked and changed here and nowhere else."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.access.roles import ROLES, Grant
from dashboard.day import today
from dashboard.state.access_models import TABLES, inloggning, konto, roll
from dashboard.state.checked import clean, is_day
from dashboard.state.database import reached, writing
from dashboard.state.kinds import Refused
from dashboard.state.store import State, now
from dashboard.texts import signin as say

HERE = ""  # the issuer of accounts that are kept here
CODE_LASTS = 24 * 60 * 60  # seconds
LONGEST_NAME, LONGEST_UNIT = 120, 64


@dataclass(frozen=True, kw_only=True)
class Given:
    """A role as it was given; days are ÅÅÅÅ-MM-DD and empty where there is no limit."""

    id: int
    roll: str
    enhet_id: str
    fran: str
    till: str
    given_av: str

    def holds(self, day: str) -> bool:
        return self.fran <= day and (not self.till or day <= self.till)


@dataclass(frozen=True, kw_only=True)
class Account:
    """`losen` is the hash of a passphrase, empty where there is none; `avstangd` the time that it was closed."""

    id: int
    utfardare: str
    sub: str
    namn: str
    losen: str
    avstangd: str
    given: tuple[Given, ...]

    @property
    def is_open(self) -> bool:
        return not self.avstangd

    def grants(self, day: str) -> tuple[Grant, ...]:
        return tuple(Grant(roll=one.roll, enhet_id=one.enhet_id) for one in self.given if one.holds(day))


def hashed(secret: str) -> str:
    """For secrets that are long and random: nothing else can be found again from its hash."""
    return sha256(secret.encode()).hexdigest()


def add(state: State, sub: str, namn: str, *, utfardare: str = HERE) -> Account:
    """A new account without roles. Raises Refused."""
    row = {
        "utfardare": utfardare, "sub": clean(sub), "namn": clean(namn)[:LONGEST_NAME], "losen": "", "engangskod": "",
        "engangskod_till": 0, "avstangd": "", "skapad": now(),
    }  # fmt: skip
    if not row["sub"] or len(row["sub"]) > (255 if utfardare else LONGEST_NAME) or not row["namn"]:
        raise Refused(say.NAME_IT.format(longest=LONGEST_NAME))
    with reached():
        try:
            with writing(state.engine, TABLES) as connection:
                made = connection.execute(insert(konto).values(**row).returning(konto.c.id)).scalar_one()
        except IntegrityError:
            raise Refused(say.ACCOUNT_EXISTS) from None
    return account(state, made)


def find(state: State, sub: str, *, utfardare: str = HERE) -> Account | None:
    found = _accounts(state, and_(konto.c.utfardare == utfardare, konto.c.sub == sub))
    return found[0] if found else None


def account(state: State, number: int) -> Account:
    """Raises Refused where there is none."""
    found = _accounts(state, konto.c.id == number)
    if not found:
        raise Refused(say.NO_ACCOUNT)
    return found[0]


def accounts(state: State) -> list[Account]:
    """All of them, by name."""
    return _accounts(state, konto.c.id > 0)


def give(state: State, number: int, grant: Grant, *, fran: str = "", till: str = "", by: str) -> None:
    """A role from a day to a day, both included; from today where nothing is said. Raises Refused."""
    if grant.roll not in ROLES:
        raise Refused(say.CHOOSE_ROLE)
    if ROLES[grant.roll].own_units != bool(grant.enhet_id) or len(grant.enhet_id) > LONGEST_UNIT:
        raise Refused(say.CHOOSE_UNIT if ROLES[grant.roll].own_units else say.CHOOSE_NO_UNIT)
    first = fran or today()
    if not is_day(first) or (till and not is_day(till)) or (till and till < first):
        raise Refused(say.ROLE_DAYS)
    row = {
        "konto_id": account(state, number).id, "roll": grant.roll, "enhet_id": grant.enhet_id, "fran": first, "till": till,
        "given": now(), "given_av": by[:LONGEST_NAME], "tagen": "", "tagen_av": "",
    }  # fmt: skip
    with reached(), writing(state.engine, TABLES) as connection:
        connection.execute(insert(roll).values(**row))


def withdraw(state: State, number: int, given: int, *, by: str) -> None:
    """Take back a role that an account has been given. It ends at once. Raises Refused."""
    found = and_(roll.c.id == given, roll.c.konto_id == number, roll.c.tagen == "")
    with reached(), writing(state.engine, TABLES) as connection:
        done = connection.execute(update(roll).where(found).values(tagen=now(), tagen_av=by[:LONGEST_NAME]))
        if not done.rowcount:
            raise Refused(say.NOT_GIVEN)


def disable(state: State, number: int) -> None:
    """Close an account and end its sessions. Raises Refused."""
    with reached(), writing(state.engine, TABLES) as connection:
        _changed(connection, number, avstangd=now(), engangskod="", engangskod_till=0)
        connection.execute(delete(inloggning).where(inloggning.c.konto_id == number))


def enable(state: State, number: int) -> None:
    """Open an account again. Raises Refused."""
    with reached(), writing(state.engine, TABLES) as connection:
        _changed(connection, number, avstangd="")


def set_passphrase(state: State, number: int, hash_of_it: str) -> None:
    """What is kept of a new passphrase; a code that was given is used up. Raises Refused."""
    with reached(), writing(state.engine, TABLES) as connection:
        _changed(connection, number, losen=hash_of_it, engangskod="", engangskod_till=0)


def new_code(state: State, number: int) -> str:
    """A code by which the account's owner chooses a passphrase, once and within a day. Raises Refused."""
    code = secrets.token_hex(16)
    with reached(), writing(state.engine, TABLES) as connection:
        _changed(connection, number, engangskod=hashed(code), engangskod_till=int(time.time()) + CODE_LASTS)
    return code


def use_code(state: State, sub: str, code: str, hash_of_new: str) -> Account | None:
    """The account whose code this is, with its new passphrase: a code works once. None where it does not."""
    asked = and_(
        konto.c.utfardare == HERE, konto.c.sub == sub, konto.c.avstangd == "", konto.c.engangskod == hashed(code),
        konto.c.engangskod_till > int(time.time()),
    )  # fmt: skip
    changed = update(konto).where(asked).values(losen=hash_of_new, engangskod="", engangskod_till=0)
    with reached(), writing(state.engine, TABLES) as connection:
        number = connection.execute(changed.returning(konto.c.id)).scalar()
        if number is not None:  # whoever was signed in with the one before is no longer
            connection.execute(delete(inloggning).where(inloggning.c.konto_id == number))
    return None if number is None else account(state, number)


def _changed(connection: Connection, number: int, **values: str | int) -> None:
    if not connection.execute(update(konto).where(konto.c.id == number).values(**values)).rowcount:
        raise Refused(say.NO_ACCOUNT)


def _accounts(state: State, wanted) -> list[Account]:
    fields = [konto.c[name] for name in ("id", "utfardare", "sub", "namn", "losen", "avstangd")]
    with reached(), state.engine.connect() as connection:
        rows = connection.execute(select(*fields).where(wanted).order_by(konto.c.namn, konto.c.id)).mappings().all()
        given = _given(connection, [row["id"] for row in rows])
    return [Account(**row, given=tuple(given.get(row["id"], ()))) for row in rows]


def _given(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Given]]:
    """Account → the roles that have not been taken back, also those that have not begun or have ended."""
    found: dict[int, list[Given]] = {}
    fields = [roll.c[name] for name in ("id", "roll", "enhet_id", "fran", "till", "given_av")]
    asked = select(roll.c.konto_id, *fields).where(roll.c.konto_id.in_(numbers), roll.c.tagen == "")
    for row in connection.execute(asked.order_by(roll.c.id)).mappings():
        values = dict(row)
        found.setdefault(values.pop("konto_id"), []).append(Given(**values))
    return found
