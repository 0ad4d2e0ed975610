"""Who asks: what the server knows of somebody who is signed in."""

from dataclasses import dataclass

from dashboard.access.roles import ROLES, Grant, Right, rights_of, scope_of
from dashboard.access.scope import Scope

IDLE, ABSOLUTE = 30 * 60, 10 * 60 * 60  # seconds without a request, and from sign-in, that a session lasts
WARNING = 5 * 60  # seconds before its end that it is said
LOCAL, OIDC, DEMO = "lokal", "oidc", "demo"


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """`key` names the session, `user` is issuer and subject. `began` and `seen` are seconds since 1970. `how` is the way
    that the visitor signed in."""

    key: str
    account: int
    user: str
    name: str
    how: str
    began: int
    seen: int
    grants: tuple[Grant, ...]

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.grants)

    def may(self, right: Right) -> bool:
        return right in self.rights

    def scope(self, right: Right) -> Scope:
        return scope_of(self.grants, right)

    @property
    def roles(self) -> str:
        """The roles in words, each once."""
        return ", ".join(dict.fromkeys(ROLES[one.roll].label for one in self.grants))

    def left(self, now: float) -> int:
        """Whole seconds until the session ends if nothing more is asked."""
        return max(0, int(min(self.seen + IDLE, self.began + ABSOLUTE) - now))

    def longest(self, now: float) -> int:
        """Whole seconds until it ends whatever is asked."""
        return max(0, int(self.began + ABSOLUTE - now))
