"""The trail of what is done by a command on the server: who started it stands in the place of the user."""

import getpass

from dashboard.settings import DashboardSettings
from dashboard.trail.entry import Event
from dashboard.trail.forwarded import to_the_system
from dashboard.trail.log import Trail


class CommandTrail:
    """Rows of one command after another."""

    def __init__(self, settings: DashboardSettings) -> None:
        self.who = getpass.getuser()
        self.trail = Trail(settings.state_address)
        if settings.forward_trail:
            to_the_system()

    def note(self, event: Event, what: str, *, enhet: str = "") -> None:
        """Raises Unavailable."""
        self.trail.record(event, user=f"os|{self.who}", role="kommandot", enhet=enhet, what=what)
