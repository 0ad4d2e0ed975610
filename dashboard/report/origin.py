"""Where a file comes from and what it is about: what every export carries besides its table."""

from dataclasses import dataclass

from dashboard.figures.content import Diagram
from dashboard.texts import states
from dashboard.texts.numbers import month
from schemas.dimensions import BREAKDOWNS

NO_FILTER = "Inget utöver enhet och månad"
SPREAD = "internt"  # how far a file may be spread, until a region has decided


@dataclass(frozen=True, kw_only=True)
class Origin:
    """`place` and `enhet_id` are the unit, `manad` the chosen month and `lage` its state, `beside` the names of units beside
    it, `facts` what the release says of itself, `definition` the measure's, `link` leads back to how it is counted."""

    place: str
    enhet_id: str
    manad: str
    lage: str
    beside: tuple[str, ...]
    facts: dict[str, str]
    definition: str
    link: str

    @property
    def is_demo(self) -> bool:
        return self.facts["demo"] == "ja"


def filtered(content: Diagram, origin: Origin) -> str:
    """What the table is narrowed to, besides unit and month: the group that its name ends with, or the units beside."""
    split, _, rest = content.name.removeprefix(content.measure).removeprefix("-").partition("-")
    if origin.beside:
        return f"Bredvid: {', '.join(origin.beside)}"
    if split not in BREAKDOWNS:
        return NO_FILTER
    dimension = BREAKDOWNS[split]
    groups = BREAKDOWNS[dimension.coarser] if dimension.coarser and rest not in dimension.ids else dimension
    return f"{groups.label}: {groups.label_of(rest)}" if rest in groups.ids else f"Per {dimension.label.lower()}"


def about(content: Diagram, origin: Origin) -> list[tuple[str, str]]:
    """What a reader of the file must know, as (name, text)."""
    facts = origin.facts
    rows = [
        ("Fråga", content.question),
        ("Visar", content.title),
        ("Enhet", f"{origin.place} ({origin.enhet_id})"),
        ("Månad", f"{month(origin.manad)} ({states.MONTH_STATES[origin.lage]})"),
        ("Filter", filtered(content, origin)),
        ("Urval och period", content.subtitle),
        ("Definition", origin.definition),
        ("Så räknar vi", origin.link),
        ("Data till och med", facts["data_tom"]),
        ("Utgåva", facts["release_id"]),
        (
            "Skydd",
            f"Värden som bygger på färre än {facts['troskel']} personer, och värden som kunde avslöja dem, är dolda.",
        ),
        ("Tecken", states.MARKS),
        ("Metod", content.method),
        ("Får spridas", SPREAD),
        *(("Att tänka på", note) for note in content.notes),
    ]
    return [(states.DEMO, states.DEMO_ADVICE), *rows] if origin.is_demo else rows


def columns(content: Diagram, origin: Origin) -> list[tuple[str, str]]:
    """The same as columns that a program finds in every row: (name, value)."""
    return [
        ("enhet", origin.place),
        ("enhet_id", origin.enhet_id),
        ("manad", origin.manad),
        ("manad_lage", origin.lage),
        ("filter", filtered(content, origin)),
        ("definition", origin.link),
        ("utgava", origin.facts["release_id"]),
        ("troskel", origin.facts["troskel"]),
        ("pahittat", origin.facts["demo"]),
    ]
