"""Who the request that is being answered is from."""

from flask import g, has_request_context

from dashboard.access.author import author
from dashboard.access.roles import Right
from dashboard.access.scope import Forbidden, Scope
from dashboard.access.visitor import Visitor


def visitor() -> Visitor | None:
    """Nobody outside a request, and where nobody is signed in."""
    return g.get("visitor") if has_request_context() else None


def known() -> Visitor:
    """Raises Forbidden where nobody is signed in: the guard lets nobody come so far."""
    found = visitor()
    if found is None:
        raise Forbidden
    return found


def scope(right: Right) -> Scope:
    """What the visitor may see by a right; nothing where nobody is signed in."""
    found = visitor()
    return found.scope(right) if found else Scope.nothing()


def may(right: Right) -> bool:
    found = visitor()
    return found is not None and found.may(right)


def signed() -> str:
    """The author of what is written now."""
    return author(known())
