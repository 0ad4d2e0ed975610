"""The report on one delivered file that a data steward can mail to its sender: text and HTML, rules and row numbers, never
a value."""

from dataclasses import dataclass
from html import escape

from pipelines.access import reading
from pipelines.errors import DeliveryError
from pipelines.settings import Settings

ROWS_NAMED = 20
STATUS = {
    "inlast": "Filen är inläst.", "dubblett": "Filen är redan inläst: den är byte för byte densamma som en tidigare.",
    "avvisad": "Filen är avvisad. Ingenting ur den är inläst.",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What is said: a heading, sentences, and tables of a heading row and rows of texts."""

    title: str
    said: tuple[str, ...]
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def receipt(settings: Settings, number: int) -> Receipt:
    """The account of the file with that number in the ledger. Raises DeliveryError where there is none."""
    with reading(settings) as connection:
        found = connection.execute(
            """SELECT filnamn, extrakt, avsandare, mottagen, status, orsak, kontrollsummor, rader_in, inlasta, dubbletter,
                karantan, indragna, sha256 FROM ledger.leverans WHERE leverans_nr = $nr""",
            {"nr": number},
        )
        names = [column[0] for column in found.description or ()]
        rows = found.fetchall()
        if not rows:
            raise DeliveryError(f"Leverans {number} finns inte.", advice="Se leveranserna: sjukvy status")
        file = dict(zip(names, rows[0], strict=True))
        rules = connection.execute(
            "SELECT kolumn, regel, rader, rad_nr FROM ledger.brist WHERE leverans_nr = $nr ORDER BY rader DESC, kolumn, regel",
            {"nr": number},
        ).fetchall()
        odd = connection.execute(
            """SELECT enhet, manad, forra, nu, coalesce(godkand_av, 'väntar') FROM ledger.avvikelse WHERE leverans_nr = $nr
            ORDER BY enhet, manad""",
            {"nr": number},
        ).fetchall()
    return _receipt(number, file, rules, odd)


def _receipt(number: int, file: dict, rules: list[tuple], odd: list[tuple]) -> Receipt:
    said = [
        f"Fil: {file['filnamn']} ({file['extrakt']}), mottagen {file['mottagen']:%Y-%m-%d %H:%M} UTC, "
        f"avsändare {file['avsandare'] or 'ej angiven'}.",
        f"Kontrollsumma (sha256): {file['sha256']}.",
        STATUS[file["status"]],
    ]
    if file["orsak"]:
        said += [f"Skäl: {reason}." for reason in file["orsak"].split("; ")]
    if file["status"] != "avvisad":
        said.append(
            f"Rader: {file['rader_in']} mottagna = {file['inlasta']} inlästa + {file['dubbletter']} redan inlästa + "
            f"{file['karantan']} i karantän."
        )
        if not file["kontrollsummor"]:
            said.append("Leveransen saknar leverans.toml med antal rader: en avkortad fil hade inte säkert upptäckts.")
    if file["indragna"]:
        said.append(f"{file['indragna']} tidigare rader saknades i leveransen och är indragna.")
    if rules:
        said.append(
            "Raderna i karantän ingår inte i statistiken förrän felet är rättat hos er och raderna levererade igen."
        )
    tables: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    if rules:
        body = [(column, rule, str(count), _places(places, count)) for column, rule, count, places in rules]
        tables.append(("Rader i karantän", (("kolumn", "regel", "rader", "radnummer i filen"), *body)))
    if odd:
        odd_rows = [tuple(map(str, row)) for row in odd]
        head = ("enhet", "månad", "rader förra gången", "rader nu", "godkänd av")
        tables.append(("Avviker från förra leveransen", (head, *odd_rows)))
    return Receipt(title=f"Kvitto på leverans {number} till Sjukvy", said=tuple(said), tables=tuple(tables))


def _places(rows: list[int], count: int) -> str:
    named = ", ".join(map(str, rows[:ROWS_NAMED]))
    return f"{named} …" if count > ROWS_NAMED else named


def as_text(made: Receipt) -> str:
    """For a mail in plain text."""
    lines = [made.title, "=" * len(made.title), "", *made.said]
    for name, (head, *body) in made.tables:
        lines += ["", name, "-" * len(name)]
        lines += [f"- {'; '.join(f'{label}: {cell}' for label, cell in zip(head, row, strict=True))}" for row in body]
    return "\n".join(lines) + "\n"


def as_html(made: Receipt) -> str:
    """A page of its own, without anything fetched from elsewhere."""
    parts = [f"<h1>{escape(made.title)}</h1>", *(f"<p>{escape(sentence)}</p>" for sentence in made.said)]
    for name, (head, *body) in made.tables:
        parts.append(f"<table><caption>{escape(name)}</caption><thead><tr>")
        parts += [f'<th scope="col">{escape(label)}</th>' for label in head]
        parts.append("</tr></thead><tbody>")
        parts += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in body]
        parts.append("</tbody></table>")
    style = (
        "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
        "table{border-collapse:collapse;margin:1.5rem 0}caption{font-weight:700;text-align:left}"
        "th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    )
    return (
        f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{escape(made.title)}</title>'
        f"<style>{style}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )
