"""What a meeting is shown first: the real changes, by size, and whether a target is met in another way than before."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.signal import sign_sentence
from dashboard.texts.figures.signal import TARGET_NOW, TARGETS
from dashboard.theme import SEXES
from schemas.measure import AnyMeasure

Row = dict[str, Any]


def signals_by_size(measures: Mapping[str, AnyMeasure], signs: Mapping[str, Sequence[Row]]) -> list[tuple[str, str]]:
    """(measure id, sentence) of every series with a sign, the one farthest from its usual level first."""
    found = [(_distance(row), name, row) for name, rows in signs.items() for row in rows if row["regel"] != "ingen"]
    ordered = sorted(found, key=lambda one: (-one[0], one[1], one[2]["kon"]))
    return [(name, sign_sentence(measures[name], row)) for _, name, row in ordered]


def _distance(row: Row) -> float:
    """From the middle of the limits, in half widths."""
    half = (row["ovre"] - row["nedre"]) / 2
    return abs(row["varde"] - (row["ovre"] + row["nedre"]) / 2) / half if half > 0 else 0


def target_changes(measure: AnyMeasure, rows: Sequence[Row]) -> list[str]:
    """Sentences where a target is met in another way in the last quarter than in the one before."""
    said = []
    for sex in ("K", "M"):
        last = [row for row in rows if row["kon"] == sex][-2:]
        if len(last) == 2 and last[1]["mal_nas"] and last[0]["mal_nas"] != last[1]["mal_nas"]:
            now = TARGETS[last[1]["mal_nas"]]
            said.append(TARGET_NOW.format(short=measure.short, sex=SEXES[sex].label.lower(), now=now))
    return said
