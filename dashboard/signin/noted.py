"""What is noted in the trail of what is shown, fetched, written and refused behind the door."""

from collections.abc import Callable
from urllib.parse import parse_qs

from flask import Flask, Response, request

from dashboard.signin import current
from dashboard.signin.door import Door
from dashboard.trail import Event

LONGEST_UNIT = 64
EVENTS = {
    "export": Event.EXPORT, "rapport": Event.RAPPORT, "skriv": Event.BESLUT, "tabell": Event.ENHET_VISAD,
}  # fmt: skip


def note_what_came_of_it(server: Flask, door: Door) -> None:
    """Files that were fetched, what was written, and units that were refused, by what became of the request."""

    @server.after_request
    def _note(response: Response) -> Response:
        event = EVENTS.get(request.blueprint or "")
        who = current.visitor()
        if event is None or who is None:
            return response
        refused = response.status_code == 403
        if refused or response.status_code == 200:
            door.note(
                Event.NEKAD_ATKOMST if refused else event, who, enhet=request.args.get("enhet", "")[:LONGEST_UNIT],
                what=f"{request.path} {request.args.get('manad', '')}"[:120], outcome="nekad" if refused else "ok",
            )  # fmt: skip
        return response


def watched(door: Door, show: Callable[..., tuple]) -> Callable[..., tuple]:
    """A callback, with a line in the trail for the unit that it showed or refused to show, which is in what it tells the
    browser last."""

    def shown(path: str | None, search: str | None) -> tuple:
        answer = show(path, search)
        said, who = answer[-1], current.visitor()
        refused = bool(said.get("nekad"))
        if who is not None and (refused or said["enhet"]):
            event = Event.NEKAD_ATKOMST if refused else Event.ENHET_VISAD
            what = f"{path} {said['manad'] or ''}".strip()[:120]
            door.note(
                event, who, enhet=said["enhet"] or _asked(search), what=what, outcome="nekad" if refused else "ok"
            )
        return answer

    return shown


def _asked(search: str | None) -> str:
    """The unit that an address asks for, as far as it is one."""
    return next(iter(parse_qs((search or "").removeprefix("?")).get("enhet", [])), "")[:LONGEST_UNIT]
