"""The addresses that write: POST from a page of ours and nothing else; the answer says what became of it."""

import logging
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, jsonify, request

from dashboard import handled, queries
from dashboard.access.origin import from_own_page
from dashboard.access.scope import Forbidden, Scope
from dashboard.release import NothingPublished, Release, Releases
from dashboard.review.kept import freeze
from dashboard.state import Changed, Draft, NamesSomebody, Refused, State, Unavailable
from dashboard.state.kinds import SLAG, STATUS
from dashboard.texts import states
from dashboard.texts.review import CHANGED, CHOOSE_MEASURE, NOT_SAVED, SAVED

log = logging.getLogger("sjukvy.skriv")
LARGEST = 32_000  # bytes of a form
FIELDS = ("text", "ansvarig", "klart_senast", "effekt", "status")
Answer = Response | tuple[Response, int]


def writing_routes(
    releases: Releases, scope_of: Callable[[], Scope], state: State, signed: Callable[[], str]
) -> Blueprint:  # fmt: skip
    """403 from elsewhere or for a foreign unit, 422 with what is wrong, 409 when somebody else was first. `signed` is who
    writes, whatever a form says."""
    routes = Blueprint("skriv", __name__)

    @routes.before_request
    def _own_pages_only() -> None:
        if not from_own_page(request.headers, request.host):
            abort(403)
        if (request.content_length or 0) > LARGEST:
            abort(413)

    @routes.post("/skriv/<slag>")
    def write(slag: str) -> Answer:
        if slag not in SLAG:
            abort(404)
        return _answered(lambda: _added(releases, scope_of(), state, slag, signed()), SAVED[slag])

    @routes.post("/skriv/andra/<int:number>")
    def change(number: int) -> Answer:
        return _answered(lambda: _changed(scope_of(), state, number, signed()), SAVED["andra"])

    @routes.post("/skriv/rapport")
    def keep() -> Answer:
        return _answered(lambda: freeze(*_meeting(releases, scope_of()), state, signed()), SAVED["rapport"])

    return routes


def _added(releases: Releases, scope: Scope, state: State, slag: str, av: str) -> None:
    release, _, place, manad = _meeting(releases, scope)
    matt = request.form.get("matt", "")
    if matt and matt not in queries.with_shares(release):
        raise Refused(CHOOSE_MEASURE)
    made = state.add(
        scope, slag, place.enhet_id, manad, _draft(request.form, av), matt=matt,
        till=request.args.get("till", None, int), names_nobody=_names_nobody(),
    )  # fmt: skip
    log.info("%s %d for %s %s", slag, made.id, place.enhet_id, manad)


def _changed(scope: Scope, state: State, number: int, av: str) -> None:
    seen = request.args.get("version", 0, int)
    made = state.change(scope, number, seen, _draft(request.form, av), names_nobody=_names_nobody())
    handled.note([made.enhet_id])


def _meeting(releases: Releases, scope: Scope) -> tuple[Release, Scope, queries.Place, str]:
    """The release, and the unit and month of the address. Raises Forbidden and Refused."""
    release = releases.current()
    place = queries.place(release, scope, request.args.get("enhet", ""))
    handled.note([place.enhet_id])
    manad = request.args.get("manad", "")
    if manad not in {row["manad"] for row in queries.months(release)}:
        raise Refused(states.UNKNOWN_MONTH)
    return release, scope, place, manad


def _names_nobody() -> bool:
    return request.form.get("bekraftat") == "on"


def _draft(form: Mapping[str, str], av: str) -> Draft:
    written = {name: form[name] for name in FIELDS if name in form}
    return Draft(av=av, **{"text": "", **written})


def _answered(save: Callable[[], object], said: str) -> Answer:
    try:
        save()
    except Changed as changed:
        now = changed.current
        told = CHANGED.format(who=now.av, when=now.tid[:16].replace("T", " "), status=STATUS[now.status], text=now.text)
        return jsonify(fel=[told], version=now.version), 409
    except Refused as refused:
        return jsonify(fel=list(refused.faults), namn=isinstance(refused, NamesSomebody)), 422
    except Forbidden as fault:
        handled.note_refused(fault.enhet_id)
        return jsonify(fel=[states.FORBIDDEN]), 403
    except NothingPublished:
        return jsonify(fel=[states.NOTHING_PUBLISHED]), 503
    except Unavailable:
        log.exception("nothing could be saved")
        return jsonify(fel=[NOT_SAVED]), 503
    return jsonify(sparat=said)
