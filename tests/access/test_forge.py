"""Forges a request for every rule and every callback that the running app has: `make forge` runs this alone and says how many
were tried and refused. A new rule or callback is among them without anybody adding it here."""

import itertools
import re
from collections import Counter

import pytest
from werkzeug.routing import IntegerConverter

from dashboard import queries
from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.settings import DashboardSettings
from dashboard.state import Draft
from dashboard.texts import states
from schemas.measures import MEASURES
from tests.signed import signed_in

# all that answers somebody who is not signed in; a rule that is added here is a decision
OPEN = {
    "/halsa", "/halsa/redo", "/logga-in", "/logga-in/demo", "/logga-in/kod", "/logga-ut",
    "/assets/<path:filename>",  # two files of it: tested below
}  # fmt: skip
SIGN_IN_FILES = ("sjukvy.css", "inloggning.css")
UNKNOWN = "SE-FINNS-INTE"
MONTH = "2026-03"
LARGE = 2_000_000
ODD = [
    None,
    7,
    -1,
    True,
    [],
    {},
    [[]],
    {"enhet": 1},
    "",
    "\x00",
    "%00",
    "?enhet=",
    "?enhet=a&enhet=b",
    "?manad=[]",
    "'; --",
    "é" * 99,
]
NUMBERS = ("1", "99999")
NAMES = ("pagaende", "rapport", "beslut", "hittepa")  # what stands for a name in a path
OWN_UNITS = ("verksamhetschef", "team")
tried: Counter = Counter()


@pytest.fixture(scope="module")
def new_app(region, tmp_path_factory):
    """Makes an app with a state of its own, in which the foreign unit has a decision, number 1."""

    def made(scope, units):
        state = f"sqlite:///{tmp_path_factory.mktemp('forge')}/protokoll.sqlite"
        app = create_app(DashboardSettings(published=region.published, state=state))
        decision = Draft(
            text="det okända beslutet", av="Chef", ansvarig="Chef", klart_senast="2026-04-01", effekt="fler"
        )
        written = app.server.extensions["sjukvy"].state
        assert written.add(scope, "beslut", units[1].enhet_id, MONTH, decision, matt="startade").id == 1
        return app

    return made


@pytest.fixture(scope="module")
def app(new_app, scope, units):
    return new_app(scope, units)


@pytest.fixture(scope="module")
def units(release, scope):
    """The own unit and a foreign one."""
    found = [place for place in queries.places(release, scope) if place.niva == "enhet"]
    return found[0], found[1]


@pytest.fixture(scope="module")
def foreign(release, scope, units):
    """What must not be in any answer to somebody of the own unit: ids and names of all other units."""
    others = [place for place in queries.places(release, scope) if place.niva == "enhet" and place != units[0]]
    return ["det okända".encode(), *(word.encode() for place in others for word in (place.enhet_id, place.namn))]


@pytest.fixture(scope="module")
def chef(app, units):
    return signed_in(app, "verksamhetschef", [units[0].enhet_id])


@pytest.fixture(scope="module", autouse=True)
def told(request):
    """How many were tried, in the terminal."""
    yield
    lines = [f"  {what}: {number}" for what, number in sorted(tried.items())]
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("\nforged and refused:", *lines, f"  together: {sum(tried.values())}", sep="\n")


def rules(app):
    """(method, address) of every rule, its variables filled in; every method that a rule answers."""
    for rule in app.server.url_map.iter_rules():
        kinds = {name: NUMBERS if type(one) is IntegerConverter else NAMES for name, one in rule._converters.items()}
        for values in itertools.product(*kinds.values()):
            address = rule.rule
            for name, value in zip(kinds, values, strict=True):
                kind = next(part for part in address.split("<")[1:] if part.partition(">")[0].endswith(name))
                address = address.replace(f"<{kind.partition('>')[0]}>", value)
            for method in sorted(rule.methods):
                yield rule.rule, method, address


def callbacks(client):
    found = client.get("/_dash-dependencies").json
    assert found
    return found


def body_of(wire, values):
    """What a browser would post, with these values for its inputs and states."""
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in wire["output"].strip(".").split("...")
    ]
    asked = [{**one, "value": value} for one, value in zip([*wire["inputs"], *wire["state"]], values, strict=True)]
    inside = len(wire["inputs"])
    return {
        "output": wire["output"], "outputs": outputs if len(outputs) > 1 else outputs[0], "inputs": asked[:inside],
        "state": asked[inside:], "changedPropIds": [f"{one['id']}.{one['property']}" for one in wire["inputs"]],
    }  # fmt: skip


def post(client, wire, values, **more):
    return client.post("/_dash-update-component", json=body_of(wire, values), **more)


def bare(body, unit):
    """An answer without the unit that was asked for, the number that Dash makes up for each page, and the token of forms, which
    is signed with the second."""
    made_up = rb'"end_id":"[^"]*"|name="csrf_token" value="[^"]*"'
    return re.sub(made_up, b"", body.replace(unit.encode(), b""))


