"""How an address of a file says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort

from dashboard.access.scope import Forbidden
from dashboard.pages.view import OutsideLattice, UnknownMonth
from dashboard.release import NothingPublished

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def refused() -> Iterator[None]:
    """403 for a unit outside the scope, 404 for what does not exist."""
    try:
        yield
    except Forbidden:
        abort(403)
    except (NothingPublished, UnknownMonth, OutsideLattice):
        abort(404)
