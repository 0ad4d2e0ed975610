"""Women against men: difference and ratio with the interval of the difference itself, from published rows."""

import numpy as np
import pandas as pd

from pipelines.stats.contrasts import share_difference, share_ratio
from schemas.measure import Count, Curve, Distribution

NO_DAY = -1


def count_gaps(values: pd.DataFrame, measure: Count) -> pd.DataFrame:
    """The table `skillnad` for a counting measure, from its rows of `varde`: of the rates (or shares) with both their
    limits, which know that a person may have several cases."""
    both = _side_by_side(values, ["enhet_id", "periodtyp", "period", "indelning", "grupp"])
    known = both["kvot_utfall_K"].eq("tal") & both["kvot_utfall_M"].eq("tal")
    parts = [
        both[f"{name}_{sex}"].where(known).to_numpy(dtype=float) for sex in "KM" for name in ("varde", "nedre", "ovre")
    ]
    hidden = both["kvot_utfall_K"].eq("dolt") | both["kvot_utfall_M"].eq("dolt")
    reason = both["orsak_K"].where(both["orsak_K"].notna(), both["orsak_M"])
    difference, ratio = share_difference(*parts), share_ratio(*parts)
    return _rows(both.assign(dag=NO_DAY), measure.id, known, hidden, reason, difference, ratio)


def distribution_gaps(values: pd.DataFrame, measure: Distribution) -> pd.DataFrame:
    """The table `skillnad` for a distribution, from its rows of `varde`: of every statistic with both its limits."""
    both = _side_by_side(values, ["enhet_id", "periodtyp", "period", "indelning", "grupp"])
    parts = [both[f"{name}_{sex}"].to_numpy(dtype=float) for sex in "KM" for name in ("varde", "nedre", "ovre")]
    known = both["utfall_K"].eq("tal") & both["utfall_M"].eq("tal")
    hidden = both["utfall_K"].eq("dolt") | both["utfall_M"].eq("dolt")
    difference, ratio = share_difference(*parts), share_ratio(*parts)
    return _rows(both.assign(dag=NO_DAY), measure.id, known, hidden, both["orsak_K"], difference, ratio)


def curve_gaps(rows: pd.DataFrame, measure: Curve) -> pd.DataFrame:
    """The table `skillnad` for a curve at its declared horizons, from its rows of `kurva`. A horizon that either sex
    is not followed to has no row."""
    event = rows[(rows["orsak_id"] == measure.event.id) & rows["dag"].isin(measure.horizons)]
    both = _side_by_side(
        event.assign(periodtyp="r12"),
        ["enhet_id", "periodtyp", "period", "dag", "indelning", "grupp"],
    )
    parts = [both[f"{name}_{sex}"].to_numpy(dtype=float) for sex in "KM" for name in ("andel", "nedre", "ovre")]
    known = both["utfall_K"].eq("tal") & both["utfall_M"].eq("tal")
    parts = [np.where(known, part, np.nan) for part in parts]
    hidden = both["utfall_K"].eq("dolt") | both["utfall_M"].eq("dolt")
    difference, ratio = share_difference(*parts), share_ratio(*parts)
    return _rows(both, measure.id, known, hidden, both["orsak_K"], difference, ratio)


def _side_by_side(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    women = rows[rows["kon"] == "K"]
    men = rows[rows["kon"] == "M"]
    return women.merge(men, on=key, suffixes=("_K", "_M"))


def _rows(both, measure_id, known, hidden, reason, difference, ratio) -> pd.DataFrame:
    # an interval cannot always be made (no events): then there is a difference without one
    known = known & np.isfinite(difference.value)
    return pd.DataFrame(
        {
            "matt_id": measure_id,
            "enhet_id": both["enhet_id"],
            "periodtyp": both["periodtyp"],
            "period": both["period"],
            "dag": both["dag"],
            "indelning": both["indelning"],
            "grupp": both["grupp"],
            "utfall": np.select([known, hidden], ["tal", "dolt"], "ej_beraknat"),
            "orsak": np.where(~known & ~hidden, reason, None),
            "differens": np.where(known, difference.value, np.nan),
            "differens_nedre": np.where(known, difference.lower, np.nan),
            "differens_ovre": np.where(known, difference.upper, np.nan),
            "kvot": np.where(known, ratio.value, np.nan),
            "kvot_nedre": np.where(known, ratio.lower, np.nan),
            "kvot_ovre": np.where(known, ratio.upper, np.nan),
            "metod": difference.method,
        }
    )
