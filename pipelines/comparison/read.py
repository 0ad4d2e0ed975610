"""Reads a file of published figures as text, finds its header and keeps what each row says, or why it cannot."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa

from identity.text import holds_identity_number
from pipelines.comparison.formats import COLUMNS, Cells, Form, RowFault, form_of
from pipelines.deliveries.refusal import FileRefused
from pipelines.reading import Limits, Unreadable, all_rows, first_rows
from pipelines.reading.kinds import CSV, XLSX
from schemas.figures import KEY, figures

HEADER_WITHIN = 5  # downloads have two rows of title above it
FIGURES = figures()
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
SAME, DIFFERENT = "samma uppgift flera gånger", "samma uppgift flera gånger, olika värden"
SUFFIXES = (CSV, XLSX)


@dataclass(frozen=True, kw_only=True)
class Published:
    """One file: `rows` read, `figures` with rad_nr and COLUMNS, `faults` (row, column, rule), and the faulty rows."""

    rows: int
    figures: pd.DataFrame
    faults: list[tuple[int, str, str]]
    content: dict[int, Cells]


def is_published(path: Path) -> bool:
    """True when the file is one that this room reads."""
    return path.is_file() and path.suffix.lower() in SUFFIXES and _header(path) is not None


def read(path: Path, limits: Limits) -> Published:
    """Everything in the file. Raises FileRefused for a file that cannot be read."""
    found = _header(path)
    if found is None:
        raise FileRefused(f"{path.name}: är inte Försäkringskassans statistik i en form som läses")
    at, form = found
    rows = _rows(path, at, limits)
    _refuse(path, rows, form)
    made: list[dict] = []
    faults: list[tuple[int, str, str]] = []
    for number, cells in rows.items():
        try:
            made += [{"rad_nr": number} | figure for figure in form.read(cells)]
        except RowFault as fault:
            faults.append((number, fault.column, fault.rule))
    table, wrong = checked(pd.DataFrame(made, columns=["rad_nr", *COLUMNS]))
    faults = sorted([*faults, *wrong])
    content = {number: rows[number] for number, *_ in faults}
    return Published(rows=len(rows), figures=table, faults=faults, content=content)


def checked(made: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[int, str, str]]]:
    """The figures of the rows that hold what their contract says, and the faults of the others. A row of a file may give
    several figures: where one of them is wrong the row is."""
    typed = made.astype(dict.fromkeys(COLUMNS, TEXT) | {"varde": float})
    figures_of = typed[list(COLUMNS)]
    wrong = _copies(figures_of)
    try:
        FIGURES.validate(figures_of.drop(index=list(wrong)), lazy=True)
    except pa.errors.SchemaErrors as broken:
        for case in broken.failure_cases.to_dict("records"):
            wrong.setdefault(int(case["index"]), (str(case["column"]), str(case["check"])))
    faults = sorted({(int(typed.loc[at, "rad_nr"]), *said) for at, said in wrong.items()})
    return typed[~typed["rad_nr"].isin([number for number, *_ in faults])], faults


def _copies(figures_of: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Index → column and rule. Of identical copies the first stays; where copies differ nobody knows which is right, so
    none does."""
    wrong: dict[int, tuple[str, str]] = {}
    again = figures_of[figures_of.duplicated(list(KEY), keep=False)]
    for _, group in again.groupby(list(KEY), dropna=False):
        alike = len(group[["varde", "tecken"]].drop_duplicates()) == 1
        wrong |= dict.fromkeys(group.index[alike:], ("nyckeln", SAME if alike else DIFFERENT))
    return wrong


def _rows(path: Path, at: int, limits: Limits) -> dict[int, Cells]:
    """Row number → heading in lower case → text, of every row below the header that is not empty."""
    try:
        numbered = list(enumerate(all_rows(path, limits), 1))
    except Unreadable as fault:
        raise FileRefused(f"{path.name}: {fault}") from None
    header = [cell.strip().lower() for cell in numbered[at][1]]
    # a sheet leaves out the empty cells at a row's end; in text a short row is a damaged one
    width = len(header) if path.suffix.lower() == XLSX else 0
    return {
        number: dict(zip(header, [cell.strip() for cell in cells] + [""] * (width - len(cells)), strict=False))
        for number, cells in numbered[at + 1 :]
        if any(cell.strip() for cell in cells)
    }


def _refuse(path: Path, rows: dict[int, Cells], form: Form) -> None:
    if not rows:
        raise FileRefused(f"{path.name}: filen har inga rader")
    short = [number for number, cells in rows.items() if not form.required <= cells.keys()]
    if short:
        raise FileRefused(f"{path.name}: fel antal kolumner på rad {short[0]}; filen kan vara avkortad")
    if any(holds_identity_number(cell) for cells in rows.values() for cell in cells.values()):
        raise FileRefused(f"{path.name}: filen innehåller ett personnummer")


def _header(path: Path) -> tuple[int, Form] | None:
    """Where the header stands and the form that it is of."""
    for at, cells in enumerate(first_rows(path, HEADER_WITHIN)):
        form = form_of(cells, path.name)
        if form is not None:
            return at, form
    return None
