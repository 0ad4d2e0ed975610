"""The page of all measures, in Markdown, from their declarations."""

from dashboard.texts.method import described
from dashboard.texts.report import measures_page as say
from schemas.limits import DEFAULTS
from schemas.measure import AnyMeasure
from schemas.measures import MEASURES


def measures_page() -> str:
    """Every declared measure: what it is, and what it does not say."""
    return "\n".join([say.TOP, *(_section(measure) for measure in MEASURES.values())])


def _section(measure: AnyMeasure) -> str:
    terms = [f"- **{term}:** {text}" for term, text in described(measure, DEFAULTS)]
    limits = [f"  - {limit}" for limit in measure.limits]
    return "\n".join([f"## {measure.name} (`{measure.id}`)", "", *terms, f"- **{say.NOT_SAID}:**", *limits, ""])
