"""Asks and writes the state. Everything is asked with a scope; everything that is written is looked at first."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select
from sqlalchemy.exc import IntegrityError

from dashboard.access.scope import Forbidden, Scope
from dashboard.state.checked import checked, is_month
from dashboard.state.database import open_state, reached, writing
from dashboard.state.kinds import (
    BESLUT,
    MOST_DECISIONS,
    OPEN,
    TO_DO,
    Changed,
    Draft,
    Frozen,
    Post,
    Refused,
)
from dashboard.state.models import post, rapport, version
from dashboard.texts import state as say


def now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


class State:
    """What people have written, at one address; opened when it is first asked."""

    def __init__(self, address: str) -> None:
        self.address = address

    @cached_property
    def engine(self) -> Engine:
        with reached():
            return open_state(self.address)

    def add(
        self, scope: Scope, slag: str, enhet_id: str, manad: str, draft: Draft, *,
        matt: str = "", till: int | None = None, names_nobody: bool = False,
    ) -> Post:  # fmt: skip
        """Save something new. Raises Refused (or NamesSomebody) and Forbidden."""
        tidy = checked(slag, matt, draft, names_nobody=names_nobody)
        if not is_month(manad):
            raise Refused(say.NO_MONTH)
        with reached(), writing(self.engine) as connection:
            _refuse_too_many(connection, slag, scope.enhet(enhet_id), manad)
            if till is not None:
                # an action stands at a decision of its own unit, and nowhere else
                _owned(connection, scope, till, slag=BESLUT, enhet_id=enhet_id)
            made = insert(post).values(
                slag=slag, enhet_id=enhet_id, manad=manad, matt=matt, till=till, skapad=now()
            ).returning(post.c.id)  # fmt: skip
            number = connection.execute(made).scalar_one()
            _save(connection, number, 1, tidy)
            return _owned(connection, scope, number)

    def change(self, scope: Scope, number: int, seen: int, draft: Draft, *, names_nobody: bool = False) -> Post:
        """Save a new version of what was seen in its version `seen`. Raises Changed when another was saved meanwhile,
        Refused and Forbidden."""
        with reached(), writing(self.engine) as connection:
            current = _owned(connection, scope, number)
            if current.version != seen:
                raise Changed(current)
            tidy = checked(current.slag, current.matt, draft, names_nobody=names_nobody)
            _save(connection, number, seen + 1, tidy)
            return _owned(connection, scope, number)

    def posts(self, scope: Scope, units: Iterable[str], *slag: str) -> list[Post]:
        """The latest version of everything of these units (of these kinds), the newest meeting first."""
        asked = _latest().where(post.c.enhet_id.in_([scope.enhet(one) for one in units]))
        if slag:
            asked = asked.where(post.c.slag.in_(slag))
        return self._read(asked.order_by(post.c.manad.desc(), post.c.id))

    def overdue(self, scope: Scope, units: Iterable[str], today: str) -> list[Post]:
        """Decisions and actions that were to be done by a day before today, the oldest first."""
        late = (version.c.status.in_(OPEN), version.c.klart_senast != "", version.c.klart_senast < today)
        units = [scope.enhet(one) for one in units]
        asked = _latest().where(post.c.enhet_id.in_(units), post.c.slag.in_(TO_DO), *late)
        return self._read(asked.order_by(version.c.klart_senast, post.c.id))

    def history(self, scope: Scope, number: int) -> list[Post]:
        """Every version, the first first. Raises Forbidden for a foreign or unknown one."""
        found = self._read(_versions().where(post.c.id == number).order_by(version.c.version))
        for one in found:
            scope.enhet(one.enhet_id)
        return found

    def freeze(self, scope: Scope, report: Frozen) -> int:
        """Keep the report of a meeting. Returns its version: 1 the first time. Raises Forbidden and Refused."""
        draft = checked("", "", Draft(text="-", av=report.av), names_nobody=True)
        with reached(), writing(self.engine) as connection:
            key = (rapport.c.enhet_id == scope.enhet(report.enhet_id), rapport.c.manad == report.manad)
            last = connection.execute(select(func.max(rapport.c.version)).where(*key)).scalar() or 0
            content = json.dumps(report.innehall, ensure_ascii=False, sort_keys=True)
            said = vars(report) | {"version": last + 1, "innehall": content, "av": draft.av, "tid": now()}
            connection.execute(insert(rapport).values(**said))
            return last + 1

    def frozen(self, scope: Scope, enhet_id: str, manad: str) -> Frozen | None:
        """The report of a unit's meeting as it was last frozen; None where it was not."""
        asked = select(rapport).where(rapport.c.enhet_id == scope.enhet(enhet_id), rapport.c.manad == manad)
        with reached(), self.engine.connect() as connection:
            row = connection.execute(asked.order_by(rapport.c.version.desc()).limit(1)).mappings().first()
        return None if row is None else Frozen(**{**row, "innehall": json.loads(row["innehall"])})

    def _read(self, asked: Select) -> list[Post]:
        with reached(), self.engine.connect() as connection:
            return _posts(connection, asked)


def _versions() -> Select:
    columns: Sequence[Any] = [*post.c, *(column for column in version.c if column.name != "post_id")]
    return select(*columns).join(version, version.c.post_id == post.c.id)


@cache
def _latest() -> Select:
    newer = version.alias()
    last = select(func.max(newer.c.version)).where(newer.c.post_id == post.c.id).scalar_subquery()
    return _versions().where(version.c.version == last)


def _posts(connection: Connection, asked: Select) -> list[Post]:
    return [Post(**row) for row in connection.execute(asked).mappings()]


def _owned(connection: Connection, scope: Scope, number: int, slag: str = "", enhet_id: str = "") -> Post:
    """The latest version of a post inside the scope. Raises Forbidden for one that is foreign, of another kind or unit, or not
    there, which cannot be told apart."""
    found = _posts(connection, _latest().where(post.c.id == number))
    if not found or (slag and found[0].slag != slag) or (enhet_id and found[0].enhet_id != enhet_id):
        raise Forbidden
    scope.enhet(found[0].enhet_id)
    return found[0]


def _refuse_too_many(connection: Connection, slag: str, enhet_id: str, manad: str) -> None:
    if slag != BESLUT:
        return
    meeting = (post.c.enhet_id == enhet_id, post.c.manad == manad, post.c.slag == BESLUT)
    standing = [one for one in _posts(connection, _latest().where(*meeting)) if one.status != "avbruten"]
    if len(standing) >= MOST_DECISIONS:
        raise Refused(say.TOO_MANY.format(most=MOST_DECISIONS))


def _save(connection: Connection, number: int, at: int, draft: Draft) -> None:
    try:
        connection.execute(insert(version).values(post_id=number, version=at, tid=now(), **vars(draft)))
    except IntegrityError:
        raise Refused(say.NO_SUCH) from None
