"""A choice among many: closed until it is asked for, and links, so that the address says what was chosen."""

from dashboard.components.plain import Element, html
from dashboard.texts.numbers import in_sentence


def choice(label: str, chosen: str, options: list[tuple[str, str, bool]], *, slim: bool = False) -> Element:
    """`options` are (text, address, whether it is the chosen one). `slim`: without a box of its own."""
    links = [
        html.Li(html.A(text, href=address, **({"aria-current": "true"} if current else {})))
        for text, address, current in options
    ]
    return html.Details(
        [
            html.Summary(f"{label}: {in_sentence(chosen)}"),
            html.Nav(html.Ul(links), className="val", **{"aria-label": label}),
        ],
        className="vidare" if slim else "kort valj",
    )
