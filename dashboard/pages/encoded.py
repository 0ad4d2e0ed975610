"""The main part of a page as the text that is sent: made once while the release is open and nothing new is decided, if all
of it could be made."""

from typing import Any

import orjson

from dashboard.pages import Page
from dashboard.pages.parts import watched
from dashboard.pages.view import View


class _NotWhole(Exception):
    """A piece failed: the page is shown, and made again for the next who asks."""


def encoded(content: Any) -> orjson.Fragment:
    """Components as JSON, for Dash to put into its answer as it is."""
    return orjson.Fragment(as_json(content))


def main_part(page: Page, rest: str, view: View) -> orjson.Fragment:
    """What the page shows, remembered by who may see what, so that nobody is shown what was made for another, and by what
    people have decided about the place, so that a decision is shown as soon as it is saved, by every process."""
    if not page.remembered or view.told is None:
        return encoded(page.build(view, rest))
    made: list[bytes] = []

    def whole() -> bytes:
        content, failures = watched(lambda: page.build(view, rest))
        made.append(as_json(content))
        if failures:
            raise _NotWhole
        return made[0]

    try:
        return orjson.Fragment(view.release.pages.get((page.path, rest, view.asked, view.told), whole))
    except _NotWhole:
        return orjson.Fragment(made[0])


def as_json(content: Any) -> bytes:
    """Components as the browser's part of Dash reads them."""
    return orjson.dumps(content, default=lambda component: component.to_plotly_json())
