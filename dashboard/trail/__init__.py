"""Who signed in, was refused, looked, fetched and decided: a log that is only added to, each row bound to the one before."""

from dashboard.state.kinds import Unavailable
from dashboard.trail.entry import Event
from dashboard.trail.log import Trail

__all__ = ["Event", "Trail", "Unavailable"]
