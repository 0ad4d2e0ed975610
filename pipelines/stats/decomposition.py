"""Why two groups differ: how much of the difference of two rates comes from who they are, and how much from the rates
within. Always first − second: women − men in the product."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from pipelines.stats.intervals import Floats, refuse

REPLICATES = 2_000
STEP = 1e-4  # relative; small against a person's part and large against rounding


@dataclass(frozen=True, kw_only=True)
class Decomposition:
    """`effect[..., K]` of each factor, summing to `difference[...]`; `first` and `second[..., K]` are the rates with
    only that factor from its own group, standardised over the others. `lower` and `upper` where bootstrapped."""

    effect: Floats
    difference: Floats
    first: Floats
    second: Floats
    method: str
    lower: Floats | None = None
    upper: Floats | None = None
    level: float | None = None


def kitagawa(first_shares: ArrayLike, first_rates: ArrayLike, second_shares: ArrayLike, second_rates: ArrayLike
) -> Decomposition:  # fmt: skip
    """Composition and level: `shares[..., I]` summing to 1 and `rates[..., I]` by stratum. Exact, no residual. Missing
    where a rate is. Raises ValueError on negative shares. Source: Kitagawa 1955."""
    refuse({"shares < 0": (np.asarray(first_shares) < 0) | (np.asarray(second_shares) < 0)})
    found = das_gupta((first_shares, first_rates), (second_shares, second_rates), _weighted_sum)
    return Decomposition(
        effect=found.effect, difference=found.difference, first=found.first, second=found.second, method="Kitagawa"
    )


def das_gupta(first: Sequence[ArrayLike], second: Sequence[ArrayLike], rate: Callable[..., Floats]) -> Decomposition:
    """The effect of each of K factors is its average over all orders in which the factors are replaced (Shapley value);
    `rate(*factors)` gives a rate from one set of factors, over leading axes. 2^K evaluations. Raises ValueError unless
    both groups have the same number of factors. Source: Das Gupta 1993; Shorrocks 2013."""
    if len(first) != len(second):
        raise ValueError("refused: unequal number of factors")
    count = len(first)
    ours, theirs = ([np.asarray(factor, dtype=float) for factor in side] for side in (first, second))
    value = {
        chosen: np.asarray(rate(*(ours[k] if k in chosen else theirs[k] for k in range(count))))
        for size in range(count + 1)
        for chosen in map(frozenset, combinations(range(count), size))
    }
    own, other = [], []
    for factor in range(count):
        rest = [chosen for chosen in value if factor not in chosen]
        weights = [factorial(len(chosen)) * factorial(count - 1 - len(chosen)) / factorial(count) for chosen in rest]
        own.append(sum(w * value[chosen | {factor}] for w, chosen in zip(weights, rest, strict=True)))
        other.append(sum(w * value[chosen] for w, chosen in zip(weights, rest, strict=True)))
    with_own, with_other = np.stack(own, axis=-1), np.stack(other, axis=-1)
    whole = value[frozenset(range(count))] - value[frozenset()]
    return Decomposition(
        effect=with_own - with_other, difference=whole, first=with_own, second=with_other, method="Das Gupta"
    )


def cross_classified(
    first_size: ArrayLike, first_rates: ArrayLike, second_size: ArrayLike, second_rates: ArrayLike
) -> Decomposition:
    """Row structure, column structure and rate, from `size[..., I, J]` and `rates[..., I, J]` by for example age and
    diagnosis. The rate is one factor against the whole composition, as in `kitagawa`; the composition is then split
    at the mean of the two groups' rates. Raises ValueError on negative sizes. Source: Das Gupta 1993, ch. 5."""
    ours, theirs, r1, r2 = (
        np.asarray(part, dtype=float) for part in (first_size, second_size, first_rates, second_rates)
    )
    refuse({"size < 0": (ours < 0) | (theirs < 0)})
    middle = (r1 + r2) / 2
    structure = das_gupta(
        _structures(ours), _structures(theirs), lambda rows, columns: (rows * columns * middle).sum(axis=(-2, -1))
    )
    flat = [part.reshape(*part.shape[:-2], -1) for part in (ours, r1, theirs, r2)]
    whole = kitagawa(shares_of(flat[0]), flat[1], shares_of(flat[2]), flat[3])
    effect, first, second = (
        np.concatenate([getattr(structure, name), getattr(whole, name)[..., 1:]], axis=-1)
        for name in ("effect", "first", "second")
    )
    return Decomposition(
        effect=effect, difference=whole.difference, first=first, second=second, method="Das Gupta, korsklassificerad"
    )


