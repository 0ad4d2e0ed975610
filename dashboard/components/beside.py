"""The choice of units to stand beside the own one: add one at a time, take one away; the address holds them."""

from dashboard.components.plain import Element, html
from dashboard.texts.components import beside as say

ADD, ADDED = "lagg-till", "bredvid"


def chooser(options: list[tuple[str, str]], chosen: list[tuple[str, str]], *, address: str, most: int) -> Element:
    """`options` are (enhet_id, name) that can be added, at `address` with the id last; `chosen` are (name, the address
    without it)."""
    taken = [html.Li(html.A(say.TAKE_AWAY.format(name=name), href=without)) for name, without in chosen]
    field = [
        html.Div(
            [
                html.Label(say.LABEL, htmlFor=ADDED),
                html.Select([html.Option(name, value=enhet_id) for enhet_id, name in options], id=ADDED),
            ],
            className="falt bred",
        ),
        html.Button(say.BUTTON, id=ADD, type="button", className="knapp", **{"data-adress": address}),
    ]
    return html.Section(
        [
            html.H2(say.HEADING, id="egna-val"),
            html.P(say.HINT.format(most=most), className="not"),
            html.Div(field if options and len(chosen) < most else [], className="filter inne"),
            html.Nav(html.Ul(taken), className="val", **{"aria-label": say.CHOSEN}) if taken else None,
        ],
        className="kort",
        **{"aria-labelledby": "egna-val"},
    )
