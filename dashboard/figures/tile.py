"""The tiles of Översikt: one measure in four seconds."""

from dataclasses import dataclass
from typing import Any

from dashboard.figures.content import common_decimals, exceeds_chance
from dashboard.figures.spark import Series, address, series_of
from dashboard.texts.figures import tile as texts
from dashboard.texts.numbers import HIDDEN, MISSING, number, percent, period_text, signed, twelve_months_short
from schemas.measure import AnyMeasure, Count, Curve, Share

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tile:
    """`women`, `men` and the two of `region` are texts; `gap` says the difference in words; `sure` whether it exceeds chance;
    `judged` whether both sexes have a value to be judged by. `signal` says whether the measure has changed more than it
    usually does, and `special` that it has; empty for what is not followed by the quarter. `series` is what the small
    picture draws."""

    measure: AnyMeasure
    label: str
    unit: str
    when: str
    women: str
    men: str
    gap: str
    sure: bool | None
    judged: bool
    region: tuple[str, ...]
    series: Series
    signal: str = ""
    special: bool = False

    @property
    def spark(self) -> str | None:
        """The small picture of both sexes, as a data address; None where there is too little to draw."""
        return address(self.series)


def count_tile(measure: Count, kind: str, period: str, rows: list[Row], gaps: list[Row], region: list[Row]) -> Tile:
    """A counting measure: rates by sex in the period, or counts where there are no listade."""
    now = {row["kon"]: row for row in rows if row["period"] == period}
    gap = next((row for row in gaps if row["period"] == period), None)
    with_rate = any(row["varde"] is not None for row in now.values())
    field = "varde" if with_rate else "antal"
    share = isinstance(measure, Share)
    women, men = (_rate_text(now.get(sex), field, share) for sex in ("K", "M"))
    around = {row["kon"]: row for row in region if row["period"] == period}
    return Tile(
        measure=measure,
        label=measure.short,
        unit=measure.rate_unit if with_rate else texts.NO_RATE,
        when=twelve_months_short(period) if kind == "r12" else period_text(kind, period),
        judged=not {women, men} & {HIDDEN, MISSING},
        women=women,
        men=men,
        gap=_gap_words(gap, 1, 1, texts.POINTS if share else ""),
        sure=exceeds_chance(gap),
        region=_beside([_rate_text(around.get(sex), "varde", share) for sex in ("K", "M")]),
        series=series_of([row for row in rows if row["period"] <= period], field),
    )


def curve_tile(measure: Curve, period: str, history: list[Row], gaps: list[Row], region: list[Row]) -> Tile:
    """A curve on its headline day, with the value of every cohort as sparkline."""
    now = {row["kon"]: row for row in history if row["period"] == period}
    gap = next((row for row in gaps if row["period"] == period and row["dag"] == measure.headline), None)
    around = {row["kon"]: row for row in region if row["period"] == period}
    decimals = common_decimals([now.get(sex) for sex in ("K", "M")])
    women, men = (_share_text(now.get(sex), decimals) for sex in ("K", "M"))
    return Tile(
        measure=measure,
        label=measure.short,
        unit=measure.tile.format(dag=measure.headline),
        when=texts.STARTED.format(when=twelve_months_short(period)),
        judged=not {women, men} & {HIDDEN, MISSING},
        women=women,
        men=men,
        gap=_gap_words(gap, 100, decimals, texts.POINTS),
        sure=exceeds_chance(gap),
        region=_beside([_share_text(around.get(sex), decimals) for sex in ("K", "M")]),
        series=series_of([row for row in history if row["period"] <= period], "andel"),
    )


def _rate_text(row: Row | None, field: str, share: bool) -> str:
    if row is None or row[field] is None:
        hidden = row is not None and row["utfall"] == "dolt"
        return HIDDEN if hidden else MISSING
    if share and field == "varde":
        return percent(row["varde"] / 100, row["namnare"])
    return number(row[field], 1 if field == "varde" else 0)


def _beside(texts: list[str]) -> tuple[str, ...]:
    """Kvinnor and män of the region, or nothing where neither is known."""
    return () if set(texts) <= {HIDDEN, MISSING} else tuple(texts)


def _share_text(row: Row | None, decimals: int | None = None) -> str:
    if row is None or row["andel"] is None:
        hidden = row is not None and row["utfall"] == "dolt"
        return HIDDEN if hidden else MISSING
    return percent(row["andel"], row["n"], decimals)


def _gap_words(gap: Row | None, scale: float, decimals: int, unit: str) -> str:
    if gap is None or gap["utfall"] == "dolt":
        return texts.NOT_SHOWN
    if gap["utfall"] != "tal":
        return texts.NOT_COMPUTED
    return texts.gap(f"{signed(scale * gap['differens'], decimals)}{unit}", exceeds_chance(gap))
