"""Lines, words and round values: what a drawing on paper is made of."""

from html import escape
from math import ceil, floor, log10
from typing import Any

from dashboard.texts.numbers import number
from dashboard.theme import LINE, TEXT

DASHES = {"dash": "7 4", "dot": "2 3", "dashdot": "7 3 2 3"}
TICKS = 4


def line(x0: float, y0: float, x1: float, y1: float, style: dict[str, Any]) -> str:
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" {stroke(style)}/>'


def stroke(style: dict[str, Any]) -> str:
    dash = DASHES.get(style.get("dash", ""))
    broken = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{style.get("color", LINE)}" stroke-width="{style.get("width", 1.5) * 0.8:.1f}"{broken}'


def words(x: float, y: float, said: str, *, anchor: str = "start", colour: str = TEXT, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(said)}</text>'


def nice(low: float, high: float) -> list[tuple[float, str]]:
    """Round values between two ends, and how they are written."""
    step = (high - low) / TICKS or 1
    size = 10 ** floor(log10(step))
    step = next(size * one for one in (1, 2, 5, 10) if size * one >= step)
    decimals = max(0, -floor(log10(step)))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [(at * step, number(at * step, decimals)) for at in range(first, last + 1)]
