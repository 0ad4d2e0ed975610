"""Who writes: never what a form says, always who is signed in."""

from dashboard.access.visitor import Visitor

LONGEST = 120


def author(visitor: Visitor) -> str:
    """The name and role that is kept with what was written."""
    role = visitor.roles
    room = LONGEST - len(role) - 2
    return f"{visitor.name[:room]}, {role}" if room > 0 else visitor.name[:LONGEST]
