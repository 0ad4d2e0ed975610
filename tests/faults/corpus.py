"""Faults and forms that deliveries are known to have, made from valid files: each with what must become of it and what is
said. Most follow from the contracts, so a new column brings its own."""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandera.pandas as pa

from schemas.extracts import EXTRACTS
from schemas.extracts.fields import key_columns, required_columns
from tests.rows import VALID

LOADED, ROWS, REFUSED = "inläst", "rader i karantän", "avvisad fil"
SECRET = "HEMLIGT77"  # pragma: allowlist secret
ROW_COUNT = 6
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """`write` makes the file or folder and returns it. Of ROWS one row is quarantined and the others load."""

    name: str
    write: Callable[[Path], Path]
    outcome: str
    said: str = ""


def rows_of(extract: str) -> Rows:
    """Valid rows with keys of their own."""
    return [VALID[extract](at) for at in range(ROW_COUNT)]


def text(rows: Rows, *, delimiter: str = ";", line: str = "\n", header: list[str] | None = None) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=line)
    writer.writerow(header or list(rows[0]))
    writer.writerows(row.values() for row in rows)
    return file.getvalue()


def corpus() -> list[Case]:
    """All of it; the names are unique."""
    parts = (encodings, dates, missing_cells, broken_rules, columns, structure, truncated, packed, persons, workbooks)
    return [case for part in parts for case in part()]


