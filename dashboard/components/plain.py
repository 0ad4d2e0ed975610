"""HTML as the browser gets it. A page has thousands of elements, and a component object for each takes longer to make and
to write than all that the page asks of the release."""

from typing import Any

from dash import html as components

NAMESPACE = components.Div()._namespace
OWN, TWIN = "sjukvy_falt", "sjukvy_tabell"
Element = dict[str, Any]


class _Html:
    """`html.Div(children, …)` and all the others, with the names and properties of dash.html. Nothing is checked here: a
    test holds every page to what dash.html has."""

    def __getattr__(self, name: str) -> Any:
        def made(children: Any = None, **properties: Any) -> Element:
            return {"type": name, "namespace": NAMESPACE, "props": {"children": children, **properties}}

        setattr(self, name, made)
        return made


html = _Html()


def field(kind: str, **properties: Any) -> Element:
    """What somebody writes or chooses in: a native `input`, `textarea` or `select` (with `options`, pairs of value and
    label), which dash.html has not. assets/falt.js makes it, and says which properties there are."""
    return {"type": "Field", "namespace": OWN, "props": {"kind": kind, **properties}}


def twin(address: str, summary: str, **properties: str) -> Element:
    """A closed box that fetches its table from an address when it is opened, or for paper: assets/tabell.js makes it, and
    says which properties there are."""
    return {"type": "Twin", "namespace": TWIN, "props": {"address": address, "summary": summary, **properties}}
