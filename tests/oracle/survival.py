"""Cumulative incidence and survival again, person by person, from the definitions."""


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
