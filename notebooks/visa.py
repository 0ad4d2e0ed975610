"""What the notebooks share: open the published release, and show a diagram as its page does. Opens nothing else."""

from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
from IPython.display import HTML, Markdown, display
from plotly.graph_objects import Figure
from plotly.io import to_html
from plotly.offline import get_plotlyjs

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.figures.content import Diagram, TableData
from dashboard.pages.view import View, view_of
from dashboard.release import Releases
from dashboard.texts import states
from dashboard.theme import CONFIG

PLOTLY = "application/vnd.plotly.v1+json"


def oppna(data: str | Path) -> View:
    """The current release of a data folder, seen from its region in its latest month. Raises NothingPublished."""
    display(HTML(f"<script>{get_plotlyjs()}</script>"))
    release = Releases(Path(data) / "published").current()
    if release.is_demo:
        skriv(f"**{states.DEMO}**")
    skriv(f"Utgåva {release.facts['release_id']}, data till och med {release.facts['data_tom']}.")
    region = next(place for place in queries.places(release, Scope.everything()) if place.niva == "region")
    return pa(view_of(release, Scope.everything(), ""), region.enhet_id)


def pa(view: View, enhet_id: str) -> View:
    """The same release and month, seen from another enhet, område or region."""
    return view_of(view.release, view.scope, "?" + urlencode({"enhet": enhet_id, "manad": view.manad}))


def parquet(data: str | Path, view: View, name: str) -> pd.DataFrame:
    """A table of the release from its Parquet twin, for any calculation."""
    return pd.read_parquet(Path(data) / "published" / view.release.name / f"{name}.parquet")


def skriv(text: str) -> None:
    display(Markdown(text))


def visa(diagram: Diagram | None) -> None:
    """Title, subtitle, figure and notes. What cannot be drawn says why."""
    if diagram is None:
        skriv(states.NOT_YET)
        return
    skriv(f"**{diagram.title}**\n\n{diagram.subtitle}")
    if diagram.figure is None:
        skriv(str(diagram.state))
    else:
        rita(Figure(diagram.figure))
    skriv("\n\n".join([*diagram.notes, diagram.method]))


def rita(figure: Figure) -> None:
    """As data for programs that draw themselves, as HTML for the others. Plotly's own way of showing a figure in a
    notebook fetches a script from the internet and offers to send the figure there; this does neither."""
    html = to_html(figure, config=CONFIG, include_plotlyjs=False, include_mathjax=False, full_html=False)
    display({PLOTLY: figure.to_plotly_json() | {"config": CONFIG}, "text/html": html}, raw=True)


def tabell(content: TableData) -> pd.DataFrame:
    """The diagram's table as the page shows it: × is hidden, .. is missing."""
    columns = pd.MultiIndex.from_tuples([(column.group, column.label) for column in content.columns])
    names = pd.Index([name for name, _ in content.rows], name=content.first)
    return pd.DataFrame([[cell.text for cell in cells] for _, cells in content.rows], index=names, columns=columns)
