"""Cumulative incidence, survival, their variance, means and group tests again, person by person, from the definitions."""


def curves(persons: list[tuple[int, int, int]], days: list[int], causes: int) -> dict[str, list]:
    """`persons` = (entered after day, left on day, cause or 0 for censored); entered −1 = from the start. Returns the
    numbers at risk, S and F of every cause on the days."""
    survival, shares = 1.0, [0.0] * causes
    out: dict[str, list] = {"risk": [], "S": [], "F": []}
    for day in days:
        inside = [person for person in persons if person[0] < day <= person[1]]
        leaving = [person[2] for person in inside if person[1] == day and person[2]]
        for cause in range(causes):
            if inside:
                shares[cause] += survival * leaving.count(cause + 1) / len(inside)
        if inside:
            survival *= 1 - len(leaving) / len(inside)
        out["risk"].append(len(inside))
        out["S"].append(survival)
        out["F"].append(list(shares))
    return out


def incidence_variance(persons: list[tuple[int, int, int]], days: list[int], cause: int, causes: int) -> list[float]:
    """The three sums of the delta method as they are written, for every day."""
    found = curves(persons, days, causes)
    out = []
    for last in range(len(days)):
        total = 0.0
        for at in range(last + 1):
            n = found["risk"][at]
            leaving = [person[2] for person in persons if person[0] < days[at] == person[1] and person[2]]
            d, all_causes = leaving.count(cause), len(leaving)
            before = found["S"][at - 1] if at else 1.0
            ahead = found["F"][last][cause - 1] - found["F"][at][cause - 1]
            if all_causes and n > all_causes:
                total += ahead**2 * all_causes / (n * (n - all_causes))
            if n:
                total += before**2 * (n - d) * d / n**3 - 2 * ahead * before * d / n**2
        out.append(total)
    return out


def restricted(persons: list[tuple[int, int, int]], tau: int) -> tuple[float, float]:
    """Mean days until leaving within the first tau days and its variance, one day at a time."""
    days = list(range(tau + 1))
    found = curves(persons, days, 1)
    mean = sum(found["S"][day] for day in days[:-1])
    variance = 0.0
    for day in days:
        n = found["risk"][day]
        d = sum(1 for person in persons if person[0] < day == person[1] and person[2])
        if d and n > d:
            variance += sum(found["S"][later] for later in days[day:-1]) ** 2 * d / (n * (n - d))
    return mean, variance


def log_rank(groups: list[list[tuple[int, int, int]]], days: list[int]) -> tuple[list[float], list[list[float]]]:
    """Observed − expected of each group, and the hypergeometric covariance; cause 1 is the event."""
    size = len(groups)
    score = [0.0] * size
    variance = [[0.0] * size for _ in groups]
    for day in days:
        n = [sum(1 for p in group if p[0] < day <= p[1]) for group in groups]
        d = [sum(1 for p in group if p[0] < day == p[1] and p[2] == 1) for group in groups]
        risk, events = sum(n), sum(d)
        for a in range(size):
            score[a] += d[a] - (events * n[a] / risk if risk else 0)
            for b in range(size):
                if risk > 1:
                    hyper = events * (risk - events) / (risk - 1)
                    variance[a][b] += hyper * ((n[a] / risk if a == b else 0) - n[a] * n[b] / risk**2)
    return score, variance


def grades(paths: list[list[int]], grade_count: int) -> list[list[float]]:
    """Share on each grade at the end of day 1, 2 …: a path is the grade on each day from the start while followed."""
    share = [sum(1 for path in paths if path[0] == grade) / len(paths) for grade in range(grade_count)]
    out = []
    for day in range(1, max(len(path) for path in paths)):
        seen = [path for path in paths if len(path) > day]
        after = [0.0] * grade_count
        for grade in range(grade_count):
            there = [path for path in seen if path[day - 1] == grade]
            for to in range(grade_count):
                moved = sum(1 for path in there if path[day] == to) / len(there) if there else float(grade == to)
                after[to] += share[grade] * moved
        share = after
        out.append(share)
    return out
