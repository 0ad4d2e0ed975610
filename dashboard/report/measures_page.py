"""The page of all measures, in Markdown, from their declarations."""

from dashboard.texts.method import described
from schemas.limits import DEFAULTS
from schemas.measure import AnyMeasure
from schemas.measures import MEASURES

TOP = """# Mått

Sidan skrivs ur måttens deklarationer med `sjukvy docs` och ändras inte för hand. Värden för få personer visas aldrig, och
inte heller värden som de annars kunde räknas ut ur. Ett dolt värde är aldrig noll.
"""


def measures_page() -> str:
    """Every declared measure: what it is, and what it does not say."""
    return "\n".join([TOP, *(_section(measure) for measure in MEASURES.values())])


def _section(measure: AnyMeasure) -> str:
    terms = [f"- **{term}:** {text}" for term, text in described(measure, DEFAULTS)]
    limits = [f"  - {limit}" for limit in measure.limits]
    return "\n".join([f"## {measure.name} (`{measure.id}`)", "", *terms, "- **Säger inte:**", *limits, ""])
