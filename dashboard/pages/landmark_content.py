"""The diagrams of a landmark measure: <measure>, from its first day, and <measure>-<day> from each of the others."""

from dashboard import queries
from dashboard.figures.content import Diagram
from dashboard.figures.landmark import landmark
from dashboard.pages.view import View
from schemas.measure import Landmark


def other_landmarks(measure: Landmark) -> list[str]:
    """The names of the other diagrams, in reading order."""
    return [f"{measure.id}-{day}" for day in measure.landmarks if day != measure.first]


def landmark_diagram(view: View, measure: Landmark, part: str = "") -> Diagram | None:
    """None when the part is not declared or no cohort ends by the chosen month."""
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if period is None or (part and f"{measure.id}-{part}" not in other_landmarks(measure)):
        return None
    asked = (view.release, view.scope, measure, view.place.enhet_id, period)
    rows, gaps = queries.landmark(*asked), queries.landmark_gaps(*asked)
    least = view.release.facts["kurva_minst"]
    day = int(part) if part else measure.first
    return landmark(measure, day, period, rows, gaps, view.place.namn, view.source, least)
