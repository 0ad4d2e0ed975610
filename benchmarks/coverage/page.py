"""The page that tells how often the intervals hold the truth."""

import numpy as np
import pandas as pd


def page(intervals: pd.DataFrame, seeds: int) -> str:
    i = intervals
    i = i.assign(ok=i.lower.notna() & i.upper.notna(), hit=(i.lower <= i.truth) & (i.truth <= i.upper), width=i.upper - i.lower, bias=i.value - i.truth)
    s = i[i.ok]
    g = s.groupby(["figure", "who", "size"]).agg(n=("hit", "size"), cov=("hit", "mean"), width=("width", "mean"), truth=("truth", "first"), mean=("value", "mean"), sd=("value", "std"), low=("lower", "mean"))
    g["z"] = (g["mean"] - g.truth) / (g.sd / np.sqrt(g.n))
    g["missing"] = 1 - g.n / seeds
    pd.set_option("display.width", 250, "display.max_rows", 999)
    return g.round(4).to_string()
