"""Elements as the browser gets them: a table has a thousand cells, and a component object for each takes longer to make
and to write than everything else on the page."""

from typing import Any

from dash import html

NAMESPACE = html.Td()._namespace
Element = dict[str, Any]


def element(name: str, children: Any, **properties: Any) -> Element:
    """What `html.<name>(children, …)` is written as."""
    return {"type": name, "namespace": NAMESPACE, "props": {"children": children, **properties}}
