"""Mail against a real SMTP server on loopback: what is sent, when, tried again, and never twice."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from dashboard import queries
from dashboard.pages.view import view_of
from dashboard.report import terminal
from dashboard.report.batch import Order, chosen, places, safe_name, write_reports
from dashboard.report.mail import FAILED, GONE, NOTHING, Post, send_all, sentences
from dashboard.settings import DashboardSettings
from dashboard.state import Draft, Refused, State
from dashboard.state.letters import SENT, Subscription, subscribe, subscriptions
from dashboard.trail import Trail

MONTH = "2026-06"
DOMAINS = ("region.example",)


class Mailbox:
    """Takes letters; answers so many times that it is busy, and refuses one address for good."""

    def __init__(self):
        self.letters, self.busy, self.asked = [], 0, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("finns-inte"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.asked += 1
        if self.asked <= self.busy:
            return "451 busy, try later"
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, Post(host="127.0.0.1", port=port, starttls=False, user="", password="", sender="sjukvy@region.example")
    controller.stop()


@pytest.fixture
def settings(region, tmp_path):
    return DashboardSettings(published=region.published, state=f"sqlite:///{tmp_path}/protokoll.sqlite")


@pytest.fixture
def state(settings):
    opened = State(settings.state_address)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def unit(release, scope):
    return queries.places(release, scope)[0].enhet_id


def wants(state, scope, unit, address="chef@region.example", when="manad", matt=()):
    subscribe(state, scope, Subscription(enhet_id=unit, adress=address, nar=when, matt=matt), DOMAINS)


def run(settings, server, waits=None):
    waits = [] if waits is None else waits
    return [outcome for _, outcome in send_all(settings, server, MONTH, lambda unit: None, waits.append)]


def test_a_letter_has_the_report_and_no_figure_in_its_subject(settings, state, scope, unit, mailbox):
    box, server = mailbox
    wants(state, scope, unit)
    assert run(settings, server) == [SENT]
    letter = box.letters[0]
    assert letter["Subject"] == "Sjukvy: underlaget för juni 2026 är klart"
    assert letter["To"] == "chef@region.example"
    attached = next(letter.iter_attachments())
    assert attached.get_content().startswith(b"%PDF")
    assert "Påhittade uppgifter" in letter.get_body().get_content()


def test_what_has_been_sent_is_not_sent_again(settings, state, scope, unit, mailbox):
    box, server = mailbox
    wants(state, scope, unit)
    assert [run(settings, server), run(settings, server)] == [[SENT], []]
    assert len(box.letters) == 1


def test_a_busy_server_is_tried_again_with_longer_waits(settings, state, scope, unit, mailbox):
    box, server = mailbox
    box.busy = 2
    wants(state, scope, unit)
    waits = []
    assert run(settings, server, waits) == [SENT]
    assert waits == [2.0, 8.0]


def test_a_no_for_good_is_logged_and_does_not_stop_the_others(settings, state, scope, unit, mailbox):
    _, server = mailbox
    wants(state, scope, unit, "finns-inte@region.example")
    wants(state, scope, unit, "team@region.example")
    waits = []
    assert run(settings, server, waits) == [FAILED, SENT]
    assert waits == []
    assert run(settings, server) == [FAILED], "what failed is tried in the next run"


def test_a_server_that_is_not_there_is_a_failure_and_no_traceback(settings, state, scope, unit):
    wants(state, scope, unit)
    gone = Post(host="127.0.0.1", port=1, starttls=False, user="", password="", sender="sjukvy@region.example")
    assert run(settings, gone) == [FAILED]


def test_only_when_there_is_something_to_say(settings, state, scope, unit, mailbox):
    box, server = mailbox
    wants(state, scope, unit, when="signal", matt=("finns_inte",))
    assert run(settings, server) == [NOTHING]
    draft = Draft(text="Gör det", av="Chef", ansvarig="Chef", klart_senast="2026-01-01", effekt="kortare")
    state.add(scope, "beslut", unit, "2026-03", draft, matt="startade")
    assert run(settings, server) == [SENT]
    body = box.letters[0].get_body().get_content()
    assert "Ett beslut eller åtgärd är försenat." in body
    assert "ska följas upp på mötet" in body


def test_the_latest_choice_counts(settings, state, scope, unit, mailbox):
    wants(state, scope, unit)
    wants(state, scope, unit, when="aldrig")
    assert subscriptions(state, scope) == []
    assert run(settings, mailbox[1]) == []


@pytest.mark.parametrize(
    "address", ["x@evil.example", "chef@region.example.evil", "chef@region.example\nBcc: x@evil.example", "chef"]
)
def test_a_report_is_sent_only_inside_the_region(state, scope, unit, address):
    with pytest.raises(Refused):
        wants(state, scope, unit, address)


def test_a_unit_that_is_gone_is_said(settings, state, scope, mailbox):
    wants(state, scope, "SE-FINNS-INTE")
    assert run(settings, mailbox[1]) == [GONE]


def test_a_batch_writes_every_unit_whole(settings, release, scope, tmp_path):
    units = chosen(places(settings), "", "enhet")
    assert set(units) == {one.enhet_id for one in queries.places(release, scope) if one.niva == "enhet"}
    order = Order(settings=settings, units=units[:5], manad=MONTH, formats=("pdf", "xlsx"), out=tmp_path / "ut")
    done = []
    files = write_reports(order, done.append)
    assert sorted(done) == sorted(units[:5])
    assert {path.name for path in (tmp_path / "ut").iterdir()} == {path.name for path in files}
    names = {f"sjukvy-rapport-{safe_name(unit)}-{MONTH}.{kind}" for unit in units[:5] for kind in ("pdf", "xlsx")}
    assert {path.name for path in files} == names


def test_what_is_written_and_chosen_by_command_is_noted(settings, unit, tmp_path):
    terminal.write(settings, tmp_path / "ut", unit, "enhet", MONTH, ("xlsx",))
    terminal.choose(settings, ["region.example"], "chef@region.example", unit, "manad", "")
    noted = [(one.handelse, one.anvandare[:3], one.enhet, one.objekt) for one in Trail(settings.state_address).rows()]
    assert noted == [
        ("rapport", "os|", unit, f"sjukvy report xlsx {MONTH}"),
        ("kontoandring", "os|", unit, "prenumeration manad"),
    ]


def test_what_there_is_to_say_follows_the_choice(release, scope, state, unit):
    view = view_of(release, scope, f"?enhet={unit}&manad={MONTH}", state=state)
    assert sentences(view, ("finns_inte",)) == []
