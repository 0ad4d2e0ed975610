"""What a release has answered is remembered, within bounds, and never past the scope of the one who asks."""

import pytest

from dashboard import queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.answers import Answers


def asking(log, found):
    def ask():
        log.append(1)
        return found

    return ask


def test_a_question_is_asked_once():
    answers, log = Answers(), []
    first, again = (answers.get("a", asking(log, [{"x": number}])) for number in (1, 2))
    assert first == again == [{"x": 1}]
    assert len(log) == 1
    answers.get("b", asking(log, []))
    assert len(log) == 2


def test_what_was_asked_longest_ago_is_forgotten_first():
    answers, log = Answers(most=8), []
    for name in ("a", "b", "a", "c"):
        answers.get(name, asking(log, [{}] * 2))  # three places each
    assert len(log) == 3
    answers.get("a", asking(log, [{}] * 2))
    assert len(log) == 3, "a was used after b"
    answers.get("b", asking(log, [{}] * 2))
    assert len(log) == 4


def test_an_answer_larger_than_the_room_is_given_and_forgotten():
    answers, log = Answers(most=3), []
    assert len(answers.get("a", asking(log, [{}] * 9))) == 9
    answers.get("a", asking(log, [{}] * 9))
    assert len(log) == 2
    assert answers.get("b", asking(log, [{}])) == [{}]


def test_the_scope_is_asked_before_the_memory(release):
    unit = queries.places(release, Scope.everything())[0]
    measure = queries.measures(release)["pagaende"]
    assert queries.series(release, Scope.everything(), measure, unit.enhet_id, "manad")
    with pytest.raises(Forbidden):
        queries.series(release, Scope(units=frozenset()), measure, unit.enhet_id, "manad")
