"""From an expected table, its viewer and a row's filters to a question of pipelines.views.National."""

import json
import re
from calendar import monthrange
from datetime import date, timedelta

import duckdb

from pipelines.views import National
from tests.conformance.deliver import spelt

WHOLE = ((date(1900, 1, 1), date(2999, 12, 31)),)
MONTHS = {"time-series": 18, "cross-section": 12}
OVERVIEW = 3


class Directory:
    """The units, diagnoses and bounds of one warehouse."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        units = connection.execute("SELECT enhet_id, enhet_nr, vardenhet_nr FROM core.enhet").fetchall()
        self.unit = {unit: number for unit, number, _ in units}
        self.name = {number: unit for unit, number, _ in units}
        self.main = {number: main for _, number, main in units}
        self.chapters = {row[0] for row in connection.execute("SELECT kapitel FROM core.diagnosavsnitt").fetchall()}
        self.sections = {row[0] for row in connection.execute("SELECT avsnitt FROM core.diagnosavsnitt").fetchall()}
        self.bands: dict[str, list[tuple[str, int | None, int | None]]] = {}
        for kind, label, low, high in connection.execute(
            "SELECT indelning, etikett, fran, till FROM core.nationella_grupper ORDER BY indelning, ordning"
        ).fetchall():
            self.bands.setdefault(kind, []).append((label, low, high))

    def units(self, prefix: str, names: list[str]) -> tuple[int, ...]:
        """The units with these names and those that belong to them."""
        chosen = {self.unit[prefix + spelt(name)] for name in names if prefix + spelt(name) in self.unit}
        return tuple(sorted(number for number, main in self.main.items() if number in chosen or main in chosen))

    def node(self, code: str) -> tuple[str, str]:
        """(level, code) of a node in the tree of diagnoses, as pipelines.views takes it."""
        if code in self.chapters:
            return ("kapitel", code)
        if code in self.sections:
            return ("avsnitt", code)
        clean = re.sub(r"[\s.\-]", "", code).upper()
        unknown = re.search(r"Okänd kod inom ([A-Z]\d\d)", code) or re.fullmatch(r"([A-Z]\d\d)(INTERN|.{3,})", clean)
        if unknown:
            return ("okand_kod", unknown[1])
        return ("kategori" if len(clean) == 3 else "kod", clean)

    def bounds(self, kind: str, labels: list[str]) -> tuple[tuple[int | None, int | None], ...]:
        return tuple((low, high) for label, low, high in self.bands[kind] if label in labels)


def key(row: dict) -> str:
    """Rows with the same filters share a question."""
    return json.dumps(row.get("filters") or {}, sort_keys=True)


def question(directory: Directory, prefix: str, case: dict, table: dict, filters: dict) -> National:
    """The question that a table's viewer asks under these filters."""
    providers = tuple(sorted({prefix + spelt(row.get("vardgivare") or "vg1") for row in case["certificates"]}))
    own = prefix + spelt((table.get("viewer") or {}).get("care_provider"))
    if table["level"] == "verksamhet" and (own in providers or not isinstance(table["viewer"]["units"], list)):
        providers = (own,)  # where the case has a provider of its own ("fvg1"), the viewer's units alone decide
    nodes = [*filters.get("chapters", []), *filters.get("sections", []), *filters.get("categories", [])]
    nodes += filters.get("codes", [])
    return National(
        vardgivare=providers,
        perioder=periods(date.fromisoformat(case["params"]["today"]), table, filters),
        enheter=_seen(directory, prefix, case, table, filters),
        diagnoser=tuple(directory.node(node) for node in nodes) or None,
        aldrar=directory.bounds("alder", filters["age_groups"]) if filters.get("age_groups") else None,
        langder=directory.bounds("langd", filters["length_groups"]) if filters.get("length_groups") else None,
    )


def _seen(directory: Directory, prefix: str, case: dict, table: dict, filters: dict) -> tuple[int, ...] | None:
    seen = None
    if table["level"] == "region":
        seen = directory.units(prefix, [row["unit"] for row in listed(case, table)])
    elif table["level"] == "verksamhet" and isinstance(table["viewer"]["units"], list):
        seen = directory.units(prefix, table["viewer"]["units"])
    if filters.get("units"):
        chosen = directory.units(prefix, filters["units"])
        seen = chosen if seen is None else tuple(unit for unit in chosen if unit in seen)
    return seen


def listed(case: dict, table: dict) -> list[dict]:
    """The uploaded list of the viewer's region."""
    owner = spelt(table["viewer"]["care_provider"])
    lists = case["params"].get("region_lists") or []
    return [row for one in lists if spelt(one["uploaded_for"]) == owner for row in one["rows"]]


def month(day: date, step: int) -> tuple[date, date]:
    """First and last day of the month `step` months from the day's own."""
    number = day.year * 12 + day.month - 1 + step
    year, at = divmod(number, 12)
    return date(year, at + 1, 1), date(year, at + 1, monthrange(year, at + 1)[1])


def periods(today: date, table: dict, filters: dict) -> tuple[tuple[date, date], ...]:
    """The months of a time series, or the one period of a cross-section; an overview also has the year before."""
    if table["shape"].startswith("overview"):
        first, last = month(today, -OVERVIEW)[0], month(today, -1)[1]
        return ((first, last), (month(first, -12)[0], month(last, -12)[1]))
    last_step = -1 if table["level"] == "national" else 0
    first, last = month(today, last_step - MONTHS[table["shape"]] + 1)[0], month(today, last_step)[1]
    if filters.get("from"):
        first = month(date.fromisoformat(filters["from"]), 0)[0]
        last = month(date.fromisoformat(filters["to"]), 0)[1]
    return split(first, last) if table["shape"] == "time-series" else ((first, last),)


def split(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The calendar months from first to last."""
    out = []
    while first <= last:
        out.append(month(first, 0))
        first = out[-1][1] + timedelta(days=1)
    return tuple(out)
