"""What the figures of a place say together in ten seconds: signals first, then kvinnor and män, then what to bring up."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.figures.signal import sign_words
from dashboard.figures.tile import Tile
from dashboard.texts.figures import glance as texts
from dashboard.texts.figures.signal import ORDINARY
from dashboard.texts.numbers import listed, quarter
from dashboard.theme import SEXES
from schemas.measure import AnyMeasure, Count, Curve

Row = dict[str, Any]
TOLD = 2  # signals that the sentence itself bears; more are counted, and stand under Att ta upp


def signalling(rows: Sequence[Row]) -> list[Row]:
    """The series that have a sign."""
    return [row for row in rows if row["regel"] != "ingen"]


def with_signal(tile: Tile, rows: Sequence[Row]) -> Tile:
    """The tile, saying whether its measure has changed: `rows` are its followed series, as from queries.signs_now."""
    if not isinstance(tile.measure, Count) or not tile.measure.followed:
        return tile
    special = bool(signalling(rows))
    each = [f"{SEXES[row['kon']].label.lower()} {sign_words(row)}" for row in rows]
    usual = ORDINARY.capitalize() if rows else texts.NOT_JUDGED
    said = texts.SIGNAL.format(signs=", ".join(each)) if special else usual
    return replace(tile, signal=said, special=special)


def signals_sentence(tiles: Sequence[Tile], signs: Mapping[str, Sequence[Row]], most: int = TOLD) -> str:
    """Whether anything has changed more than it usually does. `signs` are the followed series of the tiles' measures; more
    signals than `most` are only counted."""
    followed = [row for tile in tiles for row in signs.get(tile.measure.id, ())]
    if not followed:
        return texts.NONE_JUDGED
    when = quarter(followed[0]["period"])
    short = {tile.measure.id: tile.measure.short.lower() for tile in tiles}
    found = signalling(followed)
    if not found:
        return texts.NO_SIGNALS.format(when=when)
    said = "; ".join(
        texts.ONE.format(measure=short[row["matt_id"]], sex=SEXES[row["kon"]].label.lower(), sign=sign_words(row))
        for row in found
    )
    number = texts.signals(len(found), when)
    return f"{number}: {said}." if len(found) <= most else f"{number}{texts.MORE}"


def gaps_sentence(tiles: Sequence[Tile]) -> str:
    """Where kvinnor and män differ; the figures themselves stand in the tiles."""
    sure = [tile for tile in tiles if tile.sure]
    unsure = [tile for tile in tiles if tile.sure is False]
    if not sure and not unsure:
        return texts.TOO_FEW
    parts = []
    if sure:
        parts.append(texts.LARGER.format(measures=listed(_names(sure))))
    if unsure:
        parts.append(texts.UNSURE.format(measures=listed(_names(unsure))))
    return " ".join(parts)


def to_bring_up(tiles: Sequence[Tile]) -> list[tuple[str, str]]:
    """(measure id, text) of curves in which the sexes differ more than chance. Counts are left out: that kvinnor have
    more sjukfall is so everywhere and no news. That one lies off the region is told by the funnel and nothing less."""
    return [
        (
            tile.measure.id,
            texts.TO_BRING_UP.format(label=tile.label, women=tile.women, men=tile.men, gap=tile.gap),
        )
        for tile in tiles
        if isinstance(tile.measure, Curve) and tile.sure
    ]


def not_judged(tiles: Sequence[Tile], featured: Sequence[AnyMeasure]) -> list[str]:
    """The curves that nothing can be said of: without a whole period, or hidden."""
    there = {tile.measure.id for tile in tiles}
    absent = [one.short.lower() for one in featured if isinstance(one, Curve) and one.id not in there]
    return absent + [tile.label.lower() for tile in tiles if isinstance(tile.measure, Curve) and not tile.judged]


def _names(tiles: Sequence[Tile]) -> list[str]:
    return [tile.measure.short.lower() for tile in tiles]
