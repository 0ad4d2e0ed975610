"""Accounts, sessions and tries to sign in, on both databases."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.access.roles import Grant
from dashboard.access.visitor import LOCAL, OIDC
from dashboard.state import Refused, accounts, attempts, sessions


@pytest.fixture
def anna(state):
    return accounts.add(state, "anna", "Anna Andersson")


def test_an_account_is_there_once_for_each_issuer(state, anna):
    with pytest.raises(Refused):
        accounts.add(state, "anna", "En annan")
    other = accounts.add(state, "anna", "Anna hos regionen", utfardare="https://login.example")
    assert accounts.find(state, "anna").id == anna.id != other.id
    assert [one.namn for one in accounts.accounts(state)] == ["Anna Andersson", "Anna hos regionen"]


def test_a_session_has_the_roles_of_today_and_what_the_provider_said(state, anna):
    accounts.give(state, anna.id, Grant(roll="team", enhet_id="SE1"), by="prov")
    accounts.give(state, anna.id, Grant(roll="admin"), fran="2000-01-01", till="2000-12-31", by="prov")
    accounts.give(state, anna.id, Grant(roll="admin"), fran="2990-01-01", by="prov")
    token = sessions.open_session(state, anna.id, OIDC, [Grant(roll="analytiker")])
    who = sessions.visitor(state, token)
    assert who.grants == (Grant(roll="team", enhet_id="SE1"), Grant(roll="analytiker"))
    assert (who.user, who.name, who.how) == ("|anna", "Anna Andersson", OIDC)
    assert sessions.visitor(state, token + "x") is sessions.visitor(state, accounts.hashed(token)) is None
    accounts.withdraw(state, anna.id, accounts.account(state, anna.id).given[0].id, by="prov")
    assert sessions.visitor(state, token).grants == (Grant(roll="analytiker"),)


def test_sessions_end_alone_together_and_with_their_account(state, anna):
    first, second, third = (sessions.open_session(state, anna.id, LOCAL) for _ in range(3))
    sessions.close_session(state, sessions.visitor(state, first).key)
    assert sessions.visitor(state, first) is None
    kept = sessions.visitor(state, second)
    assert sessions.close_all(state, anna.id, but=kept.key) == 1
    assert sessions.visitor(state, third) is None
    assert sessions.visitor(state, second) == kept
    accounts.disable(state, anna.id)
    accounts.enable(state, anna.id)
    assert sessions.visitor(state, second) is None


def test_what_has_ended_is_removed_when_somebody_comes(state, anna, monkeypatch):
    sessions.open_session(state, anna.id, LOCAL)
    later = time.time() + sessions.IDLE + 1
    monkeypatch.setattr(sessions.time, "time", lambda: later)
    sessions.open_session(state, anna.id, LOCAL)
    with state.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM inloggning").scalar_one() == 1


def test_a_code_works_once_also_when_two_use_it_at_the_same_time(state, anna):
    code = accounts.new_code(state, anna.id)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda at: accounts.use_code(state, "anna", code, f"hash {at}"), range(8)))
    assert len([one for one in done if one is not None]) == 1


def test_tries_at_the_same_time_are_counted_each(state, monkeypatch):
    monkeypatch.setattr(attempts.time, "time", lambda: 1_000_000.0)
    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(lambda _: attempts.claim(state, "anna", "10.0.0.1"), range(40)))
    assert waits.count(0) == attempts.FREE
    attempts.forgive(state, "anna", "10.0.0.1")
    assert attempts.claim(state, "anna", "10.0.0.1") == 0
