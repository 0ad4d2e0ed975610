"""Kvinnor och män: where do they differ, how sure is it, and what is it made of?"""

from collections.abc import Sequence

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.components.plain import Element, html
from dashboard.figures.apart import APART
from dashboard.figures.contrasts import Found, contrast_sentence, contrasts, told
from dashboard.figures.occupation import told_state
from dashboard.pages.content import named, offered
from dashboard.pages.group_content import GAP
from dashboard.pages.parts import choices, head, or_state, safely
from dashboard.pages.view import OutsideLattice, View
from dashboard.texts import states
from dashboard.texts.figures.contrasts import CAPTION_SILENT
from dashboard.texts.pages import kon as say
from dashboard.texts.pages import site
from schemas.lattice import of_measure
from schemas.measure import Count, Curve, Distribution, Occupation

FIRST, COUNTED_FIRST = "andel_partiell", "startade"


def build(view: View, _rest: str) -> list[Element]:
    return [
        *head(view, site.WOMEN_AND_MEN),
        html.P(say.CAUTION, className="viktigt"),
        safely(lambda: _every(view)),
        safely(lambda: _apart(view)),
        *(safely(lambda split=split: _broken(view, split)) for split in say.BROKEN),
    ]


def _every(view: View) -> Element:
    """Every measure by sex, with the difference, its interval and its parts."""
    measures = list(queries.with_shares(view.release).values())
    known = _found(view, [one for one in measures if isinstance(one, Count | Curve | Distribution)])
    states_of = {one.id: _of_states(view, one) for one in measures if isinstance(one, Occupation)}
    found = [one for measure in measures if (one := (known | states_of).get(measure.id)) is not None]
    silent = [one for one in found if not told(one)]
    heading = html.H2(say.DIFFERS, id="alla-matt")
    note = html.P([states.RINGS, " ", states.MARKS], className="not")
    said = html.P(html.Strong(contrast_sentence(found)))
    content = table(contrasts([one for one in found if told(one)]))
    body = [heading, said, html.P(say.TAKEN_APART), content, note, *_silent(silent)]
    return html.Section(body, className="kort", **{"aria-labelledby": "alla-matt"})


def _silent(found: Sequence[Found]) -> list[Element]:
    """The measures of which nothing is shown, closed: they are many at a small unit, and nothing is read off them."""
    if not found:
        return []
    label = say.not_shown(len(found))
    content = table(contrasts(found, CAPTION_SILENT))
    return [html.Details([html.Summary(label), html.P(states.HIDDEN, className="not"), content], className="fler")]


def _found(view: View, measures: Sequence[Count | Curve | Distribution]) -> dict[str, Found | None]:
    """Each measure in its latest period; where its difference is taken apart, in the latest period for which it is."""
    told = (view.release, view.scope)
    parted = queries.last_taken_apart(*told, view.place.enhet_id, view.manad)
    parts = {
        one.id: queries.share_of(one, parted[one.id])
        for one in measures
        if isinstance(one, Count | Curve) and one.id in parted
    }
    asked = []
    for measure in measures:
        apart = parts.get(measure.id)
        kind = apart[0]["periodtyp"] if apart else queries.yearly_kind(measure)
        period = apart[0]["period"] if apart else queries.latest_period(view.release, measure, view.manad, kind)
        asked += [(measure, kind, period)] if period else []
    values, gaps = (ask(*told, asked, view.place.enhet_id) for ask in (queries.standing_of, queries.gaps_of))
    return {
        measure.id: (measure, kind, period, values.get(measure.id, []), gaps.get(measure.id, []),
                     {row["del"]: row for row in parts.get(measure.id, ())})
        for measure, kind, period in asked
    }  # fmt: skip


def _of_states(view: View, measure: Occupation) -> Found | None:
    """The state that is told first, on the day that is."""
    period, state = queries.latest_period(view.release, measure, view.manad, "r12"), told_state(measure)
    if period is None:
        return None
    asked = (view.release, view.scope, measure, view.place.enhet_id, period)
    values = [
        row | {"kvot_utfall": row["utfall"], "varde": None if row["andel"] is None else 100 * row["andel"]}
        for row in queries.curve(*asked)
        if (row["orsak_id"], row["dag"]) == (state.id, measure.headline)
    ]
    gaps = [row | {"period": period} for row in queries.state_gaps(*asked) if row["orsak_id"] == state.id]
    return measure, "r12", period, values, gaps, {}


def _apart(view: View) -> Element:
    """One measure at a time: the difference and its parts over time."""
    offered = _offered(view)
    if not offered:
        return or_state(view, None, say.MADE_OF)
    chosen = _chosen(view, offered)
    return html.Div(
        [
            choices(view, "/kon", {name: measure for name, (measure, _) in offered.items()}, chosen, say.TO_TAKE_APART),
            or_state(view, named(view, f"{chosen}-{APART}"), say.MADE_OF),
        ]
    )


def _broken(view: View, split: str) -> Element:
    """In which groups it differs: of the chosen measure, or else of the cases started."""
    found = _offered(view)
    measure = found[_chosen(view, found)][0] if found else None
    own = isinstance(measure, Count) and split in {one.column for one in offered(view, measure)}
    return or_state(view, named(view, f"{measure.id if own else COUNTED_FIRST}-{split}-{GAP}"), say.BROKEN[split])


def _offered(view: View) -> dict[str, tuple[Count | Curve, list[queries.Row]]]:
    """The measures of which a difference is taken apart here by the month, with its last parts."""
    parted = queries.last_taken_apart(view.release, view.scope, view.place.enhet_id, view.manad)
    return {
        name: (measure, rows)
        for name, measure in queries.with_shares(view.release).items()
        if isinstance(measure, Count | Curve)
        and (measure.featured or name in queries.measures(view.release))
        and (rows := queries.share_of(measure, parted.get(name, ())))
    }


def _chosen(view: View, offered: dict[str, tuple[Count | Curve, list[queries.Row]]]) -> str:
    if view.matt and not any(
        one.table == "uppdelning" for one in of_measure(queries.with_shares(view.release)[view.matt])
    ):
        raise OutsideLattice
    # what is taken apart into more than one part tells more
    told = [name for name in (FIRST, *offered) if name in offered and _told(offered[name][1]) > 1]
    return view.matt if view.matt in offered else next(iter((*told, *offered)))


def _told(rows: list[queries.Row]) -> int:
    return sum(row["utfall"] == "tal" for row in rows)
