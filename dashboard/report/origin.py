"""Where a file comes from and what it is about: what every export carries besides its table."""

from dataclasses import dataclass

from dashboard.figures.content import Diagram
from dashboard.texts import states
from dashboard.texts.method import CAVEATS, HOW
from dashboard.texts.numbers import month
from dashboard.texts.report import origin as say
from schemas.dimensions import BREAKDOWNS


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
        return say.BESIDE.format(names=", ".join(origin.beside))
    if split not in BREAKDOWNS:
        return say.NO_FILTER
    dimension = BREAKDOWNS[split]
    groups = BREAKDOWNS[dimension.coarser] if dimension.coarser and rest not in dimension.ids else dimension
    if rest in groups.ids:
        return f"{groups.label}: {groups.label_of(rest)}"
    return say.BY.format(split=dimension.label.lower())


def about(content: Diagram, origin: Origin) -> list[tuple[str, str]]:
    """What a reader of the file must know, as (name, text)."""
    facts = origin.facts
    rows = [
        (say.QUESTION, content.question),
        (say.SHOWS, content.title),
        (say.UNIT, say.UNIT_IS.format(place=origin.place, enhet_id=origin.enhet_id)),
        (say.MONTH, say.MONTH_IS.format(month=month(origin.manad), state=states.MONTH_STATES[origin.lage])),
        (say.FILTER, filtered(content, origin)),
        (say.PERIOD, content.subtitle),
        (say.DEFINITION, origin.definition),
        (HOW, origin.link),
        (say.DATA, facts["data_tom"]),
        (say.RELEASE, facts["release_id"]),
        (say.PROTECTION, say.PROTECTED.format(**facts)),
        (say.MARKS, states.MARKS),
        (say.METHOD, content.method),
        (say.MAY_SPREAD, say.SPREAD),
        *((CAVEATS, note) for note in content.notes),
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
