"""The lattice: every cell that a release may have, from the declared measures and breakdowns. Nothing outside it is
computed, published or shown, and there are no free periods: months, quarters, and twelve months that end with a quarter."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain

from schemas.curve_lattice import of_cohorts
from schemas.dimensions import (
    BOTH,
    BREAKDOWNS,
    DATAFEL,
    EXTRAKT,
    KON,
    NIVA,
    NO_BREAKDOWN,
    UPPDELNING,
    WHOLE,
)
from schemas.marginal import NO_DAY, Axis, Marginal, axis
from schemas.measure import AnyMeasure, Count, Counted, Curve, Distribution, Resource, Rest, Share, Time
from schemas.measures import MEASURES, with_parts

TOLD = (*BOTH, WHOLE)  # the sexes whose change is followed
ALIKE = 5  # how many a vårdcentral is shown beside
WITH_AGE_AND_DIAGNOSIS = frozenset({"mart.startade", "mart.pagaende", "mart.malgrupp"})
QUALITY = (
    *((extract, kind) for extract in EXTRAKT.ids for kind in ("rader", "karantan")),
    ("intyg", "utelamnat"), ("intyg", "okant"), ("koordinering", "okant"),
)  # fmt: skip

# The published tables with figures about the region's patients, and what they hold.
TABLES = {
    "varde": "Värden",
    "skillnad": "Skillnader kvinnor och män",
    "uppdelning": "Delar av skillnader",
    "signal": "Förändringar",
    "tratt": "Enheten mot regionen",
    "spridning": "Spridning mellan enheter",
    "likhet": "Enheter som liknar varandra",
    "kurva": "Kurvor",
    "kurvtal": "Median, medeldagar, standardiserade andelar",
    "kurvskillnad": "Skillnader i dem, och test",
    "gradskillnad": "Skillnader i grader",
    "landmark": "Kurvor från en viss dag",
    "landmarkskillnad": "Skillnader i dem",
    "kvalitet": "Leveransernas rader",
    "datafel": "Fel i intygen",
}
# Places, months, facts about the release, what others have published, and how many cells are hidden: no figures about its
# patients.
NO_FIGURES = frozenset({"enhet", "manad", "fakta", "jamforelse", "skydd"})


def lattice(measures: Mapping[str, AnyMeasure]) -> tuple[Marginal, ...]:
    """Everything that a release with these measures may have."""
    every = with_parts(measures).values()
    return (
        *chain.from_iterable(of_measure(measure) for measure in every),
        *(_among_units("spridning", measure, "region") for measure in measures.values() if _yearly(measure)),
        *_of_no_measure(),
    )


@cache
def of_measure(measure: AnyMeasure) -> tuple[Marginal, ...]:
    """The pieces of one measure, but for its spread among units."""
    return tuple(_of_measure(measure))


def _of_measure(measure: AnyMeasure) -> Iterator[Marginal]:
    if isinstance(measure, Count):
        yield from _of_count(measure)
    elif isinstance(measure, Distribution):
        values = tuple(_spread(measure))
        yield from chain(values, _gaps(values), _signals(measure, values))
    elif isinstance(measure, Resource):
        for niva in NIVA.ids:
            yield _values(measure, niva, "manad", (WHOLE,), centres=True, complete=False)
    else:
        yield from of_cohorts(measure)
        if isinstance(measure, Curve) and measure.featured:
            yield _among_units("tratt", measure, "enhet")


def counted(measure: Count) -> Iterator[Marginal]:
    """The values of a counting measure: the whole in each of its periods, and its breakdowns where they exist."""
    for niva in NIVA.ids:
        for kind in whole_kinds(measure, niva):
            yield _values(measure, niva, kind, sexes(measure, kind))
        for split in measure.breakdowns:
            for kind in kinds(measure, split, niva):
                # alla of a group at an enhet would be one of three numbers of which two give the third, and hide a sex
                of = BOTH if niva == "enhet" else sexes(measure, kind)
                yield _values(measure, niva, kind, of, split)


def whole_kinds(measure: Count, niva: str) -> tuple[str, ...]:
    """The kinds of period that the whole of a measure is published for at a level."""
    return tuple(kind for kind in measure.periods if not (niva == "enhet" and kind in measure.wide))


def kinds(measure: Count, split: str, niva: str) -> tuple[str, ...]:
    """The kinds of period that a breakdown of the measure is published for at a level: a stock has the last day of every
    quarter, where it has anything; a flow has twelve months only, for quarters of groups are sums that give each other
    away."""
    declared = () if niva == "enhet" and split in measure.wide else BREAKDOWNS[split].kinds(niva)
    if measure.time is Time.STOCK:
        return ("manad",) if declared else ()
    divided = ("r12",) if measure.time is Time.FLOW else measure.periods
    return tuple(kind for kind in declared if kind in divided)


def sexes(measure: Count, kind: str) -> tuple[str, ...]:
    """What happens in a month is mostly below five by sex at a median vårdcentral: months are for alla."""
    return KON.ids if measure.time is Time.STOCK or kind != "manad" else (WHOLE,)


def parts_of_gap(measure: Count) -> tuple[str, ...]:
    """The parts that the difference between women and men is taken apart in, where it is. Listade have no diagnosis."""
    known = measure.base in WITH_AGE_AND_DIAGNOSIS and measure.counted is Counted.CASES
    if not known or isinstance(measure, Rest):
        return ()
    return UPPDELNING.ids if isinstance(measure, Share) else ("alder", "niva")


def yearly_kind(measure: Count) -> str:
    """The kind of period in which a count is one calm figure: twelve months, or for a stock the end of a quarter."""
    return "manad" if measure.time is Time.STOCK else "r12"


def _of_count(measure: Count) -> Iterator[Marginal]:
    values = tuple(counted(measure))
    yield from chain(values, _gaps(values))
    yearly = yearly_kind(measure)
    if yearly in measure.periods and (parts := parts_of_gap(measure)):
        for niva in NIVA.ids:
            yield Marginal(
                table="uppdelning", measure=measure.id, niva=niva, periodtyp=yearly, quarterly=yearly == "manad",
                axes=(axis("storhet", "varde"), axis("dag", NO_DAY), axis("del", *parts)), complete=True,
            )  # fmt: skip
    if measure.featured and not isinstance(measure, Share):
        yield replace(_among_units("tratt", measure, "enhet"), complete=True)
    if measure.followed:
        yield from _signals(measure, values)


def _values(
    measure: AnyMeasure, niva: str, kind: str, of: tuple[str, ...], split: str = NO_BREAKDOWN, *,
    centres: bool = False, complete: bool = True,
) -> Marginal:  # fmt: skip
    groups = (WHOLE,) if split == NO_BREAKDOWN else BREAKDOWNS[split].ids
    return Marginal(
        table="varde", measure=measure.id, niva=niva, periodtyp=kind, centres=centres, complete=complete,
        quarterly=kind == "manad" and split != NO_BREAKDOWN,
        axes=(axis("kon", *of), axis("indelning", split), axis("grupp", *groups)),
    )  # fmt: skip


def _spread(measure: Distribution) -> Iterator[Marginal]:
    """The statistic shown first as the whole, and all of them as groups."""
    parent = distributed(measure)
    for niva in NIVA.ids:
        for split in (NO_BREAKDOWN, *measure.breakdowns):
            kind = yearly_kind(parent)
            yield replace(_values(measure, niva, kind, KON.ids, split), quarterly=kind == "manad")


def distributed(measure: Distribution) -> Count:
    """The counting measure whose cases the distribution is of."""
    parent = MEASURES[measure.of]
    if not isinstance(parent, Count):
        raise TypeError(f"{measure.id} is of {parent.id}, which counts nothing")
    return parent


def _gaps(values: tuple[Marginal, ...]) -> Iterator[Marginal]:
    """Women against men, wherever both are."""
    for one in values:
        if one.values("kon") >= set(BOTH):
            yield replace(one, table="skillnad", axes=(axis("dag", NO_DAY), *one.axes[1:]))


def _signals(measure: Count | Distribution, values: tuple[Marginal, ...]) -> Iterator[Marginal]:
    """Flows are followed by the quarter, stocks on its last day."""
    stock = (measure if isinstance(measure, Count) else distributed(measure)).time is Time.STOCK
    for one in values:
        if one.indelning == NO_BREAKDOWN and one.periodtyp == ("manad" if stock else "kvartal"):
            yield replace(one, table="signal", axes=(axis("kon", *TOLD),), quarterly=stock, complete=False)


def _yearly(measure: AnyMeasure) -> bool:
    return measure.featured and isinstance(measure, Count | Curve)


def _among_units(table: str, measure: AnyMeasure, niva: str) -> Marginal:
    """A year of a measure at a vårdcentral against its region, or of all the region's."""
    kind = yearly_kind(measure) if isinstance(measure, Count) else "r12"
    return Marginal(
        table=table, measure=measure.id, niva=niva, periodtyp=kind, quarterly=kind == "manad", centres=True,
        axes=(axis("kon", *BOTH),),
    )  # fmt: skip


def _of_no_measure() -> Iterator[Marginal]:
    yield Marginal(
        table="likhet", measure="", niva="enhet", periodtyp="r12", centres=True,
        axes=(axis("ordning", *range(1, ALIKE + 1)),),
    )  # fmt: skip
    for niva in NIVA.ids:
        for kind in ("manad", "r12"):
            yield Marginal(
                table="datafel", measure="", niva=niva, periodtyp=kind, axes=(axis("fel", *DATAFEL.ids),), complete=True
            )
    # how many rules a row can break is said by the contracts of the extracts
    pairs = Axis(columns=("extrakt", "slag"), values=QUALITY)
    yield Marginal(table="kvalitet", measure="", niva="", periodtyp="", axes=(pairs,))
