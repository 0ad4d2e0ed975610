"""What people have written about the chosen place: asked of the state, laid out for the month, the log and Översikt."""

from collections.abc import Sequence

from dashboard import queries
from dashboard.components.forms import action_form, change_form, closed, decision_form, note_form
from dashboard.components.plain import Element, html
from dashboard.components.written import history, notes, posts_table
from dashboard.day import today
from dashboard.pages.view import View
from dashboard.state import Post
from dashboard.state.kinds import ATGARD, BESLUT, FOLLOW_UP, KOMMENTAR, MOST_DECISIONS, TO_DO, UPPFOLJNING
from dashboard.texts.numbers import month, months_later
from dashboard.texts.pages import written as say
from dashboard.texts.review import NOTHING_BEFORE, NOTHING_WRITTEN


def written(view: View, *slag: str) -> list[Post]:
    """The latest version of everything about the place; nothing where there is no state."""
    return [] if view.state is None else view.state.posts(view.scope, [view.place.enhet_id], *slag)


def table(view: View, posts: Sequence[Post], caption: str) -> Element:
    names = {name: one.short for name, one in queries.with_shares(view.release).items()}
    return posts_table(posts, caption, names, today(), lambda matt: f"/matt/{matt}{view.query}")


def since_last(view: View) -> list[Element]:
    """What earlier meetings decided: all of the last meeting, and what is still open from those before."""
    before = [one for one in written(view, *TO_DO) if one.manad < view.manad]
    last = max((one.manad for one in before), default="")
    shown = [one for one in before if one.is_open or one.manad == last]
    if not shown:
        return [html.P(NOTHING_BEFORE)]
    changes = [part for one in shown for part in _change(view, one)]
    return [table(view, shown, say.EARLIER), *changes]


def due(view: View) -> list[Post]:
    """Decisions whose measure is to be looked at again: three months have gone and nobody has said what came of it."""
    found = written(view, BESLUT, UPPFOLJNING)
    told = {one.till for one in found if one.slag == UPPFOLJNING}
    return [
        one
        for one in found
        if one.slag == BESLUT
        and one.status != "avbruten"
        and one.id not in told
        and months_later(one.manad, FOLLOW_UP) <= view.manad
    ]


def offered(view: View, summary: str, form: Element) -> list[Element]:
    """A form, for those who may write about the place."""
    return [closed(summary, form)] if view.writes else []


def follow_up_form(view: View, decision: Post) -> list[Element]:
    name, action = f"uppfoljning-{decision.id}", f"/skriv/{UPPFOLJNING}{view.query}&till={decision.id}"
    return offered(view, say.FOLLOW_UP, note_form(name, action, say.FOLLOW_UP_LABEL, say.FOLLOW_UP_BUTTON))


def decisions(view: View) -> list[Element]:
    """The decisions of this meeting, with their actions, and the form for the next."""
    found = [one for one in written(view, *TO_DO) if one.manad == view.manad]
    made = [one for one in found if one.slag == BESLUT]
    standing = [one for one in made if one.status != "avbruten"]
    body: list[Element] = [table(view, found, say.THIS_MEETING)] if found else []
    body += [part for one in found for part in (*_change(view, one), *_action(view, one))]
    if view.state is not None and len(standing) < MOST_DECISIONS:
        measures = [(one.id, one.name) for one in queries.measures(view.release).values()]
        body += offered(view, say.DECIDE, decision_form(f"/skriv/{BESLUT}{view.query}", measures))
    return body or [html.P(NOTHING_WRITTEN)]


def comments(view: View) -> list[Element]:
    """What was said at the meeting about the month, and the form for more."""
    if view.state is None:
        return []
    found = [one for one in written(view, KOMMENTAR) if one.manad == view.manad]
    form = note_form("kommentar", f"/skriv/{KOMMENTAR}{view.query}", say.COMMENT_LABEL, say.COMMENT_BUTTON)
    return [*([notes(found)] if found else []), *offered(view, say.COMMENT, form)]


def _change(view: View, post: Post) -> list[Element]:
    short = f"{post.text[:60]}…" if len(post.text) > 60 else post.text
    return offered(view, say.CHANGE.format(text=short), change_form(post))


def _action(view: View, post: Post) -> list[Element]:
    if post.slag != BESLUT:
        return []
    action = f"/skriv/{ATGARD}{view.query}&till={post.id}"
    return offered(view, say.ACT, action_form(post, action))


def overdue_sentence(view: View) -> Element | None:
    """How many decisions and actions should have been done, with the way to them; nothing where there are none."""
    late = [] if view.state is None else view.state.overdue(view.scope, [view.place.enhet_id], today())
    if not late:
        return None
    return html.P(html.A(say.overdue(len(late)), href=f"/beslut{view.query}"), className="forsenade")


def versions(view: View, posts: Sequence[Post]) -> Element:
    """The whole history of each, closed until it is asked for."""
    boxes = [
        html.Details(
            [
                html.Summary(say.HISTORY.format(text=one.text[:60])),
                history(view.state.history(view.scope, one.id)),
            ]
        )
        for one in posts
        if view.state is not None and one.version > 1
    ]
    return html.Div(boxes)


def heading(decision: Post) -> str:
    return say.DECIDED.format(month=month(decision.manad), text=decision.text)
