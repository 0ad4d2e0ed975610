"""XmR limits, the four signs, and a difference shared out over every order of replacement, in plain Python."""

from itertools import pairwise, permutations


def limits(values: list[float], screened: bool) -> tuple[float, float, float]:
    """Mean, lower and upper limit."""
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    average = sum(ranges) / len(ranges)
    if screened and average:
        ranges = [each for each in ranges if each < 3.267 * average]
        average = sum(ranges) / len(ranges)
    return mean, mean - 2.66 * average, mean + 2.66 * average


def sign(values: list[float], at: int, mean: float, lower: float, upper: float) -> tuple[int, int]:
    """(rule 0–4, direction) of one point; the first rule that holds names it."""
    x = values[at]
    if x > upper or x < lower:
        return 1, 1 if x > upper else -1
    for direction in (1, -1):
        if any(all((b - a) * direction > 0 for a, b in pairwise(seven)) for seven in _sevens(values, at)):
            return 2, direction
    for direction in (1, -1):
        if _two_of_three(values, at, mean, lower, upper, direction):
            return 3, direction
    for direction in (1, -1):
        if any(all((each - mean) * direction > 0 for each in seven) for seven in _sevens(values, at)):
            return 4, direction
    return 0, 0


def _sevens(values: list[float], at: int) -> list[list[float]]:
    """Every stretch of seven points that holds the point."""
    return [values[first : first + 7] for first in range(max(0, at - 6), min(at, len(values) - 7) + 1)]


def _two_of_three(values: list[float], at: int, mean: float, lower: float, upper: float, direction: int) -> bool:
    def near(x: float) -> bool:
        inside = lower <= x <= upper
        beyond = x > mean + 2 / 3 * (upper - mean) if direction > 0 else x < mean - 2 / 3 * (mean - lower)
        return inside and beyond

    if not near(values[at]):
        return False
    for first in range(max(0, at - 2), min(at, len(values) - 3) + 1):
        three = values[first : first + 3]
        if all((x - mean) * direction > 0 for x in three) and sum(map(near, three)) >= 2:
            return True
    return False


def shared_out(first: list[float], second: list[float], rate) -> list[float]:
    """Each factor's part of rate(first) − rate(second): the mean over all orders in which the factors are replaced."""
    parts = [0.0] * len(first)
    orders = list(permutations(range(len(first))))
    for order in orders:
        now = list(second)
        for factor in order:
            before = rate(*now)
            now[factor] = first[factor]
            parts[factor] += (rate(*now) - before) / len(orders)
    return parts