def _file(name: str, content: bytes | str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def _changed(extract: str, **changes: Any) -> str:
    """A file whose third row is changed."""
    rows = rows_of(extract)
    rows[2] |= changes
    return text(rows)


def encodings() -> Iterator[Case]:
    codecs = {"utf-8": "utf-8", "utf-8 med BOM": "utf-8-sig", "cp1252": "cp1252", "utf-16": "utf-16"}
    for name, codec in codecs.items():
        for delimiter, called in ((";", "semikolon"), (",", "komma"), ("\t", "tabb")):
            for line, end in (("\n", "LF"), ("\r\n", "CRLF")):
                content = text(rows_of("enheter"), delimiter=delimiter, line=line).encode(codec)
                write = _file("enheter.csv", content)
                yield Case(name=f"{name}, {called}, {end}", write=write, outcome=LOADED)
    whole = text(rows_of("enheter"))
    for name, content, said in (
        ("utf-16 utan BOM", whole.encode("utf-16-le"), ""),
        ("utf-16 omvänd utan BOM", whole.encode("utf-16-be"), ""),
        ("bara vagnretur", whole.replace("\n", "\r").encode(), ""),
        ("cp437", whole.encode("cp437"), "varken UTF-8, UTF-16 eller cp1252"),
        ("två gånger utf-8", whole.encode().decode("cp1252").encode(), "kodats två gånger"),
        ("förlorade bokstäver", whole.replace("å", "\ufffd").encode(), "bokstäver har gått förlorade"),
        ("blandade", whole.encode() + whole.splitlines()[1].encode("cp1252") + b"\n", "blandar teckenkodningar"),
        ("NUL i texten", whole.replace("Norr", "No\0rr").encode(), "NUL-tecken"),
        ("halv utf-16", whole.encode("utf-16")[:-3], "inte hel UTF-16"),
    ):
        yield Case(name=name, write=_file("enheter.csv", content), outcome=REFUSED if said else LOADED, said=said)


GOOD = {
    "fran": ("2024-03-01", "20240301", "45352", "45352,0", "2024-03-01 00:00:00", "2024-03-01T00:00", " 2024-03-01 "),
    "kand_fran": (
        "2024-03-01T10:00", "2024-03-01 10:00:00", "2024-03-01", "20240301", "20240301100000", "20240301T1000",
        "45352", "45352,41667", "45352.5", "2024-03-01T10:00:00Z", "2024-03-01T10:00:00+01:00",
        "2024-03-01T10:00:00.123456", "20240301 10:00:00",
    ),
    "grad": ("100", "100,0", "100.00", " 100"),
    "alder": ("40", "40,0", "-1", "110"),
}  # fmt: skip
BAD = {
    "fran": (
        "2024-02-30", "2024-13-01", "20240230", "01/03/2024", "1 mars 2024", "1900-01-00", "99999", "2024-3-1", "24-03-01",
        "2024-03-01 10:15",
    ),
    "kand_fran": ("2024-03-01T25:00", "10:00", "2024-02-30T10:00:00", "igår", "20240230100000", "2024-03-01T10"),
    "grad": ("hundra", "1,5", "100%", "1000", "1.000", "1e2", "#REF!"),
    "alder": ("fyrtio", "4O", "40 år", "#N/A"),
    "tom": ("2024-02-01", "2024-02-31", "tills vidare"),
    "kon": ("kvinna", "X", "1"),
    "handelse": ("Utfärdat", "borttaget"),
}  # fmt: skip


def dates() -> Iterator[Case]:
    """Dates, times and numbers as spreadsheets write them, and those that are none."""
    for column, values in GOOD.items():
        for value in values:
            write = _file("intyg.csv", _changed("intyg", **{column: value}))
            yield Case(name=f"intyg.{column} = {value!r}", write=write, outcome=LOADED)
    for column, values in BAD.items():
        for value in values:
            write = _file("intyg.csv", _changed("intyg", **{column: value}))
            yield Case(
                name=f"intyg.{column} = {value!r}", write=write, outcome=ROWS, said=_column_or_row(column, value)
            )
    for value in ("2024-03", "202403", "2024-03-01", "20240301", "45352"):
        write = _file("listade.csv", _changed("listade", manad=value))
        yield Case(name=f"listade.manad = {value!r}", write=write, outcome=LOADED)
    for value in ("2024-13", "mars 2024", "2024-03-15", "24-03"):
        write = _file("listade.csv", _changed("listade", manad=value))
        yield Case(name=f"listade.manad = {value!r}", write=write, outcome=ROWS, said="manad: är inte skrivet ÅÅÅÅ-MM")
    for value, outcome in (("0,75", LOADED), ("0.75", LOADED), ("1", LOADED), ("en halv", ROWS), ("21", ROWS)):
        write = _file("bemanning.csv", _changed("bemanning", fte=value))
        yield Case(
            name=f"bemanning.fte = {value!r}", write=write, outcome=outcome, said="fte: " if outcome == ROWS else ""
        )


def _column_or_row(column: str, value: str) -> str:
    return "hela raden: tom ligger före fran" if value == "2024-02-01" else f"{column}: "


def missing_cells() -> Iterator[Case]:
    """A cell is missing in every column: a fault where it is required, else nothing."""
    for extract, schema in EXTRACTS.items():
        for name, column in schema.columns.items():
            if name not in rows_of(extract)[0]:
                continue
            outcome = LOADED if column.nullable else ROWS
            said = "" if column.nullable else f"{name}: värde saknas"
            write = _file(f"{extract}.csv", _changed(extract, **{name: ""}))
            yield Case(name=f"{extract}.{name} saknas", write=write, outcome=outcome, said=said)


def broken_rules() -> Iterator[Case]:
    """Every check of every column, by a value that breaks it."""
    for extract, schema in EXTRACTS.items():
        for name, column in schema.columns.items():
            for number, (value, said) in enumerate(_breaking(column)):
                rows = [row | {name: row.get(name, "")} for row in rows_of(extract)]
                rows[2][name] = value
                write = _file(f"{extract}.csv", text(rows))
                yield Case(name=f"{extract}.{name} bryter {number}", write=write, outcome=ROWS, said=f"{name}: {said}")


def _breaking(column: pa.Column) -> Iterator[tuple[str, str]]:
    for check in column.checks:
        value = {
            "str_length": "x" * 121, "isin": SECRET, "str_matches": f"{SECRET}!", "finns": "2024-02-30",
            "inom_granser": "999999999",
        }[check.name]  # fmt: skip
        yield value, str(check.error)


def columns() -> Iterator[Case]:
    """Every column is left out: refused where it is required. A column too many, and one twice."""
    for extract, schema in EXTRACTS.items():
        required = set(required_columns(schema))
        for name in rows_of(extract)[0]:
            rows = [{key: value for key, value in row.items() if key != name} for row in rows_of(extract)]
            gone = name in required
            said = f"obligatorisk kolumn saknas: {name}" if gone else ""
            # without what tells its rows apart they are copies of each other
            if gone or name not in key_columns(schema):
                write = _file(f"{extract}.csv", text(rows))
                yield Case(name=f"{extract} utan {name}", write=write, outcome=REFUSED if gone else LOADED, said=said)
        extra = text([row | {"fritext": SECRET} for row in rows_of(extract)])
        said = "kolumn utanför kontraktet: fritext"
        yield Case(name=f"{extract} med fritext", write=_file(f"{extract}.csv", extra), outcome=REFUSED, said=said)
        head = [*rows_of(extract)[0]]
        twice = text([{**row, "igen": SECRET} for row in rows_of(extract)], header=[*head, head[0]])
        said = f"kolumnen står flera gånger: {head[0]}"
        yield Case(
            name=f"{extract} med en kolumn två gånger", write=_file(f"{extract}.csv", twice), outcome=REFUSED, said=said
        )


def structure() -> Iterator[Case]:
    whole = text(rows_of("intyg"))
    head, *lines = whole.splitlines()
    trailing = "\n".join(f"{line};" for line in [head, *lines]) + "\n"
    for name, content, said in (
        ("rubriker i annan ordning", text([dict(reversed(row.items())) for row in rows_of("intyg")]), ""),
        ("rubriker med versaler och mellanslag", whole.replace(head, head.upper().replace(";", " ; ")), ""),
        ("rubriker med bindestreck", whole.replace(head, head.replace("_", "-")), ""),
        ("avgränsare sist på varje rad", trailing, ""),
        ("avgränsare sist på raderna men inte i rubriken", trailing.replace(f"{head};", head), ""),
        ("titelrader ovanför", f"Utdrag ur journalen\n\n{whole}", ""),
        ("sep=;", f"sep=;\n{whole}", ""),
        ("citerade celler", whole.replace(";", '";"').replace("\n", '"\n"')[:-1].join(['"', ""]), ""),
        ("radbrytning i en citerad cell", _changed("intyg", diagnos="F43\n8A"), ""),
        ("tomma rader sist", whole + "\n\n", ""),
        ("tom fil", "", "filen är tom"),
        ("bara rubriker", head + "\n", "filen har inga rader"),
        ("utan rubriker", "\n".join(lines) + "\n", "rubrikraden saknas eller är en annan"),
        ("bara nollor", "\0" * 400, "intyg.csv: "),
        ("html i stället för csv", "<html><body>Logga in</body></html>\n<p>\n", "rubrikraden saknas"),
        ("en cell för lite", whole.replace(";K;", ";", 1), "fel antal kolumner"),
        ("en cell för mycket", whole.replace(";K;", ";K;K;", 1), "fel antal kolumner"),
        ("citattecken som inte slutar", whole.replace(";FK7804;", ';"FK7804;', 1), "intyg.csv: "),
        ("kolumn utan rubrik men med värden", text([row | {"": SECRET} for row in rows_of("intyg")]), "saknar rubrik"),
        ("utan radslut sist", whole[:-1], "sista raden saknar radslut"),
    ):
        yield Case(name=name, write=_file("intyg.csv", content), outcome=REFUSED if said else LOADED, said=said)
    for name, said in (
        ("intyg.doc", "filtypen läses inte"),
        ("sjukskrivningar.csv", "börjar inte med ett extrakts namn"),
    ):
        yield Case(name=name, write=_file(name, whole), outcome=REFUSED, said=said)


def truncated() -> Iterator[Case]:
    """Cut at each sixteenth, and at each byte of the last row."""
    whole = text(rows_of("intyg")).encode()
    last = len(whole.splitlines(keepends=True)[-1])
    for length in sorted({*(len(whole) * part // 16 for part in range(16)), *range(len(whole) - last + 1, len(whole))}):
        if not whole[:length].endswith(b"\n"):
            write = _file("intyg.csv", whole[:length])
            yield Case(name=f"avkortad vid {length}", write=write, outcome=REFUSED, said="intyg.csv: ")


def packed() -> Iterator[Case]:
    whole = gzip.compress(text(rows_of("intyg")).encode())
    yield Case(name="csv.gz", write=_file("intyg.csv.gz", whole), outcome=LOADED)
    for part in range(1, 8):
        write = _file("intyg.csv.gz", whole[: len(whole) * part // 8])
        yield Case(name=f"csv.gz avkortad {part}/8", write=write, outcome=REFUSED, said="intyg.csv.gz: ")
    for at in (12, len(whole) // 2, len(whole) - 6):
        damaged = bytearray(whole)
        damaged[at] ^= 4
        write = _file("intyg.csv.gz", bytes(damaged))
        yield Case(name=f"csv.gz med fel bit {at}", write=write, outcome=REFUSED, said="intyg.csv.gz: ")
    yield Case(name="parquet", write=_parquet, outcome=LOADED)
    for part in range(1, 4):
        yield Case(
            name=f"parquet avkortad {part}/4", write=lambda folder, part=part: _cut(_parquet(folder), part / 4),
            outcome=REFUSED, said="intyg.parquet: ",
        )  # fmt: skip


def _parquet(folder: Path) -> Path:
    source = _file("rader.txt", text(rows_of("intyg")))(folder)
    path = folder / "intyg.parquet"
    duckdb.read_csv(str(source), delimiter=";").write_parquet(str(path))
    source.unlink()
    return path


def _cut(path: Path, share: float) -> Path:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    return path


# Skatteverket's published test numbers, and reserve numbers made up by their rules
PERSONS = {
    "personnummer": (
        "19121212-1212", "191212121212", "121212-1212", "1212121212", "121212+1212", "701063-2391",
        "PNR191212121212"),
    "reservnummer": ("19121212K056", "991912000014", "191212321218"),
    "e-postadress": ("anna.test@exempel.se", "mailto:a@b.nu"),
    "telefonnummer": ("070-123 45 67", "+46701234567", "08-123 456", "0046 8 123 456"),
    "personnamn": ("Anna Svensson", "Svensson, Anna", "ERIK ANDERSSON"),
    "möjlig fritext": ("patienten mår sämre och har svårt att sova",),
}  # fmt: skip


def persons() -> Iterator[Case]:
    """What points out a person, in an identifier, in a code and in a column of few words."""
    for kind, values in PERSONS.items():
        for value in values:
            for column in ("patient_id", "diagnos", "typ"):
                write = _file("intyg.csv", _changed("intyg", **{column: value}))
                said = f"{kind} i kolumn {column}, 1 rader (rad 4)"
                yield Case(name=f"{kind} {value} i {column}", write=write, outcome=REFUSED, said=said)
    for value in ("SE2321000016-1001", "19121212-1213", "550e8400-e29b-41d4-a716-121212121212", "a191212121212bbbbbbb"):
        write = _file("intyg.csv", _changed("intyg", patient_id=value))
        yield Case(name=f"ingen person: {value}", write=write, outcome=LOADED)
    born = [row | {"patient_id": f"19{50 + at}0312"} for at, row in enumerate(rows_of("intyg"))]
    said = "födelsedatum i kolumn patient_id, 6 rader"
    yield Case(name="födelsedatum som pseudonym", write=_file("intyg.csv", text(born)), outcome=REFUSED, said=said)
    named = text(rows_of("enheter")).replace("Vårdcentralen", "Vårdcentralen Anna Lind")
    yield Case(name="en enhet får heta som en person", write=_file("enheter.csv", named), outcome=LOADED)
    headed = text([row | {"anna@exempel.se": "x"} for row in rows_of("intyg")])
    yield Case(
        name="e-post i rubriken", write=_file("intyg.csv", headed), outcome=REFUSED, said="rubrikraden innehåller"
    )


def workbooks() -> Iterator[Case]:
    rows = rows_of("intyg")
    cells = [list(rows[0]), *[list(row.values()) for row in rows]]
    titled = [["Utdrag 2024"], [], ["Skapat av", "systemet"], *cells]
    formula = [cells[0], [*cells[1][:-1], "=20+20"], *cells[2:]]
    outside = [cells[0], [*cells[1], SECRET], *cells[2:]]
    for name, content, said in (
        ("xlsx", cells, ""), ("xlsx med titelrader", titled, ""), ("xlsx med formel", formula, "formel på rad 2"),
        ("xlsx med celler utanför", outside, "celler utanför rubrikraden på rad 2"), ("tom xlsx", [], "intyg.xlsx: "),
    ):  # fmt: skip
        yield Case(name=name, write=_book(content), outcome=REFUSED if said else LOADED, said=said)
    yield Case(name="xlsx på andra bladet", write=_book(cells, behind="Läs mig"), outcome=LOADED)
    for part in range(1, 4):
        yield Case(
            name=f"xlsx avkortad {part}/4", write=lambda folder, part=part: _cut(_book(cells)(folder), part / 4),
            outcome=REFUSED, said="intyg.xlsx: ",
        )  # fmt: skip


def _book(rows: list[list[Any]], *, behind: str = "") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        if behind:
            sheet.append([behind])
            sheet = book.create_sheet("Data")
        for row in rows:
            sheet.append(row)
        book.save(folder / "intyg.xlsx")
        book.close()
        return folder / "intyg.xlsx"

    return write
