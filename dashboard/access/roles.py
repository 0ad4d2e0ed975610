"""What each role may do and see: the whole table of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboard.access.scope import Scope
from dashboard.texts import signin as say


class Right(StrEnum):
    """What can be asked for. Nothing is open to a role that is not given it here."""

    STATISTIK = "statistik"
    DATAKVALITET = "datakvalitet"
    SKRIVA = "skriva"
    KONTON = "konton"


@dataclass(frozen=True, kw_only=True)
class Role:
    """`own_units`: only the units that are named where the role is given; otherwise every published unit."""

    label: str
    rights: frozenset[Right]
    own_units: bool = False


READS = frozenset({Right.STATISTIK, Right.DATAKVALITET})
ROLES = {
    "verksamhetschef": Role(label=say.ROLES["verksamhetschef"], rights=READS | {Right.SKRIVA}, own_units=True),
    "team": Role(label=say.ROLES["team"], rights=READS | {Right.SKRIVA}, own_units=True),
    "regionteam": Role(label=say.ROLES["regionteam"], rights=READS | {Right.SKRIVA}),
    "analytiker": Role(label=say.ROLES["analytiker"], rights=READS),
    "datasteward": Role(label=say.ROLES["datasteward"], rights=frozenset({Right.DATAKVALITET})),
    "admin": Role(label=say.ROLES["admin"], rights=frozenset({Right.KONTON})),
}


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role that somebody has now, and for which unit (empty for roles that are not about some units)."""

    roll: str
    enhet_id: str = ""


def rights_of(grants: Iterable[Grant]) -> frozenset[Right]:
    return frozenset().union(*(ROLES[one.roll].rights for one in grants))


def scope_of(grants: Iterable[Grant], right: Right) -> Scope:
    """The units that these roles together open for a right: none where no role gives it."""
    giving = [one for one in grants if right in ROLES[one.roll].rights and right is not Right.KONTON]
    if any(not ROLES[one.roll].own_units for one in giving):
        return Scope.everything()
    return Scope(units=frozenset(one.enhet_id for one in giving if one.enhet_id))
