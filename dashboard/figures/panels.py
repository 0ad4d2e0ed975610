"""Two panels under each other, kvinnor above män: where each stands, and its name."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.theme import SEXES


def panels(sexes: Sequence[str], gap: float) -> Iterator[tuple[str, str, list[float]]]:
    """Each sex, the number that ends the names of its axes ("" or "2"), and its part of the height."""
    share = 0.5 - gap / 2 if len(sexes) == 2 else 1
    for at, sex in enumerate(sexes):
        high = 1 - at * (0.5 + gap / 2)
        yield sex, str(at + 1) if at else "", [high - share, high]


def panel_name(sex: str, high: float) -> dict[str, Any]:
    """The sex above the left end of its panel, so that no legend has to be found."""
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": high, "xanchor": "left", "yanchor": "bottom", "yshift": 4,
        "showarrow": False, "text": f"<b>{SEXES[sex].label}</b>", "font": {"color": SEXES[sex].text, "size": 14},
    }  # fmt: skip
