"""Slides with charts that can be edited: the title says what the chart shows, the notes how to read it and what it is."""

import io
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from dashboard.figures.content import Diagram
from dashboard.report.origin import Origin, about
from dashboard.texts.numbers import HIDDEN
from dashboard.texts.pages.site import PRODUCT
from dashboard.texts.report import files as say
from dashboard.theme import LINE, SEXES

WIDE, HIGH = Inches(13.333), Inches(7.5)
SHORT = 85  # characters of a title on at most two lines of its usual size
TITLE_ONLY = 5  # of the layouts that python-pptx brings
DASHES = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT, "dashdot": MSO_LINE.DASH_DOT}
MARKERS = {"circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE}
Titled = tuple[Diagram, Origin]


def as_pptx(title: str, said: Sequence[str], contents: Sequence[Titled]) -> bytes:
    """A first slide with what the month says, and one slide for each diagram."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title = title
    deck.core_properties.language = "sv-SE"
    deck.core_properties.author = PRODUCT
    first = _slide(deck, title)
    _words(first, said, Inches(1.5), Inches(5), 24)
    for content, origin in contents:
        _chart_slide(deck, content, origin)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = (
        Inches(0.6),
        Inches(0.45),
        WIDE - Inches(1.2),
        Inches(0.95),
    )
    heading.text_frame.text = title
    heading.text_frame.word_wrap, heading.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
    paragraph = heading.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.font.size, paragraph.font.bold = 1, Pt(26 if len(title) <= SHORT else 20), True
    return slide


def _words(slide: Any, said: Sequence[str], top: Emu, height: Emu, size: int) -> None:
    box = slide.shapes.add_textbox(Inches(0.6), top, WIDE - Inches(1.2), height)
    box.text_frame.word_wrap = True
    for at, text in enumerate(said):
        paragraph = box.text_frame.paragraphs[0] if at == 0 else box.text_frame.add_paragraph()
        paragraph.text, paragraph.font.size, paragraph.space_after = text, Pt(size), Pt(8)


def _chart_slide(deck: Any, content: Diagram, origin: Origin) -> None:
    slide = _slide(deck, content.title)
    _words(slide, [content.question], Inches(0.1), Inches(0.4), 16)
    told = about(content, origin)
    slide.notes_slide.notes_text_frame.text = "\n".join(f"{name}: {text}" for name, text in told)
    if content.figure is None:
        _words(slide, [content.state or ""], Inches(2), Inches(2), 24)
    else:
        panels = _panels(content.figure)
        reaches = _reach(content.figure, barred=panels[0][1][0]["type"] == "bar")
        width = (WIDE - Inches(1.2)) // len(panels)
        for at, (name, traces) in enumerate(panels):
            place = (Inches(0.6) + at * width, Inches(1.5), width - Inches(0.1), Inches(4.8))
            chart = _chart(slide, name, traces, place, content.summary)
            _named_axis(chart, content.figure)
            chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = reaches
    _words(slide, [*_hidden_bars(content.figure), content.subtitle], Inches(6.35), Inches(0.8), 12)


def _named_axis(chart: Any, figure: dict[str, Any]) -> None:
    """What the days are counted from, where the figure says it."""
    said = figure["layout"].get("xaxis", {}).get("title", {}).get("text")
    if said and chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES:
        chart.category_axis.axis_title.text_frame.text = said


def _reach(figure: dict[str, Any], *, barred: bool) -> tuple[float | None, float | None]:
    """The ends of the values' axis as the figure has them: two panels are read by the same measure."""
    least, most = figure["layout"].get("xaxis" if barred else "yaxis", {}).get("range", (None, None))
    return least, None if most is None else math.ceil(most)


def _hidden_bars(figure: dict[str, Any] | None) -> list[str]:
    """What has a mark in place of a bar: a slide has no room for marks."""
    bars = [trace for trace in (figure or {"data": []})["data"] if trace["type"] == "bar"]
    names = [
        f"{_label(name).lower()} ({trace['name'].lower()})"
        for trace in bars
        for name, text in zip(trace["y"], trace["text"], strict=True)
        if text == HIDDEN
    ]
    return [say.HIDDEN_BARS.format(names=", ".join(names))] if names else []


def _panels(figure: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """One chart for each panel of the figure, named by the sex that it is about where there are two."""
    kept = [trace for trace in figure["data"] if trace.get("fill") != "toself" and _is_series(trace)]
    axes = sorted({trace.get("yaxis", "y") for trace in kept})
    found = [[trace for trace in kept if trace.get("yaxis", "y") == axis] for axis in axes]
    return [(_named(traces) if len(axes) > 1 else "", traces) for traces in found]


def _is_series(trace: dict[str, Any]) -> bool:
    """Rings round points and marks for what is hidden belong to a series, and are none."""
    return trace["type"] == "bar" or "lines" in trace.get("mode", "")


def _named(traces: Sequence[dict[str, Any]]) -> str:
    return next((trace["name"] for trace in traces if "name" in trace), "")


def _chart(slide: Any, name: str, traces: Sequence[dict[str, Any]], place: tuple, summary: str) -> Any:
    barred = traces[0]["type"] == "bar"
    measured = not barred and all(isinstance(value, int | float) for trace in traces for value in trace["x"])
    data = _points(traces) if measured else _by_name(traces, *(("y", "x") if barred else ("x", "y")))
    kind = XL_CHART_TYPE.BAR_CLUSTERED if barred else XL_CHART_TYPE.LINE_MARKERS
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES if measured else kind, *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{name}. {summary}" if name else summary)
    _styled(frame.chart, name, traces, barred=barred)
    if measured:
        for series, trace in zip(frame.chart.plots[0].series, traces, strict=True):
            _without_corner_marks(series, trace)
    return frame.chart


def _by_name(traces: Sequence[dict[str, Any]], across: str, up: str) -> CategoryChartData:
    """Values by what they are of. A hidden value is an empty cell, and a gap in the line."""
    data, limits = CategoryChartData(), iter(say.LIMITS)
    categories = list(dict.fromkeys(value for trace in traces for value in trace[across]))
    data.categories = [_label(value) for value in categories]
    for trace in traces:
        at = dict(zip(trace[across], trace[up], strict=True))
        data.add_series(trace.get("name") or next(limits), [at.get(value) for value in categories])
    return data


def _points(traces: Sequence[dict[str, Any]]) -> XyChartData:
    """Values at days, each at its distance from the others; a curve that holds until the next day is drawn in steps."""
    data, limits = XyChartData(), iter(say.LIMITS)
    for trace in traces:
        series = data.add_series(trace.get("name") or next(limits))
        for x, y, _ in _steps(trace):
            series.add_data_point(x, y)
    return data


def _steps(trace: dict[str, Any]) -> list[tuple[float, float, bool]]:
    """(x, y, whether it is a value and not the corner of a step)"""
    values = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
    if trace["line"].get("shape") != "hv":
        return [(x, y, True) for x, y in values]
    corners = [(after[0], before[1], False) for before, after in pairwise(values)]
    first = [(*values[0], True)] if values else []
    return first + [
        point for corner, value in zip(corners, values[1:], strict=True) for point in (corner, (*value, True))
    ]


def _without_corner_marks(series: Any, trace: dict[str, Any]) -> None:
    for at, (_, _, is_value) in enumerate(_steps(trace)):
        if not is_value:
            series.points[at].marker.style = XL_MARKER_STYLE.NONE


def _label(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    return value[:7] if value[4:5] == "-" and value[7:8] == "-" else value.replace("<br>", " ")


def _styled(chart: Any, name: str, traces: Sequence[dict[str, Any]], *, barred: bool) -> None:
    chart.has_title = bool(name)
    if name:
        chart.chart_title.text_frame.text = name
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = Pt(14)
    if barred:
        chart.category_axis.reverse_order = True
        chart.plots[0].has_data_labels = True
        chart.plots[0].data_labels.number_format, chart.plots[0].data_labels.number_format_is_linked = "0.0", False
    for series, trace in zip(chart.plots[0].series, traces, strict=True):
        _painted(series, trace)


def _painted(series: Any, trace: dict[str, Any]) -> None:
    """Colour, and what says the same without colour: dash, mark and pattern."""
    if trace["type"] == "bar":
        colour = RGBColor.from_string(trace["marker"]["color"][1:])
        if trace["name"] == SEXES["M"].label:
            series.format.fill.patterned()
            series.format.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            series.format.fill.fore_color.rgb, series.format.fill.back_color.rgb = colour, RGBColor(255, 255, 255)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
        return
    style = trace["line"]
    colour = RGBColor.from_string(style.get("color", LINE)[1:])
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(style.get("width", 2))
    if style.get("dash") in DASHES:
        series.format.line.dash_style = DASHES[style["dash"]]
    marker = trace.get("marker", {}) if "markers" in trace.get("mode", "") else {}
    series.marker.style = MARKERS.get(marker.get("symbol", ""), XL_MARKER_STYLE.NONE)
    if marker:
        series.marker.size = 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
