"""What is noted in the trail of what is shown, fetched, written and refused behind the door."""

from collections.abc import Callable

from flask import Flask, Response, request

from dashboard import handled
from dashboard.signin import current
from dashboard.signin.door import Door
from dashboard.trail import Event

LONGEST, LONGEST_UNIT = 120, 64
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
        what = f"{request.path} {request.args.get('manad', '')}"
        if response.status_code == 403:
            _note_refused(door, what)
        elif response.status_code == 200:
            _note_handled(door, event, what)
        return response


def watched(door: Door, show: Callable[..., tuple]) -> Callable[..., tuple]:
    """A callback, with a line in the trail for each unit that it showed or the one that it refused to show."""

    def shown(path: str | None, search: str | None) -> tuple:
        answer = show(path, search)
        said = answer[-1]
        what = f"{path} {said['manad'] or ''}"
        if current.visitor() is None:
            return answer
        if said.get("nekad"):
            _note_refused(door, what)
        elif said["enhet"]:
            _note_handled(door, Event.ENHET_VISAD, what)
        return answer

    return shown


def _note_handled(door: Door, event: Event, what: str) -> None:
    """A row for each unit that the answer is about; one without a unit where it is about none."""
    for unit in handled.handled() or ("",):
        door.note(event, current.visitor(), enhet=unit, what=what.strip()[:LONGEST])


def _note_refused(door: Door, what: str) -> None:
    door.note(
        Event.NEKAD_ATKOMST, current.visitor(), enhet=handled.refused()[:LONGEST_UNIT], what=what.strip()[:LONGEST],
        outcome="nekad",
    )  # fmt: skip
