"""What people write at the monthly review, kept with its whole history, and who may sign in: the only door to the state
database."""

from dashboard.state.accounts import Account
from dashboard.state.database import address_of
from dashboard.state.kinds import Changed, Draft, Frozen, NamesSomebody, Post, Refused, Unavailable
from dashboard.state.store import State

__all__ = [
    "Account",
    "Changed",
    "Draft",
    "Frozen",
    "NamesSomebody",
    "Post",
    "Refused",
    "State",
    "Unavailable",
    "address_of",
]
