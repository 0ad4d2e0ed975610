"""XmR charts of NHSRplotthedots, five-point trends of Fingertips, CUSUM alerts of OpenPrescribing, and a peer's rules.

Upstream a constant series has no limits (they are its mean), and a trend without intervals "does not change" (it cannot
be computed)."""

from collections.abc import Iterator

import numpy as np

from pipelines.stats import alerts, trend, xmr
from pipelines.stats.standardisation import crude_rate
from tests.reference.source import Block, Format, NoMethod, Pair, Source, no_method, numbers

RULES = {
    (xmr.OUTSIDE, 1): "Above UCL",
    (xmr.OUTSIDE, -1): "Below LCL",
    (xmr.TREND, 1): "7 Point Trend (Increasing)",
    (xmr.TREND, -1): "7 Point Trend (Decreasing)",
    (xmr.TWO_OF_THREE, 1): "2 in 3 Above CL",
    (xmr.TWO_OF_THREE, -1): "2 in 3 Below CL",
    (xmr.RUN, 1): "7 Points Above CL",
    (xmr.RUN, -1): "7 Points Below CL",
    (xmr.NOTHING, 0): "Common Cause",
}
BETTER = {"increase": 1, "decrease": -1, "neutral": 0}
JUDGED = {1: "special_cause_improvement", -1: "special_cause_concern"}
NEUTRAL = {1: "special_cause_neutral_high", -1: "special_cause_neutral_low"}
PEER = "a peer's rounding, masking, trend of rounded figures and traffic light: to do better, not to copy"
REACHED = {1: "consistent_pass", 0: "inconsistent", -1: "consistent_fail"}


def _charts(source: Source) -> Iterator[Block]:
    for name, series in source.content.items():
        if "points" in series:
            yield Block(f"{name} limits", lambda series=series: _limits(series))
            yield Block(f"{name} signs", lambda series=series: _signs(series))
            if series.get("assurance") is not None:
                yield Block(f"{name} target", lambda series=series: _target(series))


def _chart(series: dict) -> tuple[xmr.Chart, xmr.SpecialCauses]:
    arguments = series["args"] or {}
    phase = numbers(series["points"]["rebase_group"])
    starts = [at for at in range(1, phase.size) if phase[at] != phase[at - 1]]
    return xmr.rebased(
        numbers(series["points"]["y"]),
        starts,
        screened=arguments.get("screen_outliers", True),
        baseline=arguments.get("fix_after_n_points"),
    )


def _better(series: dict) -> int:
    return BETTER[(series["args"] or {}).get("improvement_direction", "increase")]


def _limits(series: dict) -> Iterator[Pair]:
    chart, points = _chart(series)[0], series["points"]
    mean = numbers(points["mean_col"])
    yield Pair("mean", chart.mean, mean, relative=1e-10)
    for name, ours in (("lpl", chart.lower), ("upl", chart.upper)):
        stated = numbers(points[name])
        yield Pair(name, ours, np.where(np.isnan(stated), mean, stated), relative=1e-10)


def _signs(series: dict) -> Iterator[Pair]:
    chart, causes = _chart(series)
    points, better = series["points"], _better(series)
    rules = [RULES[rule, sign] for rule, sign in zip(causes.rule.tolist(), causes.direction.tolist(), strict=True)]
    names = JUDGED if better else NEUTRAL
    kinds = [names.get(sign, "common_cause") for sign in (xmr.judged(causes.direction, better or 1)).tolist()]
    yield Pair("rule", np.array(rules), np.array(points["special_cause_type"]))
    yield Pair("judgement", np.array(kinds), np.array(points["point_type"]))
    y = numbers(points["y"])
    yield Pair("side of the mean", np.sign(np.round(y - chart.mean, 8)), numbers(points["relative_to_mean"]))


def _target(series: dict) -> Iterator[Pair]:
    if not _better(series):
        raise NoMethod("a target without a direction is not judged")
    chart, target = _chart(series)[0], float(numbers(series["args"]["target"])[0])
    found = xmr.target_reached(chart.lower[-1], chart.upper[-1], target, _better(series))
    yield Pair("assurance", REACHED[int(found)], series["assurance"])


def _trends(source: Source) -> Iterator[Block]:
    for case in source.content["cases"]:
        yield Block(case["name"], lambda case=case: _trend(case))


def _trend(case: dict) -> Iterator[Pair]:
    """Points are stored newest first."""
    value, low, high = (
        numbers([point[name] for point in case["points"]])[::-1] for name in ("Value", "LowerCI", "UpperCI")
    )
    found = trend.five_point_trend(value, low, high)
    computed = case["computed"]
    yield Pair("can be computed", bool(found.known), computed is not None)
    if computed is None:
        return
    yield Pair("slope", float(found.slope), computed["slope"])
    yield Pair("chi-square", float(found.chi_square), computed["chi2"])
    word = {1: "Increasing", -1: "Decreasing", 0: "NoChange"}[int(found.direction)]
    yield Pair("direction", word, case["expected"].partition("AndGetting")[0])
    better = {"High is good": 1, "Low is good": -1}.get(case["meta"].get("Polarity"), 0)
    judged = {1: "Better", -1: "Worse", 0: ""}[int(found.direction) * better]
    yield Pair("judgement", judged, case["expected"].partition("AndGetting")[2])


def _alerts(source: Source) -> Iterator[Block]:
    content = source.content
    for case in content["cases"]:
        yield Block(case["name"], lambda case=case: _alert(case, content["window_size"], content["sensitivity"]))


def _alert(case: dict, window: int, sensitivity: float) -> Iterator[Pair]:
    found = alerts.cusum(numbers(case["data"]), window=window, sensitivity=sensitivity)
    words = {1: "u", -1: "d", 0: ""}
    yield Pair("alerts", np.array([words[sign] for sign in found.direction.tolist()]), np.array(case["expected"]))


def _peer(source: Source) -> Iterator[Block]:
    """A sum over quarters is a ratio of sums with us too; the rest of a peer's rules are no methods of ours."""
    content = source.content
    if "sum_case" in content:
        yield Block("sum_case", lambda: [_summed(content["sum_case"])])
    for name in (key for key in content if key.endswith(("cases", "industry_case", "beat"))):
        yield no_method(name, PEER)


def _summed(case: dict) -> Pair:
    lost, possible = (numbers([quarter[name] for quarter in case["q"]]) for name in ("lost", "possible"))
    return Pair("share", float(crude_rate(lost, possible, per=1)), case["lost"] / case["possible"])


FORMATS = (
    Format("xmr", lambda source: source.holds("points", "assurance", "args"), _charts),
    Format("trend", lambda source: source.holds("cases", "chi2_threshold"), _trends),
    Format("cusum", lambda source: source.holds("cases", "window_size", "sensitivity"), _alerts),
    Format("peer", lambda source: source.holds("percent_rule", "mask_rule"), _peer),
)
