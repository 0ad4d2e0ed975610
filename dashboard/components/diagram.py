"""The one wrapper that every chart goes through: question, active title, chart, table twin, downloads, help."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby

from dash import dcc

from dashboard.components.plain import Element, html, twin
from dashboard.components.words import linked
from dashboard.figures.content import Diagram, TableData
from dashboard.texts import states
from dashboard.texts.components import diagram as say
from dashboard.texts.method import HOW
from dashboard.theme import CONFIG

Address = Callable[[str], str]
TABLES = "/_tabell/"  # where the tables are fetched, by the name of the diagram


def diagram(
    content: Diagram,
    *,
    query: str,
    onward: str = "",
    also: str = "",
    larger: Sequence[tuple[str, str]] = (),
) -> Element:
    """`query` is the page's ?enhet=…&manad=…, which the table and the downloads carry on, with `also`; `onward` is where a
    point of the chart leads that is about another unit, with that unit put in; `larger` are (name, address) of places
    where what is hidden here may be shown."""
    heading = f"fraga-{content.name}"
    leads = {"data-vidare": onward} if onward and content.table.about else {}
    return html.Section(
        [
            html.H2(content.question, id=heading),
            html.Figure([html.Figcaption(_caption(content)), _drawing(content, larger)]),
            *(html.P(note, className="not") for note in content.notes),
            _twin(content, f"{query}{also}", "tabell"),
            _help(content, query),
            _downloads(content, query, also),
        ],
        className="kort diagram",
        **{"aria-labelledby": heading, **leads},
    )


def _twin(content: Diagram, asked: str, kind: str) -> Element:
    """The way to the table: most of what a page holds, and read by few, so that it is fetched when it is opened."""
    said = {"waiting": states.TABLE_LOADING, "here": states.TABLE_HERE, "failed": states.TABLE_FAILED}
    return twin(f"{TABLES}{content.name}{asked}", say.AS_TABLE, className=kind, again=states.AGAIN, **said)


def _downloads(content: Diagram, query: str, also: str) -> Element:
    """Every way out: the same cells as files, the chart as a picture that says where it comes from, and its definition."""
    file = f"/export/{content.name}"
    links = [
        (say.EXCEL, f"{file}.xlsx{query}{also}"),
        (say.CSV, f"{file}.csv{query}{also}"),
        (say.CSV_FOR_PROGRAMS, f"{file}.csv{query}{also}&dialekt=maskin"),
    ]
    picture = html.Button(say.PICTURE, type="button", className="lank bildknapp", **{"data-bild": content.name})
    how = html.A(HOW, href=f"/matt/{content.measure}{query}#sa-raknar-vi", className="lank")
    return html.P(
        [
            *(html.A(text, href=address, className="lank") for text, address in links),
            *([picture] if content.figure else []),
            how,
        ],
        className="nedladdning",
    )


def compact(content: Diagram, *, query: str) -> Element:
    """The chart, its table and the way to the rest: for a page that shows several things beside each other."""
    heading = f"fraga-{content.name}"
    more = html.A(say.MORE, href=f"/matt/{content.measure}{query}", className="lank")
    return html.Section(
        [
            html.H3(content.question, id=heading),
            html.Figure([html.Figcaption(_caption(content)), _drawing(content)]),
            _twin(content, query, "uppslag"),
            html.P(more, className="nedladdning"),
        ],
        className="diagram",
        **{"aria-labelledby": heading},
    )


def _caption(content: Diagram) -> list:
    return [html.P(content.title, className="diagramtitel"), html.P(content.subtitle, className="undertitel")]


def _drawing(content: Diagram, larger: Sequence[tuple[str, str]] = ()) -> Element:
    if content.figure is None:
        links = [html.A(say.LARGER.format(place=name), href=where, className="lank") for name, where in larger]
        more = [html.P(links, className="nedladdning")] if links else []
        return html.Div([html.P(content.state), *more], className="tillstand", role="note")
    # the room is kept while the chart is drawn, so that nothing below it jumps
    height = f"{content.figure['layout']['height']}px"
    graph = dcc.Graph(figure=content.figure, config=CONFIG, className="graf", style={"height": height})
    return html.Div(graph, role="img", **{"aria-label": content.summary})


def _help(content: Diagram, query: str) -> Element:
    said = linked([part for part in (*content.reading, states.INTERVAL, content.method) if part], query)
    return html.Details([html.Summary(say.READING), *(html.P(part) for part in said)], className="hjalp")


def table(content: TableData, address: Address | None = None) -> Element:
    """A table that scrolls inside a focusable, named region. With `address` the rows that are about something link to it."""
    labelled = any(column.label for column in content.columns)
    head = [html.Tr([html.Th(content.first, scope="col", rowSpan=1 + labelled), *_groups(content, 1 + labelled)])]
    if labelled:
        head.append(html.Tr([html.Th(column.label, scope="col") for column in content.columns if column.label]))
    body = [
        html.Tr(
            [html.Th(_name(content, name, address), scope="row"), *(_cell(cell.text, cell.spoken) for cell in cells)]
        )
        for name, cells in content.rows
    ]
    return html.Div(
        html.Table([html.Caption(content.caption), html.Thead(head), html.Tbody(body)]),
        className="tabellram",
        role="region",
        tabIndex="0",
        **{"aria-label": content.caption},
    )


def _name(content: TableData, name: str, address: Address | None) -> str | Element:
    if address is None or name not in content.about:
        return name
    return html.A(name, href=address(content.about[name]))


def _groups(content: TableData, depth: int) -> list:
    """One heading over each run of columns that belong together; a column without a label of its own has one heading
    of the whole depth."""
    found = []
    for name, run in groupby(content.columns, key=lambda column: column.group):
        columns = list(run)
        if len(columns) == 1 and not columns[0].label:
            found.append(html.Th(name, scope="col", rowSpan=depth))
        else:
            found.append(html.Th(name, scope="colgroup", colSpan=len(columns)))
    return found


@lru_cache(maxsize=10_000)  # a page has thousands of cells, and most of them say the same few things
def _cell(text: str, spoken: str | None) -> Element:
    if spoken is None:
        return html.Td(text)
    seen = html.Span(text, **{"aria-hidden": "true"})
    return html.Td([seen, html.Span(spoken, className="bara-lasare")])
