"""What stands where a figure cannot: said plainly, with what to do."""

from dashboard.components.plain import Element, html


def state(text: str, *, advice: str = "", kind: str = "") -> Element:
    return html.Div(
        [html.P(text), html.P(advice) if advice else None], className=f"tillstand {kind}".strip(), role="note"
    )


def month_note(text: str) -> Element:
    return html.Span(text, className="preliminar")
