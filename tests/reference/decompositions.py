"""Das Gupta's published decompositions. The difference there is second − first population in alphabetical order."""

import ast
import operator
from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.stats import decomposition
from pipelines.stats.decomposition import Decomposition
from tests.reference.source import Block, Format, Pair, Source

STORED_SHARE = 0.005000001  # two decimals
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def _blocks(source: Source) -> Iterator[Block]:
    for name, case in source.content.items():
        if isinstance(case, dict) and "table" in case:
            yield Block(name, lambda case=case: _pairs(case))


def _pairs(case: dict) -> Iterator[Pair]:
    rows = pd.DataFrame(case["input"])
    rows["pop"] = rows["pop"].astype(str)
    first, second = sorted(rows["pop"].unique())
    table = {row["factor"]: row for row in case["table"]}
    factors = [name for name in table if name != "crude"]
    found = _found(case["ratefunction"], rows, factors, (second, first))
    for at, factor in enumerate(factors):
        row = table[factor]
        yield Pair(f"{factor} {second}", float(found.first[at]), row[second])
        yield Pair(f"{factor} {first}", float(found.second[at]), row[first])
        yield Pair(f"{factor} difference", float(found.effect[at]), row["diff"])
        share = 100 * found.effect[at] / found.difference
        yield Pair(f"{factor} per cent", float(share), row["decomp"], relative=0, absolute=STORED_SHARE)
    yield Pair("difference", float(found.difference), table["crude"]["diff"])


def _found(function: str, rows: pd.DataFrame, factors: list[str], order: tuple[str, str]) -> Decomposition:
    groups = [rows[rows["pop"] == name] for name in order]
    if function == "cross-classified":
        return _crossed(groups, factors)
    values = [[_factor(group, name) for name in factors] for group in groups]
    if function == "sum(w*r)":
        return decomposition.kitagawa(*values[0], *values[1])
    formula = ast.parse(function, mode="eval").body
    names = sorted({node.id for node in ast.walk(formula) if isinstance(node, ast.Name)} - {"sum"})
    return decomposition.das_gupta(
        *values, lambda *parts: np.squeeze(_evaluated(formula, dict(zip(names, parts, strict=True))))
    )


def _evaluated(node: ast.expr, values: dict[str, np.ndarray]) -> np.ndarray:
    """A rate function in the letters of its factors: + − * / ** and sum()."""
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_evaluated(node.left, values), _evaluated(node.right, values))
    if isinstance(node, ast.Call):
        return _evaluated(node.args[0], values).sum(axis=-1)
    return values[node.id] if isinstance(node, ast.Name) else np.asarray(ast.literal_eval(node))


def _factor(group: pd.DataFrame, name: str) -> np.ndarray:
    """A size becomes a share; everything else is what it is."""
    if name == "rate":
        return _rates(group)
    values = group[name].to_numpy(dtype=float)
    return decomposition.shares_of(values) if name == "size" else values


def _rates(group: pd.DataFrame) -> np.ndarray:
    return (group["rate"] if "rate" in group else group["days"] / group["size"]).to_numpy(dtype=float)


def _crossed(groups: list[pd.DataFrame], factors: list[str]) -> Decomposition:
    rows, columns = (name.removesuffix("_struct") for name in factors[:2])
    parts = [
        group.assign(rate=_rates(group)).pivot(index=rows, columns=columns, values=value).to_numpy(dtype=float)
        for group in groups
        for value in ("size", "rate")
    ]
    return decomposition.cross_classified(*parts)


FORMATS = (Format("decomposition", lambda source: source.holds("ratefunction", "table", "input"), _blocks),)