def bootstrapped(
    first: tuple[ArrayLike, ArrayLike, ArrayLike],
    second: tuple[ArrayLike, ArrayLike, ArrayLike],
    decompose: Callable[[Floats, Floats, Floats, Floats], Decomposition],
    *,
    level: float,
    seed: int,
    replicates: int = REPLICATES,
) -> Decomposition:
    """The decomposition with percentile limits from drawing persons again. Each group is (`persons[P]`, `time[P, ...]`,
    `events[P, ...]`): how many persons have pattern P, and its time and events in each stratum. `decompose` takes sizes
    and rates of the first and the second group, of shape [replicates, ...]. Raises ValueError on fewer than 2 000
    replicates or negative counts. Source: Efron & Tibshirani 1993, ch. 13; the seed is stored with the figures."""
    if replicates < REPLICATES:
        raise ValueError(f"refused: fewer than {REPLICATES} replicates")
    generator = np.random.default_rng(seed)
    drawn = [_drawn(group, generator, replicates) for group in (first, second)]
    found = decompose(*drawn[0], *drawn[1])
    # the first row of every draw is the sample itself
    effect, tail = found.effect[1:], (1 - level) / 2
    low, high = np.quantile(effect, [tail, 1 - tail], axis=0, method="linear")
    return Decomposition(
        effect=found.effect[0], difference=found.difference[0], first=found.first[0], second=found.second[0],
        method=f"{found.method}, bootstrap av personer", lower=low, upper=high, level=level,
    )  # fmt: skip


def person_weights(persons: int, *, seed: int, replicates: int = REPLICATES) -> NDArray[np.float32]:
    """How many times each person is drawn in every replicate, `[2, persons, replicates]` for the first and the second
    group: independent Poisson counts of mean 1, as the multinomial ones are when persons are many. Made once and used for
    many pairs of groups. Raises ValueError on fewer than 2 000 replicates. Source: Hanley & MacGibbon 2006."""
    if replicates < REPLICATES:
        raise ValueError(f"refused: fewer than {REPLICATES} replicates")
    return np.random.default_rng(seed).poisson(1, (2, persons, replicates)).astype(np.float32)


def drawn_again(
    first: Floats, second: Floats, weights: NDArray[np.float32], decompose: Callable[[Floats, Floats], Decomposition], *,
    level: float,
) -> Decomposition:  # fmt: skip
    """The decomposition with percentile limits from drawing persons again with `weights` as of `person_weights`. Each
    group is `parts[P, Z]`, what every person adds to the totals that `decompose` takes, as in `linearised`. With more
    persons than weights several have one weight in common: they are drawn in as many groups as there are weights, which
    must be put together at random. Source: Efron & Tibshirani 1993, ch. 13."""
    totals = []
    for side, parts in zip(weights, (first, second), strict=True):
        groups = _grouped(np.asarray(parts, dtype=float), len(side))
        drawn = side[: len(groups)].T @ groups.astype(np.float32)
        # the first row is the sample itself
        totals.append(np.concatenate([groups.sum(axis=0)[None], drawn.astype(float)]))
    found, tail = decompose(*totals), (1 - level) / 2
    effects = np.ascontiguousarray(np.moveaxis(found.effect[1:], 0, -1))
    low, high = np.quantile(effects, [tail, 1 - tail], axis=-1, method="linear")
    return Decomposition(
        effect=found.effect[0], difference=found.difference[0], first=found.first[0], second=found.second[0],
        method=f"{found.method}, bootstrap av personer", lower=low, upper=high, level=level,
    )  # fmt: skip


def _grouped(parts: Floats, most: int) -> Floats:
    """The parts of at most so many groups of persons: every `most`-th person is in one."""
    if len(parts) <= most:
        return parts
    padded = np.concatenate([parts, np.zeros((-len(parts) % most, parts.shape[1]))])
    return padded.reshape(-1, most, parts.shape[1]).sum(axis=0)


