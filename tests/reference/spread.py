"""Overdispersed funnels of FunnelPlotR, with its known faults: adjusted CQC limits are left on the square-root scale, RC
limit lines use 1/(2√n), and monotone limits compare neighbours only."""

from collections.abc import Iterator

import numpy as np

from pipelines.stats import overdispersion
from pipelines.stats.overdispersion import Kind
from tests.reference.source import Block, Format, Pair, Source, numbers

KINDS = {"PR": Kind.SHARE, "RC": Kind.COUNTS, "SHMI": Kind.RATIO_LOG, "CQC": Kind.RATIO_ROOT}
LEVELS = {"95": 0.95, "998": 0.998}
STORED_Z = 1e-6


def _blocks(source: Source) -> Iterator[Block]:
    for name, case in source.content.items():
        if "data_type" in case:
            yield Block(f"{name} spread", lambda case=case: _spread(case))
            yield Block(f"{name} limits", lambda case=case: _limits(case))
        elif "E" in case:
            yield Block(name, lambda case=case: _exact(numbers(case["E"]), case, ""))


def _kind(case: dict) -> Kind:
    return KINDS[case["sr_method"] if case["data_type"] == "SR" else case["data_type"]]


def _found(case: dict) -> overdispersion.Dispersion:
    return overdispersion.dispersion(
        _kind(case), *(numbers(case["input"][part]) for part in ("numerator", "denominator")), trim=case["trim_by"]
    )


def _spread(case: dict) -> Iterator[Pair]:
    found = _found(case)
    yield Pair("units", found.units, case["n_used"])
    yield Pair("phi", found.phi, case["phi"])
    yield Pair("tau2", found.tau2, case["tau2"])
    yield Pair("z", found.z, numbers(case["zscores"]))
    yield Pair("used z", found.used_z, numbers(case["winsor_or_trunc"]))


def _limits(case: dict) -> Iterator[Pair]:
    found, table, kind = _found(case), case["limits"], _kind(case)
    size, s = numbers(table["number_seq"]), numbers(table["s"])
    if kind is not Kind.COUNTS:
        yield Pair("s", overdispersion.standard_error(kind, np.zeros_like(size), size), s, relative=STORED_Z)
    yield Pair("target", float(overdispersion.BACK[kind](np.array(found.theta))), case["target"])
    yield from _widened(found, s, table, "od", found.tau2)
    if case["data_type"] == "SR":
        yield from _exact(size, table, "plain ")
    else:
        yield from _widened(found, s, table, "", 0.0)


def _widened(found: overdispersion.Dispersion, s: np.ndarray, table: dict, prefix: str, tau2: float) -> Iterator[Pair]:
    root = found.kind is Kind.RATIO_ROOT
    for name, level in LEVELS.items():
        ours = overdispersion.widened(found.kind, s, theta=found.theta, tau2=tau2, level=level)
        for side, limit in (("ll", ours.lower), ("ul", ours.upper)):
            stated = numbers(table[f"{prefix}{side}{name}"])
            stated = np.maximum(0.0, stated) ** 2 if root else stated
            yield Pair(f"{prefix}{side}{name}", limit, stated, relative=STORED_Z)


def _exact(expected: np.ndarray, table: dict, prefix: str) -> Iterator[Pair]:
    for name, level in LEVELS.items():
        ours = overdispersion.expected_ratio(expected, level=level)
        for side, limit in (("ll", ours.lower), ("ul", ours.upper)):
            yield Pair(f"{prefix}{side}{name}", limit, numbers(table[f"{side}{name}"]), relative=STORED_Z)


FORMATS = (Format("overdispersion", lambda source: source.holds("phi", "tau2", "winsor_or_trunc"), _blocks),)
