"""What people write is kept whole: every version, nothing lost between two who save at once, and no patient in it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from dashboard.access.scope import Forbidden, Scope
from dashboard.state import Changed, Draft, Frozen, NamesSomebody, Refused, State
from dashboard.state.models import metadata, version

ALL = Scope.everything()
OWN = Scope(units=frozenset({"SE1"}))
DRAFT = Draft(
    text="Erbjud koordinering senast dag 30", av="Rehabkoordinator", ansvarig="verksamhetschef",
    klart_senast="2026-12-01", effekt="fler får insats inom 60 dagar",
)  # fmt: skip
NUMBER = "tolvan 701063-2391 ringde"  # Skatteverket's test number


def decide(state, draft=DRAFT, **said):
    return state.add(ALL, "beslut", "SE1", "2026-10", draft, matt="tackning", **said)


def test_the_migrations_make_what_the_models_say(state):
    with state.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_again_changes_nothing(state, address):
    made = decide(state)
    again = State(address)
    assert again.history(ALL, made.id) == [made]
    again.engine.dispose()


def test_a_change_is_a_new_version_and_the_old_one_is_kept(state):
    first = decide(state)
    second = state.change(ALL, first.id, 1, replace(DRAFT, status="klar"))
    assert [one.status for one in state.history(ALL, first.id)] == ["ny", "klar"]
    assert state.posts(ALL, ["SE1"]) == [second]
    assert (second.version, second.skapad, second.klart_senast) == (2, first.skapad, "2026-12-01")


def test_two_who_save_at_once_lose_nothing(state, address):
    made = decide(state)
    processes = [State(address), State(address)]

    def save(at):
        try:
            return processes[at % 2].change(ALL, made.id, 1, replace(DRAFT, text=f"skrivet av nummer {at}"))
        except Changed as changed:
            return changed.current

    with ThreadPoolExecutor(6) as pool:
        seen = list(pool.map(save, range(6)))
    kept = state.history(ALL, made.id)
    assert len(kept) == 2, "one of six saved, and the others were told"
    assert {one.text for one in seen} == {kept[1].text}
    for process in processes:
        process.engine.dispose()


def test_a_meeting_has_at_most_three_decisions_also_when_they_come_at_once(state):
    def add(_):
        try:
            return decide(state)
        except Refused as refused:
            return refused.faults

    with ThreadPoolExecutor(5) as pool:
        done = list(pool.map(add, range(5)))
    assert sum(isinstance(one, tuple) for one in done) == 2
    stopped = state.posts(ALL, ["SE1"], "beslut")[0]
    state.change(ALL, stopped.id, 1, replace(DRAFT, status="avbruten"))
    decide(state)


@pytest.mark.parametrize("statement", [update(version).values(text="annat"), delete(version)])
def test_the_database_itself_refuses_to_forget(state, statement):
    decide(state)
    with pytest.raises(DatabaseError, match="never changed"), state.engine.begin() as connection:
        connection.execute(statement)
    assert state.posts(ALL, ["SE1"])[0].text == DRAFT.text


@pytest.mark.parametrize("field", ["text", "av", "ansvarig", "effekt"])
@pytest.mark.parametrize("written", [NUMBER, "skriv till eva@example.se", "ring 070-123 45 67", "701063\n2391"])
def test_nothing_that_points_out_a_person_is_saved(state, field, written):
    with pytest.raises(Refused) as refused:
        decide(state, replace(DRAFT, **{field: written}), names_nobody=True)
    assert not isinstance(refused.value, NamesSomebody)
    assert written not in " ".join(refused.value.faults)
    assert state.posts(ALL, ["SE1"]) == []


def test_a_name_is_saved_only_when_somebody_says_that_it_is_no_patient(state):
    named = replace(DRAFT, text="Anna Svensson följer upp")
    with pytest.raises(NamesSomebody):
        decide(state, named)
    assert decide(state, named, names_nobody=True).text == named.text


def test_a_decision_says_who_when_what_and_which_measure(state):
    with pytest.raises(Refused) as refused:
        state.add(ALL, "beslut", "SE1", "2026-10", Draft(text=" \u200b ", av=""))
    assert len(refused.value.faults) == 6


def test_overdue_is_what_is_open_after_its_day(state):
    late, done = decide(state), decide(state, replace(DRAFT, text="annat"))
    state.change(ALL, done.id, 1, replace(DRAFT, status="klar"))
    assert state.overdue(ALL, ["SE1"], "2026-12-01") == []
    assert state.overdue(ALL, ["SE1"], "2026-12-02") == [late]


def test_nobody_reads_or_writes_outside_the_own_scope(state):
    foreign = state.add(ALL, "beslut", "SE2", "2026-10", DRAFT, matt="tackning")
    for ask in (
        lambda: state.posts(OWN, ["SE2"]),
        lambda: state.overdue(OWN, ["SE2"], "2027-01-01"),
        lambda: state.history(OWN, foreign.id),
        lambda: state.change(OWN, foreign.id, 1, DRAFT),
        lambda: state.add(OWN, "kommentar", "SE2", "2026-10", DRAFT),
        lambda: state.frozen(OWN, "SE2", "2026-10"),
    ):
        with pytest.raises(Forbidden):
            ask()
    with pytest.raises(Forbidden):  # an action of the own unit at another unit's decision
        state.add(OWN, "atgard", "SE1", "2026-10", DRAFT, till=foreign.id)


def test_the_report_of_a_meeting_is_kept_and_may_be_kept_again(state):
    report = Frozen(
        enhet_id="SE1", manad="2026-10", version=0, utgava="20261105T0612Z-7f3a", data_tom="2026-10-31",
        innehall={"pagaende": {"K": "142"}}, av="Verksamhetschef", tid="",
    )  # fmt: skip
    assert state.frozen(ALL, "SE1", "2026-10") is None
    assert [state.freeze(ALL, report), state.freeze(ALL, replace(report, innehall={"pagaende": {"K": "139"}}))] == [
        1,
        2,
    ]
    assert state.frozen(ALL, "SE1", "2026-10").innehall == {"pagaende": {"K": "139"}}