def width(wire):
    return len(wire["inputs"]) + len(wire["state"])


def test_nobody_gets_anything_without_signing_in(app, foreign, units):
    client = app.server.test_client()
    words = [*foreign, units[0].enhet_id.encode(), units[0].namn.encode()]
    answered = set()
    for rule, method, address in rules(app):
        answer = client.open(address, method=method)
        refused = answer.status_code in (401, 403, 405) or (
            answer.status_code == 302 and answer.location.startswith("/logga-in")
        )
        if not refused and not (method == "GET" and address == "/tillganglighet"):
            answered.add(rule)
        assert answer.status_code < 500
        assert not any(word in answer.data for word in words), address
        tried["without signing in"] += refused
    assert answered <= OPEN
    for name in SIGN_IN_FILES:
        with client.get(f"/assets/{name}") as answer:
            assert answer.status_code == 200
    assert client.get("/assets/sjukvy.js").status_code == 401


def test_no_callback_answers_without_signing_in_or_with_a_made_up_session(app, chef):
    made_up = app.server.test_client()
    made_up.set_cookie("__Host-sk", "x" * 43)
    for client in (app.server.test_client(), made_up):
        for wire in callbacks(chef):
            answer = post(client, wire, ["/"] * width(wire))
            assert (answer.status_code, answer.mimetype) == (401, "application/json")
            tried["callbacks without signing in"] += 1


def test_a_foreign_unit_is_refused_in_every_input_of_every_callback_and_cannot_be_told_from_an_unknown_one(
    chef, units, foreign
):
    own, other = (place.enhet_id for place in units)
    pages = [page.path.replace("*", name) for page in PAGES for name in (list(MEASURES) if "*" in page.path else [""])]
    ways = [
        "?enhet={0}",
        "?enhet={0}&manad=" + MONTH,
        f"?enhet={own}&med={{0}}",
        "{0}",
        "/{0}",
        "/matt/{0}",
        "/matt?enhet={0}",
    ]
    for wire in callbacks(chef):
        for at, way in itertools.product(range(width(wire)), ways):
            for rest in pages if wire["clientside_function"] is None else ["/"]:
                values = [rest] * width(wire)
                answers = []
                for unit in (other, UNKNOWN):
                    values[at] = way.format(unit)
                    answers.append(post(chef, wire, values))
                known, unknown = answers
                assert known.status_code == unknown.status_code < 500, (rest, way)
                assert known.data == unknown.data, (rest, way)
                assert not any(word in known.data for word in foreign), (rest, way)
                tried["callbacks with a foreign unit"] += 1


def test_a_foreign_unit_is_refused_by_name(chef, units):
    wire = next(one for one in callbacks(chef) if one["clientside_function"] is None)
    assert (
        states.FORBIDDEN
        in post(chef, wire, ["/", f"?enhet={units[1].enhet_id}"]).json["response"]["innehall"]["children"][1]["props"][
            "children"
        ][0]["props"]["children"]
    )


def test_a_foreign_decision_cannot_be_changed_or_told_from_one_that_is_not_there(chef, units):
    own = f"enhet={units[0].enhet_id}&manad={MONTH}"
    for address in (
        "/skriv/andra/{0}?version=1",
        f"/skriv/atgard?{own}&till={{0}}",
        f"/skriv/uppfoljning?{own}&till={{0}}",
    ):
        said = {"text": "x", "ansvarig": "x", "klart_senast": "2026-04-01"}
        known, unknown = (
            chef.post(address.format(number), data=said, headers={"Origin": "http://localhost"})
            for number in (1, 99999)
        )
        assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
        assert known.status_code == 403
        tried["a foreign decision"] += 1


def test_the_own_unit_is_shown_without_a_word_of_any_other(chef, units, foreign):
    """Not even where the region is the background."""
    wire = next(one for one in callbacks(chef) if one["clientside_function"] is None)
    for page in PAGES:
        for name in list(MEASURES) if "*" in page.path else [""]:
            answer = post(chef, wire, [page.path.replace("*", name), f"?enhet={units[0].enhet_id}&manad={MONTH}"])
            assert answer.status_code == 200
            assert [word for word in foreign if word in answer.data] == [], (page.path, name)
    layout = chef.get("/_dash-layout")
    assert units[0].enhet_id.encode() in layout.data
    assert [word for word in foreign if word in layout.data] == []


