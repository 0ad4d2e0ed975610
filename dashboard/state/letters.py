"""Who wants what by mail, and what has been sent: versions and a log, as everything that is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from dashboard.access.scope import Scope
from dashboard.state.database import writing
from dashboard.state.kinds import Refused
from dashboard.state.models import prenumeration, utskick
from dashboard.state.store import State, now
from dashboard.texts import state as say

WHEN = {"manad": say.EVERY_MONTH, "signal": say.WHEN_NEEDED, "aldrig": say.NEVER_AT_ALL}
SENT = "skickat"
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """One address and unit: when to write, and which measures' signals count (all where none is named)."""

    enhet_id: str
    adress: str
    nar: str
    matt: tuple[str, ...]


def subscribe(state: State, scope: Scope, wanted: Subscription, domains: Sequence[str]) -> None:
    """Save a choice. Raises Refused for an address outside the region's domains, and Forbidden."""
    found = ADDRESS.fullmatch(wanted.adress)
    if found is None or found[1].lower() not in {domain.lower() for domain in domains}:
        raise Refused(say.DOMAINS.format(domains=", ".join(domains) or say.NO_DOMAINS))
    if wanted.nar not in WHEN:
        raise Refused(say.CHOOSE_WHEN.format(choices=", ".join(WHEN)))
    with writing(state.engine) as connection:
        key = (prenumeration.c.enhet_id == scope.enhet(wanted.enhet_id), prenumeration.c.adress == wanted.adress)
        last = connection.execute(select(func.max(prenumeration.c.version)).where(*key)).scalar() or 0
        row = vars(wanted) | {"matt": ",".join(wanted.matt), "version": last + 1, "tid": now()}
        connection.execute(insert(prenumeration).values(**row))


def subscriptions(state: State, scope: Scope) -> list[Subscription]:
    """The latest choice of everybody who wants something, by unit and address."""
    newer = prenumeration.alias()
    last = (
        select(func.max(newer.c.version))
        .where(newer.c.enhet_id == prenumeration.c.enhet_id, newer.c.adress == prenumeration.c.adress)
        .scalar_subquery()
    )
    asked = select(prenumeration).where(prenumeration.c.version == last, prenumeration.c.nar != "aldrig")
    with state.engine.connect() as connection:
        rows = connection.execute(asked.order_by(prenumeration.c.enhet_id, prenumeration.c.adress)).mappings().all()
    return [
        Subscription(
            enhet_id=row["enhet_id"], adress=row["adress"], nar=row["nar"],
            matt=tuple(name for name in row["matt"].split(",") if name),
        )
        for row in rows
        if scope.allows(row["enhet_id"])
    ]  # fmt: skip


def is_sent(state: State, wanted: Subscription, manad: str) -> bool:
    """Whether the letter of a month has gone: it is not sent twice."""
    asked = select(func.count()).where(
        utskick.c.enhet_id == wanted.enhet_id, utskick.c.adress == wanted.adress, utskick.c.manad == manad,
        utskick.c.utfall == SENT,
    )  # fmt: skip
    with state.engine.connect() as connection:
        return connection.execute(asked).scalar_one() > 0


def note(state: State, wanted: Subscription, manad: str, release: str, outcome: str, tries: int) -> None:
    """Write in the log what became of a letter."""
    row = {
        "enhet_id": wanted.enhet_id, "adress": wanted.adress, "manad": manad, "utgava": release, "utfall": outcome,
        "forsok": tries, "tid": now(),
    }  # fmt: skip
    with writing(state.engine) as connection:
        connection.execute(insert(utskick).values(**row))
