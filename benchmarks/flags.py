"""How often a vårdcentral is said to differ where none does, or where all differ a little as units do, beside the
comparison with the region that is made elsewhere."""

import numpy as np
import pandas as pd

from pipelines.compute.funnel import flagged, funnels
from pipelines.stats.intervals import poisson
from pipelines.stats.overdispersion import Kind

SEED, REGIONS, UNITS, MEASURES = 20191297, 40, 60, 5
YEARS = ("2025-12", "2026-12")
RATE, NEAR = 70.0, 0.10  # cases per 1 000; ±10 % of the region


def false_flags() -> list[tuple[str, str]]:
    """(what, measured). 40 regions of 60 units with 15–300 expected cases by sex and measure, for two years."""
    found = []
    for what, spread in (("none differs", 0.0), ("all differ a little (SD 15 %)", 0.15)):
        rng = np.random.default_rng(SEED)
        regions = [_region(rng, spread) for _ in range(REGIONS)]
        for name in regions[0]:
            each = np.mean([region[name] for region in regions])
            found.append((f"units said to differ, per unit and year, {what}: {name}", f"{each:.3f}"))
    return found


def _region(rng: np.random.Generator, spread: float) -> dict[str, float]:
    """Flags per unit and year, over measures and sexes, by three rules."""
    rows = pd.concat([_measure(rng, spread, f"matt{at}") for at in range(MEASURES)])
    parts = [
        funnels(part.drop(columns="matt"), str(name), "r12", Kind.RATIO_ROOT) for name, part in rows.groupby("matt")
    ]
    told = flagged(pd.concat(parts, ignore_index=True))
    last = rows[rows["period"] == YEARS[1]]
    own = poisson(last["handelser"], level=0.95)
    outside = (own.lower > last["underlag"]) | (own.upper < last["underlag"])
    ratio = last["handelser"] / last["underlag"]
    return {
        "as Sjukvy says": told["avviker"].isin(["over", "under"]).sum() / UNITS,
        "95 % interval off the region": outside.sum() / UNITS,
        "more than 10 % off the region": (ratio.sub(1).abs() > NEAR).sum() / UNITS,
    }


def _measure(rng: np.random.Generator, spread: float, name: str) -> pd.DataFrame:
    parts = []
    for sex in ("K", "M"):
        expected = rng.uniform(15, 300, UNITS)
        true = expected * rng.lognormal(0, spread, UNITS)
        for period in YEARS:
            parts.append(
                pd.DataFrame(
                    {
                        "enhet_id": [f"E{at}" for at in range(UNITS)], "region": "region:R", "period": period, "kon": sex,
                        "kvot_utfall": "tal", "orsak": None, "niva": RATE, "underlag": expected, "litet": False,
                        "handelser": rng.poisson(true).astype(float), "egen_nedre": np.nan, "egen_ovre": np.nan,
                        "metod": "", "matt": name,
                    }
                )
            )  # fmt: skip
    return pd.concat(parts)


def main() -> None:
    for what, measured in false_flags():
        print(f"{what}: {measured}", flush=True)


if __name__ == "__main__":
    main()