@pytest.mark.parametrize("role", ["verksamhetschef", "team", "admin"])  # others see every unit
def test_a_foreign_unit_is_refused_by_every_rule_and_cannot_be_told_from_an_unknown_one(
    new_app, scope, units, foreign, role
):
    app = new_app(scope, units)
    own, other = (place.enhet_id for place in units)
    client = signed_in(app, role, [own] if role in OWN_UNITS else [])
    for rule, method, address in rules(app):
        if rule in OPEN:
            continue
        answers = []
        for unit in (other, UNKNOWN):
            said = dict.fromkeys(("enhet", "med", "unit", "roll", "namn"), unit) | {
                "manad": MONTH,
                "text": "x",
                "sub": "",
            }
            data = said if method == "POST" else None
            answers.append(client.open(address, method=method, query_string={"enhet": unit, "manad": MONTH}, data=data))
        known, unknown = answers
        assert known.status_code == unknown.status_code < 500, (method, address)
        if role != "admin" or not rule.startswith("/admin"):  # who gives roles sees the names of units, and no figures
            assert bare(known.data, other) == bare(unknown.data, UNKNOWN), (method, address)
            assert not any(word in known.data for word in foreign), (method, address)
        tried[f"rules with a foreign unit, {role}"] += 1


def test_what_a_role_does_not_give_is_refused(app, chef, units):
    wire = next(one for one in callbacks(chef) if one["clientside_function"] is None)
    steward, admin, analyst = (signed_in(app, role) for role in ("datasteward", "admin", "analytiker"))
    for page in PAGES:
        path = page.path.replace("*", "pagaende")
        assert post(admin, wire, [path, ""]).status_code == 403
        shown = post(steward, wire, [path, ""]).get_data(as_text=True)
        assert (states.FORBIDDEN_PAGE in shown) == (page.right == "statistik"), path
        tried["pages that a role does not give"] += 2
    for client in (steward, admin, chef, analyst):
        for rule, method, address in rules(app):
            if rule.startswith("/admin") and client is not admin:
                assert client.open(address, method=method).status_code in (403, 405)
                tried["accounts for others than administrators"] += 1
            if rule.startswith("/skriv") and client is not chef:
                assert client.open(address, method=method, headers={"Origin": "http://localhost"}).status_code in (
                    403,
                    405,
                )
                tried["writing without the right"] += 1
            if rule.startswith("/export") and client in (steward, admin):
                assert client.open(f"{address}?enhet={units[0].enhet_id}", method=method).status_code in (403, 405)
                tried["files without the right"] += 1


def test_wrong_types_and_half_requests_are_the_senders_fault(chef, foreign):
    for wire in callbacks(chef):
        for at, value in itertools.product(range(width(wire)), ODD):
            values = ["/"] * width(wire)
            values[at] = value
            answer = post(chef, wire, values)
            assert answer.status_code < 500, value
            assert not any(word in answer.data for word in foreign), value
            tried["callbacks with wrong types"] += 1
        whole = body_of(wire, ["/"] * width(wire))
        for name, value in itertools.product(whole, ODD):
            assert chef.post("/_dash-update-component", json=whole | {name: value}).status_code < 500, (name, value)
            tried["callbacks with wrong types"] += 1
    for value in ODD:
        assert chef.post("/_dash-update-component", json=value).status_code < 500
        tried["callbacks with wrong types"] += 1


def test_addresses_of_wrong_types_are_the_senders_fault(app, chef):
    for rule, method, address in rules(app):
        if rule == "/logga-ut":
            continue
        for value in ("enhet", "enhet=%00", "enhet[]=1", "manad=9999-99", "enhet=a&enhet=b", "till=x&version=-1"):
            answer = chef.open(f"{address}?{value}", method=method, data={"text": "\x00"} if method == "POST" else None)
            assert answer.status_code < 500, (method, address, value)
            tried["addresses with wrong types"] += 1


def test_two_megabytes_are_refused_before_they_are_read(app, chef):
    kinds = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain")
    for (_, method), address in {(rule, method): address for rule, method, address in rules(app)}.items():
        if method == "POST":
            for client, kind in itertools.product((chef, app.server.test_client()), kinds):
                assert client.post(address, data=b"x" * LARGE, content_type=kind).status_code == 413
                tried["two megabytes"] += 1
        else:
            asked = {"QUERY_STRING": "enhet=" + "x" * LARGE}
            assert chef.open(address, method=method, environ_overrides=asked).status_code == 414
            tried["two megabytes"] += 1
    for wire in callbacks(chef):
        assert post(chef, wire, ["x" * LARGE] * width(wire)).status_code == 413


def test_nothing_is_written_or_asked_from_another_site_or_without_having_read_a_page(app, units):
    client = signed_in(app, "verksamhetschef", [units[0].enhet_id])
    token = client.environ_base.pop("HTTP_X_CSRFTOKEN")
    for _, method, address in rules(app):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            answer = client.open(address, method=method, headers={"X-CSRFToken": token, **headers})
            assert answer.status_code == 403, (method, address)
            tried["from another site"] += 1
        if method == "POST":
            for headers in ({}, {"X-CSRFToken": "made up"}):
                answer = client.post(address, headers={"Origin": "http://localhost", **headers})
                assert answer.status_code in (400, 403), address
                tried["without having read a page"] += 1
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/", headers=followed).status_code == 200
