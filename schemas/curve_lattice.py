"""The part of the lattice that is about cohorts of twelve months: curves, states and landmarks, day by day."""

from collections.abc import Iterator
from itertools import product

from schemas.dimensions import ALDERSGRUPP, ARM, BOTH, BREAKDOWNS, DIAGNOS5, NIVA, NO_BREAKDOWN, UPPDELNING, WHOLE
from schemas.marginal import NO_DAY, Axis, Marginal, axis
from schemas.measure import GRID, AnyMeasure, Curve, Landmark, Occupation

COHORT = "r12"
OWN = "_egen"  # after the event of a curve: by the own unit
# every week of the first four, then every month: each day is protected by itself
STATE_DAYS = tuple(day for day in GRID if day > 0 and (day <= 28 or day % 30 == 0 or day == GRID[-1]))
MEDIAN, MEAN, STANDARD, SHARE = "median", "medeldagar", "standard", "andel"
QUANTITIES = (MEDIAN, MEAN, STANDARD)
TEST, TEST_WITHIN = "kurva", "kurva_diagnos"
TESTS = (TEST, TEST_WITHIN)


def of_cohorts(measure: AnyMeasure) -> Iterator[Marginal]:
    """The pieces of a curve, of states or of a landmark at every level."""
    for niva in NIVA.ids:
        if isinstance(measure, Curve):
            yield from _of_curve(measure, niva)
        elif isinstance(measure, Occupation):
            yield from _of_states(measure, niva)
        elif isinstance(measure, Landmark):
            yield from _of_landmark(measure, niva)


def causes_of(measure: Curve | Landmark) -> tuple[str, ...]:
    """The event, split by whether the own unit did it where the measure asks for that, and the competing causes."""
    return (*_events(measure), *(cause.id for cause in measure.competing))


def quantities(measure: Curve) -> tuple[tuple[str, int], ...]:
    """The figures of women and men beside each other, and their days."""
    standard = measure.horizons if measure.adjusted else ()
    return (
        (MEDIAN, NO_DAY), *((MEAN, day) for day in measure.means), *((STANDARD, day) for day in standard)
    )  # fmt: skip


def taken_apart(measure: Curve) -> tuple[tuple[str, int], ...]:
    """What the difference is taken apart of, where it is: the share by the first shown day, and the mean within the fewest
    and the most days."""
    if not {ALDERSGRUPP.column, DIAGNOS5.column} <= set(measure.adjusted) or not measure.means:
        return ()
    return ((SHARE, measure.headline), *((MEAN, day) for day in sorted({measure.means[0], measure.means[-1]})))


def landmark_days(measure: Landmark) -> tuple[int, ...]:
    return tuple(day for day in GRID if day <= measure.horizons[-1])


def _events(measure: Curve | Landmark) -> tuple[str, ...]:
    event = measure.event.id
    return (event + OWN, event) if measure.own_unit else (event,)


def _piece(table: str, measure: AnyMeasure, niva: str, *axes: Axis, complete: bool = False) -> Marginal:
    return Marginal(table=table, measure=measure.id, niva=niva, periodtyp=COHORT, axes=axes, complete=complete)


def _of_curve(measure: Curve, niva: str) -> Iterator[Marginal]:
    whole = (axis("indelning", NO_BREAKDOWN), axis("grupp", WHOLE))
    days, causes = axis("dag", *measure.horizons), axis("orsak_id", *_events(measure))
    yield _piece("kurva", measure, niva, axis("kon", *BOTH, WHOLE), *whole, causes, axis("dag", NO_DAY, *GRID))
    yield _piece("skillnad", measure, niva, *whole, days)
    on_days = ((measure.event.id, NO_DAY), *product(_events(measure), measure.horizons))
    for split in measure.breakdowns:
        if COHORT in BREAKDOWNS[split].kinds(niva):
            groups = (axis("indelning", split), axis("grupp", *BREAKDOWNS[split].ids))
            told = Axis(columns=("orsak_id", "dag"), values=on_days)
            yield _piece("kurva", measure, niva, axis("kon", *BOTH), *groups, told)
            yield _piece("skillnad", measure, niva, *groups, days)
    tests = ((TEST, NO_DAY), *(((TEST_WITHIN, NO_DAY),) if DIAGNOS5.column in measure.breakdowns else ()))
    yield _piece("kurvtal", measure, niva, axis("kon", *BOTH), _days_of(quantities(measure)))
    yield _piece("kurvskillnad", measure, niva, _days_of((*quantities(measure), *tests)))
    if parted := taken_apart(measure):
        yield _piece("uppdelning", measure, niva, _days_of(parted), axis("del", *UPPDELNING.ids))


def _days_of(pairs: tuple[tuple[str, int], ...]) -> Axis:
    return Axis(columns=("storhet", "dag"), values=pairs)


def _of_states(measure: Occupation, niva: str) -> Iterator[Marginal]:
    states = axis("orsak_id", *(state.id for state in measure.states))
    whole = (axis("indelning", NO_BREAKDOWN), axis("grupp", WHOLE))
    between = axis("dag", *(day for day in STATE_DAYS if day not in measure.horizons))
    for days, complete in ((axis("dag", *measure.horizons), True), (between, False)):
        yield _piece("kurva", measure, niva, axis("kon", *BOTH), *whole, states, days, complete=complete)
    yield _piece("gradskillnad", measure, niva, states, axis("dag", *measure.horizons), complete=True)


def _of_landmark(measure: Landmark, niva: str) -> Iterator[Marginal]:
    at = (axis("kon", *BOTH), axis("fran_dag", *measure.landmarks))
    yield _piece("landmark", measure, niva, *at, axis("arm", *ARM.ids), axis("dag", NO_DAY, *landmark_days(measure)))
    yield _piece("landmarkskillnad", measure, niva, *at, axis("dag", NO_DAY, *measure.horizons))
