"""The lattice in words and numbers, for a page and for a terminal."""

from collections.abc import Iterator, Sequence

from pipelines.compute.cells import Extent
from schemas.dimensions import BREAKDOWNS, NIVA, NO_BREAKDOWN, PERIODTYP, WHOLE
from schemas.lattice import TABLES
from schemas.marginal import Marginal
from schemas.measures import MEASURES, with_parts

NO_LEVEL = "Hela utgåvan"
TOTAL = "Tillsammans"
Lines = list[tuple[str, ...]]


def by_level(pieces: Sequence[Marginal]) -> dict[tuple[str, str, str], list[Marginal]]:
    """The pieces of every measure, table and breakdown, in their order."""
    found: dict[tuple[str, str, str], list[Marginal]] = {}
    for one in pieces:
        found.setdefault((one.measure, one.table, one.indelning), []).append(one)
    return found


def periods_in_words(piece: Marginal) -> str:
    """The kind of period, and that it is for alla only where it is."""
    if not piece.periodtyp:
        return ""
    kind = "kvartalets sista dag" if piece.quarterly else PERIODTYP.label_of(piece.periodtyp).lower()
    return f"{kind} (bara totalt)" if piece.values("kon") == {WHOLE} else kind


def number(count: int) -> str:
    """Thousands apart; – where there is nothing to count."""
    return f"{count:,}".replace(",", "\u00a0") if count else "–"


def table_sizes(extent: Extent) -> list[tuple]:
    """How many cells each table has at each level: first the heading (levels, and together), then (table, numbers)."""
    sizes = extent.sizes()
    levels = [*NIVA.ids, ""]
    counts = sizes.pivot_table(index="tabell", columns="niva", values="celler", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=list(TABLES), columns=levels, fill_value=0).astype(int)
    rows = [(table, *map(int, row), int(row.sum())) for table, row in zip(TABLES, counts.to_numpy(), strict=True)]
    total = (TOTAL, *map(int, counts.sum()), int(counts.to_numpy().sum()))
    return [(*(level.label for level in NIVA.categories), NO_LEVEL, TOTAL), *rows, total]


def measure_lines(extent: Extent) -> Iterator[tuple[str, Lines]]:
    """Of every measure its name, and as lines its tables and breakdowns with the periods and cells at each level."""
    names = {name: f"{measure.name} ({name})" for name, measure in with_parts(MEASURES).items()} | {"": "Utan mått"}
    levels = [*NIVA.ids, ""]
    lines: dict[str, Lines] = {}
    for (measure, table, split), pieces in by_level(extent.pieces).items():
        cells = (_cell(extent, [one for one in pieces if one.niva == niva]) for niva in levels)
        lines.setdefault(measure, []).append((TABLES[table], breakdown_in_words(split), *cells))
    for measure, rows in lines.items():
        there = [at for at in range(len(rows[0])) if any(row[at] for row in rows)]
        head = ("tabell", "indelning", *(level.label for level in NIVA.categories), NO_LEVEL)
        yield names[measure], [tuple(row[at] for at in there) for row in (head, *rows)]


def breakdown_in_words(split: str) -> str:
    return "hela" if split == NO_BREAKDOWN else f"{BREAKDOWNS[split].label} ({split})"


def _cell(extent: Extent, pieces: Sequence[Marginal]) -> str:
    if not pieces:
        return ""
    said = ", ".join(filter(None, (periods_in_words(one) for one in pieces)))
    count = number(sum(extent.size_of(one) for one in pieces))
    return f"{said}: {count}" if said else count
