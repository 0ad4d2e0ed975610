"""The scope that every query takes: which units its asker may see."""

from dataclasses import dataclass


class Forbidden(Exception):
    """The unit is outside the scope, or does not exist: the asker cannot tell which. `enhet_id` is for the trail."""

    def __init__(self, enhet_id: str = "") -> None:
        super().__init__()
        self.enhet_id = enhet_id


@dataclass(frozen=True, kw_only=True)
class Scope:
    """`units` None means every published unit."""

    units: frozenset[str] | None

    @classmethod
    def everything(cls) -> "Scope":
        """For commands on the server, and for roles that see everything; never where nobody is signed in."""
        return cls(units=None)

    @classmethod
    def nothing(cls) -> "Scope":
        return cls(units=frozenset())

    def allows(self, enhet_id: str) -> bool:
        return self.units is None or enhet_id in self.units

    def enhet(self, enhet_id: str) -> str:
        if not self.allows(enhet_id):
            raise Forbidden(enhet_id)
        return enhet_id
