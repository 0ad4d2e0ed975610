"""The catalogue of measures is the listing of this folder: one file, one `measure`."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from schemas.measure import AnyMeasure, Selection


def _declared() -> list[AnyMeasure]:
    files = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
    return [import_module(f"{__name__}.{name}").measure for name in files]


MEASURES: dict[str, AnyMeasure] = {
    measure.id: measure for measure in sorted(_declared(), key=lambda measure: measure.order)
}


def with_parts(measures: Mapping[str, AnyMeasure]) -> dict[str, AnyMeasure]:
    """The same measures, and after each selection the shares that it is made of."""
    found: dict[str, AnyMeasure] = {}
    for name, measure in measures.items():
        found[name] = measure
        if isinstance(measure, Selection):
            found |= {share.id: share for share in measure.shares}
    return found


def available(extracts: frozenset[str]) -> dict[str, AnyMeasure]:
    """The measures that a release built on these extracts has, in order."""
    return {
        name: measure
        for name, measure in MEASURES.items()
        if measure.requires <= extracts and not measure.unless & extracts
    }
