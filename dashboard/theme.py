"""Colours, line styles and the one chart layout. Women first: solid and circle; men: dashed and square."""

from dataclasses import dataclass
from typing import Any

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TEXT, MUTED, LINE, GRID = "#1B2B33", "#4A5A63", "#767676", "#E3E8EA"
TOTAL = "#595959"


@dataclass(frozen=True, kw_only=True)
class Style:
    """How one sex is drawn; `text` is the colour dark enough for words."""

    label: str
    colour: str
    text: str
    band: str
    dash: str
    symbol: str
    width: float


SEXES = {
    "K": Style(label="Kvinnor", colour="#D9640C", text="#A84600", band="rgba(217,100,12,0.16)", dash="solid",
               symbol="circle", width=3),
    "M": Style(label="Män", colour="#00404D", text="#00404D", band="rgba(0,64,77,0.14)", dash="dash",
               symbol="square", width=3),
    "alla": Style(label="Totalt", colour=TOTAL, text=TOTAL, band="rgba(89,89,89,0.10)", dash="solid",
                  symbol="circle", width=1.5),
}  # fmt: skip

CONFIG = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    "showTips": False,
    "showAxisDragHandles": False,
}


def layout(**changes: Any) -> dict[str, Any]:
    """The layout that every chart starts from."""
    base: dict[str, Any] = {
        "autosize": True,
        "height": 380,
        "font": {"family": FONT, "size": 14, "color": TEXT},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",\u00a0",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": LINE, "font": {"size": 14, "color": TEXT}},
        "margin": {"l": 56, "r": 80, "t": 16, "b": 48},
        "xaxis": {"showgrid": False, "linecolor": LINE, "ticks": "outside", "tickcolor": LINE, "fixedrange": True},
        "yaxis": {"gridcolor": GRID, "zeroline": True, "zerolinecolor": LINE, "rangemode": "tozero", "fixedrange": True,
                  "automargin": True},
        "transition": {"duration": 0},
    }  # fmt: skip
    for name, value in changes.items():
        base[name] = {**base[name], **value} if isinstance(value, dict) and name in base else value
    return base
