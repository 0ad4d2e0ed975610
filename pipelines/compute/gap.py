"""Women against men: difference and ratio with the interval of the difference itself, from published rows."""

import numpy as np
import pandas as pd

from pipelines.stats.contrasts import share_difference, share_ratio
from pipelines.stats.intervals import Estimate
from schemas.marginal import NO_DAY
from schemas.measure import Count, Curve, Distribution, Occupation
from schemas.tables import PUBLISHED


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
    known, hidden, difference, ratio = _of_curves(both)
    return _rows(both, measure.id, known, hidden, both["orsak_K"], difference, ratio)


def state_gaps(rows: pd.DataFrame, measure: Occupation) -> pd.DataFrame:
    """The table `gradskillnad` from the published rows of a measure of states in `kurva`, on its declared days. What is
    hidden for either sex has no difference."""
    both = _side_by_side(rows[rows["dag"].isin(measure.horizons)], ["enhet_id", "period", "orsak_id", "dag"])
    known, hidden, difference, ratio = _of_curves(both)
    keys = both[["enhet_id", "period", "orsak_id", "dag"]].assign(matt_id=measure.id)
    return keys.assign(**_contrasts(known, hidden, both["orsak_K"], difference, ratio))


def _of_curves(both: pd.DataFrame) -> tuple[pd.Series, pd.Series, Estimate, Estimate]:
    """Which pairs of rows of `kurva` are known, which hidden, and their difference and ratio."""
    parts = [both[f"{name}_{sex}"].to_numpy(dtype=float) for sex in "KM" for name in ("andel", "nedre", "ovre")]
    known = both["utfall_K"].eq("tal") & both["utfall_M"].eq("tal")
    parts = [np.where(known, part, np.nan) for part in parts]
    hidden = both["utfall_K"].eq("dolt") | both["utfall_M"].eq("dolt")
    return known, hidden, share_difference(*parts), share_ratio(*parts)


def _side_by_side(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    women = rows[rows["kon"] == "K"]
    men = rows[rows["kon"] == "M"]
    return women.merge(men, on=key, suffixes=("_K", "_M"))


def _rows(both, measure_id, known, hidden, reason, difference, ratio) -> pd.DataFrame:
    keys = both[["enhet_id", "periodtyp", "period", "dag", "indelning", "grupp"]].assign(matt_id=measure_id)
    return keys.assign(**_contrasts(known, hidden, reason, difference, ratio))[list(PUBLISHED["skillnad"].columns)]


def _contrasts(known, hidden, reason, difference, ratio) -> dict:
    """Outcome, difference and ratio with their limits."""
    # an interval cannot always be made (no events): then there is a difference without one
    known = known & np.isfinite(difference.value)
    numbers = {
        f"{name}{limit}": np.where(known, part, np.nan)
        for name, found in (("differens", difference), ("kvot", ratio))
        for limit, part in (("", found.value), ("_nedre", found.lower), ("_ovre", found.upper))
    }
    outcome = np.select([known, hidden], ["tal", "dolt"], "ej_beraknat")
    return {"utfall": outcome, "orsak": np.where(~known & ~hidden, reason, None), **numbers, "metod": difference.method}
