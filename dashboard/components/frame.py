"""What stands round every page: skip link, header with menu, filters, footer."""

from dash import dcc, html

from dashboard.access.roles import Right
from dashboard.access.visitor import Visitor
from dashboard.texts import states
from dashboard.texts.components import frame as say
from dashboard.texts.pages.site import PRODUCT

ENHET, MANAD, INNEHALL, MENY, SIDFOT, VISAS, URL = (
    "val-enhet", "val-manad", "innehall", "meny", "sidfot", "visas", "url",
)  # fmt: skip


Options = list[tuple[str, str]]  # value and label


def frame(units: Options, months: Options, *, demo: bool, who: Visitor | None) -> html.Div:
    """The static shell. `units` and `months` are options of the two native selects, `who` is signed in."""
    return html.Div(
        [
            html.A(say.SKIP, href=f"#{INNEHALL}", className="hoppa"),
            dcc.Location(id=URL, refresh=False),
            dcc.Store(id=VISAS),
            html.Aside(states.DEMO, className="pahittat", **{"aria-label": say.MARKED}) if demo else None,
            html.Header([_brand(), html.Nav(id=MENY, **{"aria-label": say.MENU})], className="sidhuvud"),
            _filters(units, months, who),
            html.P(id="status", role="status", className="bara-lasare"),
            html.Main(
                html.P(states.LOADING, className="laddar"),
                id=INNEHALL,
                tabIndex="-1",
                **{"data-laddar": states.LOADING},
            ),
            html.Footer(id=SIDFOT),
        ]
    )


def _brand() -> html.P:
    return html.P([html.Span(PRODUCT, className="namn"), html.Span(say.IS)], className="marke")


def _who(who: Visitor | None) -> html.Div | None:
    """Who is signed in, with the way to the own account and out; the browser makes the form that signs out."""
    if who is None:
        return None
    return html.Div(
        [
            html.A(say.WHO.format(name=who.name, roles=who.roles), href="/konto", **{"data-hel": "ja"}),
            html.A(say.ACCOUNTS, href="/admin", **{"data-hel": "ja"}) if who.may(Right.KONTON) else None,
            html.Button(say.OUT, id="logga-ut", type="button", className="lankknapp"),
        ],
        className="vem",
    )


def _filters(units: Options, months: Options, who: Visitor | None) -> html.Form:
    return html.Form(
        [
            html.Div([html.Label(say.UNIT, htmlFor=ENHET), _native(ENHET, units)], className="falt bred"),
            html.Div([html.Label(say.MONTH, htmlFor=MANAD), _native(MANAD, months)], className="falt"),
            html.Button(say.RESET, id="aterstall", type="button", className="knapp"),
            html.Button(say.COPY, id="kopiera", type="button", className="knapp"),
            html.Button(say.PRINT, id="skriv-ut", type="button", className="knapp"),
            html.Span(id="kopierad", role="status", className="kopierad"),
            _who(who),
        ],
        className="filter",
        **{"aria-label": say.CHOICES},
    )


def _native(name: str, options: Options) -> html.Select:
    """The browser's own choice: what is chosen there becomes the address, and what the address says is chosen there."""
    return html.Select([html.Option(label, value=value) for value, label in options], id=name)


def menu(items: list[tuple[str, str]], current: str, query: str) -> html.Ul:
    """(path, label) of every page in the menu; the current one is marked for everybody."""
    return html.Ul(
        [
            html.Li(html.A(label, href=f"{path}{query}", **({"aria-current": "page"} if path == current else {})))
            for path, label in items
        ]
    )


def footer(facts: dict[str, str], links: list[tuple[str, str]], query: str) -> list:
    """Release, period, protection and the pages that law and readers ask for."""
    said = [
        *(text.format(**facts) for text in (say.DATA, say.RELEASE, say.PROTECTED)),
        states.MARKS,
    ]
    return [
        html.P(" ".join(said)),
        html.Ul([html.Li(html.A(label, href=f"{path}{query}")) for path, label in links]),
    ]
