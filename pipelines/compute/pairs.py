"""Women and men beside each other on a curve: median, mean days, standardised shares, their contrasts, and tests."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.adjusted import Adjusted, adjusted_shares
from pipelines.compute.curve import DAYS, EXPECTED, by_kind, dense, expected, still_followed
from pipelines.compute.curve_tests import PLACE, gray_p, within_diagnoses
from pipelines.compute.medians import LEVEL, limits_on, may_be_told, median_day
from pipelines.compute.shown import Shown, shown_of
from pipelines.disclosure.curves import followed
from pipelines.settings import Settings
from pipelines.stats.contrasts import share_difference, share_ratio
from pipelines.stats.intervals import Floats
from pipelines.stats.restricted_mean import Mean, difference, ratio, restricted_mean
from pipelines.stats.survival import Incidence, aalen_johansen
from schemas.dimensions import BOTH, NO_BREAKDOWN
from schemas.marginal import NO_DAY
from schemas.measure import Curve
from schemas.tables import PUBLISHED

TESTS = {"kurva": "Gray", "kurva_diagnos": "Gray, stratifierat för diagnosgrupp"}


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """One figure of every pair: `value`, `lower`, `upper`, `known[P, 2]`; where it is `hidden` though its curve is not, and why
    it is not known otherwise; and its contrasts[P]."""

    name: str
    day: int
    value: Floats
    lower: Floats
    upper: Floats
    known: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    reason: NDArray
    method: str
    difference: tuple[Floats, Floats, Floats]
    ratio: tuple[Floats, Floats, Floats]
    contrast: str


def pair_figures(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    rows: pd.DataFrame,
    nodes: pd.DataFrame,
    settings: Settings,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `kurvtal` and `kurvskillnad` of the pairs of which at least one sex is shown; `cells` are protected, and
    `rows` those of `kurva`."""
    pairs = _pairs(cells)
    adjusted = adjusted_shares(connection, measure, cells, pairs, settings)
    inside = within_diagnoses(connection, measure, pairs)
    following = still_followed(connection)
    told = shown_of(connection, measure, cells, pairs, rows, nodes, following, settings)
    values, contrasts = [], []
    wanted = pairs.melt(id_vars=[*PLACE, "par"], value_vars=list(BOTH), var_name="kon", value_name="dold")
    wanted = wanted.assign(nr=2 * wanted["par"] + wanted["kon"].eq("M"), indelning=NO_BREAKDOWN, grupp="alla")
    for numbers, events in dense(connection, measure, wanted):
        here = slice(int(numbers[0]) // 2, int(numbers[-1]) // 2 + 1)
        chosen = pairs.iloc[here].reset_index(drop=True)
        hidden = chosen[list(BOTH)].to_numpy(dtype=bool)
        counts = events.reshape(len(chosen), 2, *events.shape[1:])
        n = counts.sum(axis=(2, 3))
        cases = wanted.set_index("nr").loc[numbers]
        awaited = expected(following, cases, n.ravel()).reshape(len(chosen), 2, -1)
        for one in _quantities(counts, awaited, measure, adjusted, told[here], here, settings):
            values += [_values(chosen, one, hidden, n, at) for at in range(2)]
            contrasts.append(_contrasts(chosen, one, hidden))
        contrasts.append(_tested(chosen, "kurva", gray_p(counts[:, None], measure), hidden))
        if inside is not None:
            contrasts.append(_tested(chosen, "kurva_diagnos", inside[here], hidden))
    return _table("kurvtal", values, measure), _table("kurvskillnad", contrasts, measure)


def _pairs(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per place and cohort with a shown curve: PLACE, par, and whether K and M are hidden."""
    whole = cells[cells["indelning"].eq(NO_BREAKDOWN) & cells["kon"].isin(BOTH)]
    wide = whole.pivot(index=PLACE, columns="kon", values="dold").astype(bool)
    some = wide[~wide.all(axis=1)].reset_index().rename_axis(columns=None)
    return some.assign(par=range(len(some)))


def _quantities(
    counts: Floats,
    awaited: Floats,
    measure: Curve,
    adjusted: Adjusted | None,
    told: Shown,
    here: slice,
    settings: Settings,
) -> Iterator[Quantity]:
    """The figures of some pairs from counts[P, 2, cause, day], as far as so many are followed and were to be expected
    (awaited[P, 2, day]), and as they are `told`."""
    event, others, censored = by_kind(counts, measure)
    fit = aalen_johansen(DAYS, np.stack([event, others], axis=2), censored, level=LEVEL)
    inside = followed(fit.at_risk, least=settings.curve_at_risk) & (awaited >= EXPECTED * settings.curve_at_risk)
    yield _median(fit, inside, np.cumsum(event, axis=-1), told.point, settings.threshold)
    for at, tau in enumerate(measure.means):
        yield _mean_days(event + others, censored, tau, told.mean[..., at], told.closed[..., at])
    if adjusted is not None:
        for at, day in enumerate(measure.horizons):
            yield _standard(adjusted, here, at, day, inside[..., day], told.silent[..., at])


def _median(
    fit: Incidence, inside: NDArray[np.bool_], through: Floats, point: NDArray[np.bool_], least: float
) -> Quantity:
    """The day on which half have had the event, to whole days, where it falls while enough are followed; hidden where it is
    the day of one of a few between two shown points."""
    left, (low, high) = median_day(fit, inside), limits_on(fit, point)
    reached = np.isfinite(left)
    known = may_be_told(left, through, fit, point, least)
    return _with_shares_contrast(
        name="median", day=NO_DAY, value=left, lower=low, upper=high, known=known, hidden=reached & ~known,
        reason=np.full(left.shape, "ej_uppnadd"), method="Median, gränser på visade dagar ur kurvans intervall",
    )  # fmt: skip


def _mean_days(
    exits: Floats, censored: Floats, tau: int, known: NDArray[np.bool_], hidden: NDArray[np.bool_]
) -> Quantity:
    mean = restricted_mean(DAYS, exits, censored, tau=tau, level=LEVEL)
    women, men = (_of_sex(mean, at) for at in range(2))
    gap, part = difference(women, men, level=LEVEL), ratio(women, men, level=LEVEL)
    return Quantity(
        name="medeldagar", day=tau, value=mean.value, lower=mean.lower, upper=mean.upper, known=known, hidden=hidden,
        reason=np.full(known.shape, "ingen_uppfoljning"), method="Begränsat medelvärde",
        difference=(gap.value, gap.lower, gap.upper), ratio=(part.value, part.lower, part.upper),
        contrast="normalfördelning; kvot på log-skala",
    )  # fmt: skip


def _standard(
    adjusted: Adjusted, here: slice, at: int, day: int, inside: NDArray[np.bool_], hidden: NDArray[np.bool_]
) -> Quantity:
    """Nearly the share as it is, and so hidden where that is."""
    value, lower, upper = (part[here, :, at] for part in (adjusted.share, adjusted.lower, adjusted.upper))
    parted = (adjusted.strata[here] > 1)[:, None]
    reason = np.where(np.broadcast_to(parted, value.shape), "ingen_uppfoljning", "for_fa_grupper")
    possible = inside & np.isfinite(value) & parted
    return _with_shares_contrast(
        name="standard", day=day, value=value, lower=lower, upper=upper, known=possible & ~hidden,
        hidden=possible & hidden, reason=reason, method="Aalen–Johansen, direkt standardiserad, log-log",
    )  # fmt: skip


def _with_shares_contrast(**told) -> Quantity:
    """Contrasts of two independent estimates with limits."""
    parts = [told[name][:, at] for at in range(2) for name in ("value", "lower", "upper")]
    gap, part = share_difference(*parts), share_ratio(*parts)
    return Quantity(
        **told, difference=(gap.value, gap.lower, gap.upper), ratio=(part.value, part.lower, part.upper),
        contrast="MOVER; kvot MOVER-R",
    )  # fmt: skip


def _of_sex(mean: Mean, at: int) -> Mean:
    return replace(
        mean, value=mean.value[:, at], variance=mean.variance[:, at], lower=mean.lower[:, at], upper=mean.upper[:, at],
        n=mean.n[:, at], events=mean.events[:, at],
    )  # fmt: skip


def _values(pairs: pd.DataFrame, one: Quantity, hidden: NDArray[np.bool_], n: Floats, at: int) -> pd.DataFrame:
    closed: NDArray[np.bool_] = hidden[:, at] | one.hidden[:, at]
    known = one.known[:, at] & ~closed
    return pairs[PLACE].assign(
        kon=BOTH[at], storhet=one.name, dag=one.day, **_outcome(known, closed, one.reason[:, at]),
        varde=np.where(known, one.value[:, at], np.nan), nedre=np.where(known, one.lower[:, at], np.nan),
        ovre=np.where(known, one.upper[:, at], np.nan), n=np.where(known, n[:, at], np.nan), metod=one.method,
    )  # fmt: skip


def _contrasts(pairs: pd.DataFrame, one: Quantity, hidden: NDArray[np.bool_]) -> pd.DataFrame:
    closed = np.any(hidden | one.hidden, axis=1)
    known = one.known.all(axis=1) & ~closed & np.isfinite(one.difference[0])
    numbers = {
        f"{name}{limit}": np.where(known, part, np.nan)
        for name, parts in (("differens", one.difference), ("kvot", one.ratio))
        for limit, part in zip(("", "_nedre", "_ovre"), parts, strict=True)
    }
    return pairs[PLACE].assign(
        storhet=one.name,
        dag=one.day,
        **_outcome(known, closed, one.reason[:, 0]),
        **numbers,
        p=np.nan,
        metod=one.contrast,
    )


def _tested(pairs: pd.DataFrame, name: str, p: Floats, hidden: NDArray[np.bool_]) -> pd.DataFrame:
    closed = np.any(hidden, axis=1)
    known = ~closed & np.isfinite(p)
    nothing = dict.fromkeys(
        ["differens", "differens_nedre", "differens_ovre", "kvot", "kvot_nedre", "kvot_ovre"], np.nan
    )
    return pairs[PLACE].assign(
        storhet=name, dag=NO_DAY, **_outcome(known, closed, np.full(len(pairs), "ingen_uppfoljning")), **nothing,
        p=np.where(known, p, np.nan), metod=TESTS[name],
    )  # fmt: skip


def _outcome(known: NDArray[np.bool_], closed: NDArray[np.bool_], reason: NDArray) -> dict[str, NDArray]:
    said = reason.astype(object)
    said[known | closed] = None
    return {"utfall": np.select([known, closed], ["tal", "dolt"], "ej_beraknat"), "orsak": said}


def _table(name: str, parts: list[pd.DataFrame], measure: Curve) -> pd.DataFrame:
    columns = list(PUBLISHED[name].columns)
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return rows.assign(matt_id=measure.id)[columns]
