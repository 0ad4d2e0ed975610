"""The diagrams of a curve besides the curve: <measure>-dagar, <measure>-standard, <measure>-uppdelning (of the share),
<measure>-uppdelning-<days> (of the mean within so many days) and <measure>-<breakdown>."""

from collections.abc import Sequence

from dashboard import queries
from dashboard.figures.apart import APART, apart, of_mean, of_share
from dashboard.figures.content import Diagram
from dashboard.figures.curve import curve
from dashboard.figures.curve_tables import by_group, days, in_percent, standardised
from dashboard.figures.occupation import occupation
from dashboard.pages.view import View
from dashboard.queries import Row
from schemas.curve_lattice import SHARE, taken_apart
from schemas.dimensions import BREAKDOWNS
from schemas.measure import Curve, Occupation

DAYS, STANDARD = "dagar", "standard"


def parts_of(measure: Curve) -> list[str]:
    """The names of a curve's other diagrams, in reading order."""
    own = [DAYS] * bool(measure.means) + [STANDARD] * bool(measure.adjusted)
    return [f"{measure.id}-{part}" for part in (*own, *parts_apart(measure), *measure.breakdowns)]


def parts_apart(measure: Curve) -> list[str]:
    """The parts that take a difference apart: of the share, and of the means within the fewest and the most days."""
    return [APART if name == SHARE else f"{APART}-{day}" for name, day in taken_apart(measure)]


def curve_diagram(view: View, measure: Curve) -> Diagram | None:
    """The curve itself; None when no cohort ends by the chosen month."""
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if period is None:
        return None
    asked = (view.release, view.scope, measure, view.place.enhet_id)
    rows = queries.curve(*asked, period)
    gaps = queries.gaps(*asked, "r12")
    tests = queries.pair_gaps(*asked, period)
    least = view.release.facts["kurva_minst"]
    return curve(measure, period, rows, gaps, view.place.namn, view.source, least, tests)


def curve_part(view: View, measure: Curve, part: str) -> Diagram | None:
    """One of the others; None when it is not declared or no cohort ends by the chosen month."""
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if period is None or f"{measure.id}-{part}" not in parts_of(measure):
        return None
    asked = (view.release, view.scope, measure, view.place.enhet_id)
    told = (view.place.namn, view.source)
    if part.startswith(APART):
        return _apart(view, measure, part.partition("-")[2])
    if part in measure.breakdowns:
        rows = queries.curve_groups(*asked, part, period)
        return by_group(measure, BREAKDOWNS[part], period, rows, queries.curve_group_gaps(*asked, part, period), *told)
    values, gaps = queries.pair_values(*asked, period), queries.pair_gaps(*asked, period)
    if part == DAYS:
        return days(measure, period, values, gaps, *told)
    shares = [row for row in queries.curve(*asked, period) if row["orsak_id"] == measure.event.id]
    share_gaps = [row for row in queries.gaps(*asked, "r12") if row["period"] == period]
    return standardised(measure, period, shares, share_gaps, values, gaps, *told)


def _apart(view: View, measure: Curve, days: str) -> Diagram | None:
    """The difference between women and men in the share, or in the mean within so many days, and its parts."""
    asked = (view.release, view.scope, measure, view.place.enhet_id)
    found = queries.taken_apart(*asked, ("medeldagar", int(days)) if days else None)
    # the last cohorts may not have been followed so long yet
    rows = [row for row in found if row["period"] <= view.manad and row["orsak"] != "ingen_uppfoljning"]
    if not rows:
        return None
    last, told = rows[-1]["period"], (view.place.namn, view.source)
    if days:
        return apart(of_mean(measure, int(days)), last, rows, queries.mean_gaps(*asked, int(days)), *told)
    gaps = [in_percent(row) for row in queries.gaps(*asked, "r12") if row["dag"] == measure.headline]
    return apart(of_share(measure), last, rows, gaps, *told)


def occupation_diagram(view: View, measure: Occupation) -> Diagram | None:
    rows = _occupation_rows(view, measure)
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if not period or not rows:
        return None
    gaps = queries.state_gaps(view.release, view.scope, measure, view.place.enhet_id, period)
    return occupation(measure, period, rows, gaps, view.place.namn, view.source)


def grades_diagram(view: View, measures: Sequence[Occupation]) -> Diagram | None:
    """The first of the measures, from fine to coarse, that both sexes have on its headline day; else the last."""
    for measure in measures:
        on_day = [row for row in _occupation_rows(view, measure) if row["dag"] == measure.headline]
        if on_day and all(row["utfall"] == "tal" for row in on_day):
            return occupation_diagram(view, measure)
    return occupation_diagram(view, measures[-1]) if measures else None


def _occupation_rows(view: View, measure: Occupation) -> list[Row]:
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    asked = (view.release, view.scope, measure, view.place.enhet_id)
    return queries.curve(*asked, period) if period else []
