"""What is asked of many measures at once is what each answers alone, and a page is remembered whole or not at all."""

from dataclasses import replace

import orjson
import pytest

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.pages import PAGES, find
from dashboard.pages.encoded import main_part
from dashboard.pages.view import view_of
from dashboard.queries import rows
from dashboard.release import Releases
from schemas.measure import Count, Curve, Distribution

EVERYTHING = Scope.everything()
OVERSIKT = find("/")[0]
GAP = ("period", "dag", "utfall", "orsak", "differens", "differens_nedre", "differens_ovre", "kvot")


@pytest.fixture
def fresh(region):
    """The release as nobody has asked it anything."""
    return Releases(region.published).current()


@pytest.fixture
def asked(monkeypatch):
    """The questions that reach the database."""
    log, alone = [], rows._asked
    monkeypatch.setattr(
        rows, "_asked", lambda release, query, values: log.append(query) or alone(release, query, values)
    )
    return log


def in_last_period(release, kinds):
    manad = queries.months(release)[0]["manad"]
    measures = [one for one in queries.with_shares(release).values() if isinstance(one, kinds)]
    found = [(one, queries.yearly_kind(one)) for one in measures]
    return [(one, kind, period) for one, kind in found if (period := queries.latest_period(release, one, manad, kind))]


def test_a_table_of_every_measure_says_what_each_says_alone(fresh):
    told = in_last_period(fresh, Count | Curve | Distribution)
    assert len(told) > 30
    for place in queries.places(fresh, EVERYTHING)[-3:]:
        values = queries.standing_of(fresh, EVERYTHING, told, place.enhet_id)
        gaps = queries.gaps_of(fresh, EVERYTHING, told, place.enhet_id)
        for measure, kind, period in told:
            alone = queries.standing(fresh, EVERYTHING, measure, place.enhet_id, kind, period)
            fields = ("kon", "utfall", "kvot_utfall", "varde", "nedre", "ovre", "namnare")
            assert picked(values.get(measure.id, []), fields) == picked(alone, fields)
            alone = [
                row for row in queries.gaps(fresh, EVERYTHING, measure, place.enhet_id, kind) if row["period"] == period
            ]
            assert picked(gaps.get(measure.id, []), GAP) == picked(alone, GAP)


def test_the_last_parts_of_a_difference_are_the_last_of_its_history(fresh):
    manad = queries.months(fresh)[3]["manad"]
    for place in queries.places(fresh, EVERYTHING)[-2:]:
        parted = queries.last_taken_apart(fresh, EVERYTHING, place.enhet_id, manad)
        for measure in queries.with_shares(fresh).values():
            if isinstance(measure, Count | Curve):
                every = queries.taken_apart(fresh, EVERYTHING, measure, place.enhet_id)
                history = [row for row in every if row["period"] <= manad]
                last = [row for row in history if row["period"] == history[-1]["period"]]
                found = queries.share_of(measure, parted.get(measure.id, ()))
                assert picked(found, ("period", "del", "utfall", "varde")) == picked(
                    last, ("period", "del", "utfall", "varde")
                )


def written(page, view):
    return orjson.dumps(main_part(page, "", view))


def picked(found, fields):
    return sorted(([row[name] for name in fields] for row in found), key=str)


def test_what_was_asked_of_many_is_not_asked_again_of_one(fresh, asked):
    unit = queries.places(fresh, EVERYTHING)[0].enhet_id
    pairs = [(one, queries.yearly_kind(one)) for one in queries.measures(fresh).values() if one.featured]
    queries.prepare(fresh, EVERYTHING, pairs, unit)
    asked.clear()
    for measure, kind in pairs:
        queries.gaps(fresh, EVERYTHING, measure, unit, kind)
        if isinstance(measure, Curve):
            queries.curve_history(fresh, EVERYTHING, measure, unit)
        else:
            assert queries.series(fresh, EVERYTHING, measure, unit, kind)
    assert asked == []


def test_the_last_period_is_that_of_the_table(fresh):
    known = fresh.connection.execute(
        "SELECT matt_id, periodtyp, max(period) FROM varde WHERE period <= '2026-05' GROUP BY ALL"
    ).fetchall()
    assert {(matt, kind): fresh.last("varde", matt, kind, "", "2026-05") for matt, kind, _ in known} == {
        (matt, kind): period for matt, kind, period in known
    }
    assert fresh.last("varde", "pagaende", "manad", "ingen", "1999-01") is None


def test_a_page_is_made_once_for_those_who_may_see_the_same(fresh, asked):
    view = view_of(fresh, EVERYTHING, "")
    first = written(OVERSIKT, view)
    assert asked
    asked.clear()
    assert written(OVERSIKT, view) == first
    assert asked == []
    made = []
    counting = replace(OVERSIKT, build=lambda *given: made.append(1) or [])
    other = Scope(units=frozenset({view.place.enhet_id}))
    main_part(counting, "", view_of(fresh, other, f"?enhet={view.place.enhet_id}"))
    main_part(counting, "", view_of(fresh, EVERYTHING, f"?manad={queries.months(fresh)[1]['manad']}"))
    assert len(made) == 2


def test_a_page_with_a_piece_that_failed_is_made_again(fresh, monkeypatch):
    view = view_of(fresh, EVERYTHING, "")
    with monkeypatch.context() as broken:
        broken.setattr("dashboard.pages.oversikt.glance", lambda view: 1 / 0)
        assert b"Referens" in written(OVERSIKT, view)
    assert b"Referens" not in written(OVERSIKT, view)


def test_a_page_of_more_than_the_release_is_made_each_time(fresh):
    made = []
    page = replace(OVERSIKT, build=lambda *given: made.append(1) or [], remembered=False)
    for _ in range(2):
        main_part(page, "", view_of(fresh, EVERYTHING, ""))
    assert len(made) == 2
    assert not find("/manad")[0].remembered
    assert sum(one.remembered for one in PAGES) > 8
