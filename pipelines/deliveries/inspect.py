"""Looks at a file that a sender has sent, and suggests what its headings mean: never a value from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandera.pandas as pa

from identity.text import points_out_somebody
from pipelines import reading
from pipelines.deliveries.read import shown, spellings
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.sender import FOLDER
from pipelines.reading import Content, Unreadable, plain
from pipelines.reading.headings import FEWEST
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import closed_list, required_columns
from schemas.extracts.headings import CODES, HEADINGS

LIKE = 0.82  # how alike two headings are, to be taken for the same word


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """What was found: `meant` has the column of each heading (None = unknown), `missing` the required columns that no
    heading is. `written` is the sender's file as it would have to be; empty where the headings are the contract's own."""

    name: str
    extract: str
    rows: int
    at: int
    encoding: str
    delimiter: str
    meant: dict[str, str | None]
    missing: tuple[str, ...]
    written: str


def inspect(path: Path, settings: Settings, *, extract: str | None = None) -> Inspected:
    """Read the file and compare its headings with every extract, or with the one that is said. Raises FileRefused."""
    names = [extract] if extract else list(EXTRACTS)
    if extract and extract not in EXTRACTS:
        raise FileRefused(f"{extract}: är inget extrakt ({', '.join(EXTRACTS)})")
    known = {plain(heading) for name in names for heading in _suggestions(EXTRACTS[name])}
    with TemporaryDirectory(prefix="sjukvy-") as folder, duckdb.connect() as connection:
        try:
            content = reading.read(path, Path(folder), known=known, counted=True, limits=settings.reading)
        except Unreadable as fault:
            raise FileRefused(f"{path.name}: {fault}") from None
        headings = [heading.strip() for heading in content.header if heading.strip()]
        if any(points_out_somebody(heading) for heading in headings):
            raise FileRefused(
                f"{path.name}: rubrikraden innehåller ett personnummer, en e-postadress eller ett telefonnummer"
            )
        chosen = max(names, key=lambda name: _score(EXTRACTS[name], headings, path))
        meant = _meant(EXTRACTS[chosen], headings)
        if len(set(meant.values()) - {None}) < FEWEST:  # then they may be values
            raise FileRefused(f"{path.name}: ingen rad liknar rubrikerna i något extrakt")
        meant = {shown(heading) if column is None else heading: column for heading, column in meant.items()}
        rows = connection.execute("SELECT count(*) FROM read_parquet($path)", {"path": str(content.texts)}).fetchall()[
            0
        ][0]
        codes = _codes(connection, content, EXTRACTS[chosen], meant)
    given = set(meant.values())
    return Inspected(
        name=path.name, extract=chosen, rows=rows, at=content.at, encoding=content.encoding, delimiter=content.delimiter,
        meant=meant, missing=tuple(name for name in required_columns(EXTRACTS[chosen]) if name not in given),
        written=_written(chosen, meant, codes),
    )  # fmt: skip


def _suggestions(schema: pa.DataFrameSchema) -> dict[str, str]:
    """Plain heading → column, of every word that is known for the extract's columns; the contract's own win."""
    others = {plain(word): name for name in schema.columns for word in HEADINGS.get(name, ())}
    return others | spellings(schema)


def _meant(schema: pa.DataFrameSchema, headings: list[str]) -> dict[str, str | None]:
    """Heading → column, each column once: exact words first, then those that are almost alike."""
    known = _suggestions(schema)
    found: dict[str, str | None] = {heading: known.get(plain(heading)) for heading in headings}
    taken: set[str] = set()
    for heading, column in found.items():
        if column in taken:
            found[heading] = None
        elif column:
            taken.add(column)
    for heading in [heading for heading, column in found.items() if column is None]:
        near = get_close_matches(plain(heading), [word for word in known if known[word] not in taken], n=1, cutoff=LIKE)
        if near:
            found[heading] = known[near[0]]
            taken.add(known[near[0]])
    return found


def _score(schema: pa.DataFrameSchema, headings: list[str], path: Path) -> tuple[float, bool]:
    columns = {column for column in _meant(schema, headings).values() if column}
    required = set(required_columns(schema))
    return len(columns & required) / len(required) + len(columns) / 100, path.name.lower().startswith(str(schema.name))


def _codes(
    connection: duckdb.DuckDBPyConnection, content: Content, schema: pa.DataFrameSchema, meant: dict[str, str | None]
) -> dict[str, dict[str, str]]:
    """Column → the known other words for its codes that the file has. Words that are not known are not repeated."""
    found: dict[str, dict[str, str]] = {}
    for at, heading in enumerate(content.header):
        column = meant.get(heading.strip())
        if column is None or column not in CODES:
            continue
        allowed = closed_list(schema, column)
        words = {word: code for word, code in CODES[column].items() if code in allowed and word not in allowed}
        rows = connection.execute(
            f"SELECT DISTINCT trim(c{at}) FROM read_parquet($path) WHERE trim(c{at}) IN (SELECT unnest($words))",
            {"path": str(content.texts), "words": list(words)},
        ).fetchall()
        if rows:
            found[column] = {word: words[word] for (word,) in sorted(rows)}
    return found


def _written(extract: str, meant: dict[str, str | None], codes: dict[str, dict[str, str]]) -> str:
    """The part of the sender's file for this extract, as TOML."""
    return "\n".join(_lines(extract, meant, codes))


def _lines(extract: str, meant: dict[str, str | None], codes: dict[str, dict[str, str]]) -> Iterator[str]:
    own = spellings(EXTRACTS[extract])
    others = {heading: column for heading, column in meant.items() if column and own.get(plain(heading)) != column}
    if others:
        yield f"[{extract}.rubriker]"
        yield from (
            f"{json.dumps(heading, ensure_ascii=False)} = {json.dumps(column)}" for heading, column in others.items()
        )
    for column, words in codes.items():
        yield f"[{extract}.koder.{column}]"
        yield from (f"{json.dumps(word, ensure_ascii=False)} = {json.dumps(code)}" for word, code in words.items())


def add_to_sender(path: Path, found: Inspected) -> None:
    """Write the suggestion to the sender's file. Raises FileRefused where it says something of the extract already: what
    a person has decided is not written over."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if any(line.startswith((f"[{found.extract}.", f"[{found.extract}]")) for line in before.splitlines()):
        raise FileRefused(f"{FOLDER}/{path.name}: säger redan något om {found.extract}; ändra den för hand")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n\n".join(part for part in (before.rstrip("\n"), found.written) if part)
    path.write_text(text + "\n", encoding="utf-8")