def linearised(
    totals: ArrayLike, cross: ArrayLike, decompose: Callable[[Floats, Floats], Decomposition], *, level: float
) -> Decomposition:
    """The decomposition with normal limits from persons as clusters, for many pairs of groups at once. `totals[2, C, Z]`
    are the totals that it is made of (sizes and events of every stratum) in the first and the second group of each of
    C pairs, `cross[2, C, Z, Z]` the sums over persons of the products of their parts of the totals; a total that is no
    sum over persons, like a population, has zeros there. `decompose` takes the totals `[C, Z]` of the two groups.

    Every total is moved a little to see what each effect does, and the variance is that of the sum of what each person
    moves it (infinitesimal jackknife, with m as good as m − 1 persons). Source: Jaeckel 1972; Efron & Tibshirani 1993,
    ch. 22.6. Agrees with `bootstrapped` where no stratum has only a few."""
    whole, products = np.asarray(totals, dtype=float), np.asarray(cross, dtype=float)
    found = decompose(whole[0], whole[1])
    variance = np.zeros(found.effect.shape)
    for group in range(2):
        slopes = np.stack([_slope(whole, group, at, decompose) for at in range(whole.shape[-1])], axis=-1)
        variance += np.einsum("ckz,czy,cky->ck", slopes, products[group], slopes, optimize=True)
    half = norm.isf((1 - level) / 2) * np.sqrt(np.maximum(variance, 0))
    return Decomposition(
        effect=found.effect, difference=found.difference, first=found.first, second=found.second,
        method=f"{found.method}, linjäriserad med personer som kluster", lower=found.effect - half,
        upper=found.effect + half, level=level,
    )  # fmt: skip


def _slope(whole: Floats, group: int, at: int, decompose: Callable[[Floats, Floats], Decomposition]) -> Floats:
    """What every effect [C, K] changes per unit of one total; a total of 0 has nobody to move it."""
    sides = []
    for factor in (1 + STEP, 1 - STEP):
        moved = whole.copy()
        moved[group, :, at] *= factor
        sides.append(decompose(moved[0], moved[1]).effect)
    width = 2 * STEP * whole[group, :, at]
    return np.where(width[:, None] > 0, (sides[0] - sides[1]) / np.where(width > 0, width, 1.0)[:, None], 0.0)


def shares_of(size: ArrayLike) -> Floats:
    """`size[..., I]` as shares of their sum."""
    whole = np.asarray(size, dtype=float)
    return whole / whole.sum(axis=-1, keepdims=True)


def _drawn(
    group: tuple[ArrayLike, ArrayLike, ArrayLike], generator: np.random.Generator, replicates: int
) -> tuple[Floats, Floats]:
    """Size and rate of each stratum in the sample and in every replicate: [1 + replicates, ...]."""
    persons, time, events = np.asarray(group[0]), *(np.asarray(part, dtype=float) for part in group[1:])
    refuse({"persons < 0": persons < 0, "time < 0": time < 0, "events < 0": events < 0})
    total = int(persons.sum())
    again: NDArray = generator.multinomial(total, persons / total, size=replicates)
    weights = np.concatenate([persons[None], again]).astype(float)
    size, count = np.tensordot(weights, time, axes=1), np.tensordot(weights, events, axes=1)
    # a stratum that a replicate did not draw has no rate; its share is 0, so 0 stands for it without weight in its group
    return size, np.where(size > 0, count / np.where(size > 0, size, 1.0), 0.0)


def _weighted_sum(shares: Floats, rates: Floats) -> Floats:
    return (shares * rates).sum(axis=-1)


def _structures(size: Floats) -> tuple[Floats, Floats]:
    """A and B with A·B = n/N: each the geometric mean of a conditional and a marginal share."""
    whole = size.sum(axis=(-2, -1), keepdims=True)
    rows, columns = size.sum(axis=-1, keepdims=True), size.sum(axis=-2, keepdims=True)
    given_column = size / np.where(columns > 0, columns, 1.0)
    given_row = size / np.where(rows > 0, rows, 1.0)
    return np.sqrt(given_column * rows / whole), np.sqrt(given_row * columns / whole)
