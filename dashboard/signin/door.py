"""What the rooms behind the door share: the state, the provider, the releases, and what is noted in the trail."""

from dataclasses import dataclass

from flask import g, request

from dashboard.access.oidc.provider import Provider
from dashboard.access.roles import ROLES, Grant
from dashboard.access.settings import SignInSettings
from dashboard.access.visitor import DEMO, LOCAL, Visitor
from dashboard.release import NothingPublished, Release, Releases
from dashboard.state import State
from dashboard.trail import Event, Trail


@dataclass(frozen=True, kw_only=True)
class Door:
    """`address` is where the dashboard is reached, with its last slash. `demo`: whether the demo's users may come in, as long
    as the release is a demo."""

    settings: SignInSettings
    state: State
    releases: Releases
    trail: Trail
    provider: Provider | None
    address: str
    demo: bool

    @property
    def back(self) -> str:
        """Where the provider sends the browser: said by the settings, never by a request."""
        return f"{self.address}logga-in/tillbaka"

    @property
    def demo_release(self) -> Release | None:
        """The release, where the demo's users may come in."""
        try:
            release = self.releases.current() if self.demo else None
        except NothingPublished:
            return None
        return release if release is not None and release.is_demo else None

    def admits(self, who: Visitor) -> bool:
        """Whether the way by which somebody came in is still open: a session does not outlive a way that has been closed."""
        if who.how == DEMO:
            return self.demo_release is not None
        if who.how == LOCAL:
            return self.settings.local
        return who.user.startswith(f"{self.settings.issuer}|") and bool(self.settings.issuer)

    def note(
        self, event: Event, who: Visitor | None, *, enhet: str = "", what: str = "", outcome: str = "ok", name: str = ""
    ) -> None:
        """A line in the trail about this request. `name` is what somebody called themselves who is not signed in."""
        self.trail.record(
            event, user=who.user if who else name, role=who.roles if who else "", enhet=enhet, what=what, outcome=outcome,
            address=request.remote_addr or "", request_id=g.get("request_id", ""),
        )  # fmt: skip


def demo_grants(units: list[str]) -> dict[str, tuple[Grant, ...]]:
    """The demo's user of each role; those with own units have the first vårdcentral."""
    return {name: (Grant(roll=name, enhet_id=units[0] if role.own_units else ""),) for name, role in ROLES.items()}
