"""A copy of an open state is whole: what was just saved is in it, and no journal beside it is needed."""

from dashboard.access.scope import Scope
from dashboard.state import Draft, State, address_of
from pipelines.backup import _copied

ALL = Scope.everything()


def test_what_was_just_saved_is_in_the_copy(tmp_path):
    state = State(address_of(tmp_path / "data" / "state"))
    made = state.add(ALL, "kommentar", "SE1", "2026-10", Draft(text="Lugn månad", av="Läkare"))
    assert (tmp_path / "data" / "state" / "protokoll.sqlite-wal").stat().st_size > 0
    files = _copied(tmp_path / "data", tmp_path / "kopia")
    assert list(files) == ["state/protokoll.sqlite"]
    assert [path.name for path in (tmp_path / "kopia" / "state").iterdir()] == ["protokoll.sqlite"]
    again = _copied(tmp_path / "kopia", tmp_path / "tillbaka")
    assert again == files
    back = State(address_of(tmp_path / "tillbaka" / "state"))
    assert back.history(ALL, made.id) == [made]
    for one in (state, back):
        one.engine.dispose()
