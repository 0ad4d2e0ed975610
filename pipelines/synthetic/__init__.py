"""A synthetic region with known truth, delivered as a sender would deliver it. Coordination has no effect in it."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.synthetic.cases import draw_cases, outcomes
from pipelines.synthetic.certificates import certify
from pipelines.synthetic.coordination import coordinate
from pipelines.synthetic.truth import write_truth
from pipelines.synthetic.units import Unit, listed, make_units, register, staffing, targets
from pipelines.synthetic.write import Extracts

QUESTIONS = ("KOMPLT", "KONTKT", "AVSTMN", "PAMINN", "OVRIGT")


def generate(
    out: Path, *, patients: int, enheter: int, first: str, last: str, seed: int, progress: Callable[[int, int], None]
) -> Path:
    """Write every extract and leverans.toml to `out`, and the truth beside it (`<out>-sanning`). The same arguments
    give the same bytes; memory is bounded by the largest unit. Months are 'YYYY-MM'. Raises ValueError."""
    begin, end = _period(first, last)
    if patients < 100 or enheter < 1:
        raise ValueError("refused: fewer than 100 patients or no unit")
    units = make_units(patients, enheter, seed)
    months = [str(month) for month in pd.period_range(first, last, freq="M")]
    extracts = Extracts(out)
    extracts.add("enheter", register(units))
    extracts.add("listade", listed(units, months))
    extracts.add("bemanning", staffing(units, months))
    for unit in units:
        if unit.listed:
            _add_unit(extracts, unit, units, (begin, end), seed)
        progress(unit.number + 1, len(units))
    extracts.add("mal", targets(units, first))
    extracts.close(begin, end)
    write_truth(out.parent / f"{out.name}-sanning", units)
    return out


def _period(first: str, last: str) -> tuple[date, date]:
    begin = date.fromisoformat(f"{first}-01")
    month = date.fromisoformat(f"{last}-01")
    end = month.replace(day=monthrange(month.year, month.month)[1])
    if end < begin:
        raise ValueError("refused: the period ends before it begins")
    return begin, end


def _add_unit(extracts: Extracts, unit: Unit, units: list[Unit], period: tuple[date, date], seed: int) -> None:
    """Everything of one vårdcentral, from random numbers of its own."""
    rng = np.random.default_rng([seed, 2, unit.number])
    begin, end = period
    window = (np.datetime64(begin), np.datetime64(end))
    own = [other for other in units if other.vardgivare_id == unit.vardgivare_id and other is not unit]
    cases = draw_cases(unit, f"{begin:%Y-%m}", f"{end:%Y-%m}", seed, rng)
    certificates = certify(cases, unit, [other for other in own if other.listed], window, rng)
    extracts.add("intyg", certificates)
    extracts.add("koordinering", coordinate(cases, unit, own, window, rng))
    extracts.add("utfall", outcomes(cases, unit, window, rng))
    extracts.add("meddelanden", _questions(certificates, unit, rng))


def _questions(certificates: pd.DataFrame, unit: Unit, rng: np.random.Generator) -> pd.DataFrame:
    """The extract meddelanden: a question about a few percent of the certificates."""
    asked = certificates[(rng.random(len(certificates)) < 0.04) & (certificates["period_nr"].to_numpy() == 1)]
    return pd.DataFrame(
        {
            "meddelande_id": [f"m{unit.number}-{at:x}" for at in range(len(asked))],
            "intyg_id": asked["intyg_id"].to_numpy(),
            "datum": asked["signerad"].str.slice(0, 10).to_numpy(),
            "amne": rng.choice(QUESTIONS, len(asked), p=[0.6, 0.2, 0.1, 0.05, 0.05]),
            "enhet_id": asked["enhet_id"].to_numpy(),
            "fraga": rng.choice(["17", "32", "35", "40"], len(asked)),
        }
    )
