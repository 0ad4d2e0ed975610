"""Compares the tables of the acceptance pages of Intygsstatistik, row by row."""

from dataclasses import dataclass
from datetime import date

from tests.conformance.counts import (
    WHOLE,
    Answer,
    Counts,
    Grouping,
    band,
    by_column,
    children,
    chosen,
    count,
    diagnosis_groups,
    whole,
)
from tests.conformance.deliver import NO_ID, spelt
from tests.conformance.questions import Directory, listed, periods

OTHERS, REST = "Övriga", "Andra "
NAMED_SECTIONS, LARGEST_SECTIONS = 7, 6
SEXES = {"men": "M", "women": "K"}
NO_CODE = "Utan giltig ICD-10 kod"


@dataclass
class Table:
    """One expected table under one set of filters, with what the product answered."""

    case: dict
    table: dict
    filters: dict
    prefix: str
    answer: Answer
    unfiltered: Answer
    directory: Directory
    labels: dict[str, str]

    def __post_init__(self):
        self.report = self.table["report"]
        self.series = self.table["shape"] == "time-series"
        self.periods = periods(date.fromisoformat(self.case["params"]["today"]), self.table, self.filters)
        thresholded = self.table["level"] in ("national", "region")
        self.cutoff = self.case["params"].get("cutoff") or 0 if thresholded else 0
        self._counted: dict[object, Counts] = {}
        self._shown: dict[object, Counts] = {}

    def counts(self, row: dict) -> Counts:
        """The counts of the report in the groups that the row is one of."""
        kind, grouping, several = _grouping(self, row)
        if kind not in self._counted:
            rows = self.answer.varden if several and not self.series else self.answer.sjukfall
            # the listings report tests the unit's sjukfall, not each sex by itself
            cutoff = 0 if self.report == LISTED else self.cutoff
            self._counted[kind] = count(rows, grouping, len(self.periods), cutoff)
            # a time series shows what has data before filters (a unit: any matching certificate), a cross-section what
            # it counts
            self._shown[kind] = self._counted[kind]
            if self.series:
                every = self.unfiltered.varden if self.report in UNITS else self.unfiltered.sjukfall
                self._shown[kind] = count(every, grouping, len(self.periods), cutoff)
        return self._counted[kind]

    def shown(self, row: dict) -> list:
        """The groups with data, where only those are shown."""
        self.counts(row)
        found = self._shown[_grouping(self, row)[0]]
        return sorted((group for group in found.groups() if found.everywhere(group)), key=str)

    def period(self, row: dict) -> int | None:
        """Which period a row is about; None = a month that the report does not show."""
        if not row.get("month") or not self.series:
            return 0
        months = [f"{first:%Y-%m}" for first, _ in self.periods]
        return months.index(row["month"]) if row["month"] in months else None


BANDS = {
    "aldersgrupp": ("alder", "alder"),
    "oversikt aldersgrupp": ("alder_oversikt", "alder"),
    "sjukskrivningslangd": ("langd", "langd_dagar"),
    "oversikt sjukskrivningslangd": ("langd", "langd_dagar"),
    "langa sjukfall": ("langd_lang", "langd_dagar"),
    "oversikt sjukskrivningslangd varden": ("langd_lang", "langd_dagar"),
    "intyg per sjukfall": ("intyg", "antal_intyg"),
    "sjukskrivningsgrad": ("grad", "grad"),
    "oversikt sjukskrivningsgrad": ("grad", "grad"),
}
DEGREES = ("sjukskrivningsgrad", "oversikt sjukskrivningsgrad")
LISTED = "sjukfall per listningar per enhet"
UNITS = ("sjukfall per enhet", LISTED)


def _grouping(table: Table, row: dict) -> tuple[object, Grouping, bool]:
    """(name, grouping, whether a sjukfall counts in several groups of a cross-section)."""
    report = table.report
    if report in BANDS:
        kind, column = BANDS[report]
        return kind, band(table.directory, kind, column), report in DEGREES
    if report in ("diagnosgrupp", "oversikt diagnos"):
        if row["group"] in table.directory.chapters:
            return "kapitel", by_column("kapitel", NO_CODE), True
        return "diagnosgrupp", diagnosis_groups(table.labels), True
    if report == "enskilt diagnoskapitel":
        level, code = table.directory.node(row["chosen_node"])
        return (level, code), children(level, code), True
    if report == "jamfor diagnoser":
        node = table.directory.node(row["group"])
        return node, chosen(node, row["group"]), True
    if report in UNITS:
        main = bool(row.get("by_main_unit"))
        return ("enhet", main), _units(table, main), True
    return WHOLE, whole, False


def _units(table: Table, main: bool) -> Grouping:
    directory, cut = table.directory, len(table.prefix)

    def name(number: int) -> str | None:
        unit = directory.name[directory.main[number] if main else number][cut:]
        return None if unit.endswith(spelt(NO_ID)) else unit

    def group(rows):
        out = rows["enhet_nr"].map(name).astype(object)
        return out, out

    return group


def compare(table: Table, row: dict) -> list[tuple[str, object, object]]:
    """(measure, expected, got) for everything in the row that differs; None = not shown."""
    counts, at = table.counts(row), table.period(row)
    group = _group(table, counts, row)
    got = _absent(row) if at is None or group is None else _numbers(table, counts, group, at, row)
    wrong = []
    for measure, value in got.items():
        if measure in row and row[measure] != value:
            wrong.append((measure, row[measure], value))
    return wrong


MEASURES = ("men", "women", "total", "group_total", "count", "change_percent", "value", "per_1000_listed")


def _absent(row: dict) -> dict[str, None]:
    return dict.fromkeys(measure for measure in MEASURES if measure in row)


def _group(table: Table, counts: Counts, row: dict) -> object:
    """The counted group that the row's label names, or None when the report does not show it."""
    label = row.get("group")
    if table.report in UNITS:
        name = spelt(label.split(" ")[-1]) if label else ""
        return name if name in table.shown(row) else None
    if table.report in ("sjukfall totalt", "langa sjukfall", "oversikt per kon", "oversikt sjukskrivningslangd varden"):
        return "Mer än 90 dagar" if "langd" in table.report or "langa" in table.report else WHOLE
    if label.startswith(REST):
        return label
    if table.report == "enskilt diagnoskapitel":
        return _section(table, counts, row)
    found = match(label, _possible(table, counts, row))
    return None if found == NO_CODE and found not in table.shown(row) else found


def _section(table: Table, counts: Counts, row: dict) -> str | None:
    shown = table.shown(row)
    if table.table["view"] == "chart" and len(shown) > NAMED_SECTIONS:
        shown = [*_largest(counts, shown), OTHERS]
    return match(row["group"], shown)


def _largest(counts: Counts, groups: list) -> list:
    return sorted(groups, key=lambda group: -counts.everywhere(group))[:LARGEST_SECTIONS]


def _possible(table: Table, counts: Counts, row: dict) -> list:
    """Every group of the report, also those that nothing was counted in."""
    if table.report in BANDS:
        return [label for label, _, _ in table.directory.bands[BANDS[table.report][0]]]
    if table.report == "jamfor diagnoser":
        return [row["group"]]
    return [*table.labels.values(), *sorted(table.directory.chapters)]


def match(label: str, full: list) -> str | None:
    """The full label that a shortened one stands for."""
    exact = [name for name in full if name == label]
    begins = [name for name in full if str(name).startswith(label)]
    ends = [name for name in full if str(name).endswith(label)]
    return next(iter([*exact, *begins, *ends]), None)


def _numbers(table: Table, counts: Counts, group: object, at: int, row: dict) -> dict[str, object]:
    """Everything that the report says about a group in a period."""
    sexes = {name: _sum(table, counts, group, at, sex) for name, sex in SEXES.items()}
    both = sum(sexes.values())
    got: dict[str, object] = dict(sexes)
    got["group_total"] = got["count"] = both
    got["total"] = sum(counts.both(every, at) for every in counts.groups()) if table.series else both
    if table.report == LISTED:
        got["per_1000_listed"] = _per_listed(table, group, both)
    if len(table.periods) > 1 and not table.series:
        then = sum(_sum(table, counts, group, 1, sex) for sex in SEXES.values())
        got["change_percent"] = int(100 * (both - then) / then) if then else 0
        got["value"] = _overview(row["group"], sexes, both)
    return got


def _sum(table: Table, counts: Counts, group: object, at: int, sex: str) -> int:
    if group == OTHERS:
        named = _largest(counts, sorted((one for one in counts.groups() if counts.everywhere(one)), key=str))
        return sum(counts.at(one, at, sex) for one in counts.groups() if one not in named)
    if str(group).startswith(REST):  # what the page does not name by itself
        known = [row["group"] for row in table.table["rows"] if not row["group"].startswith(REST)]
        named = [match(label, counts.groups()) for label in known]
        return sum(counts.at(one, at, sex) for one in counts.groups() if one not in named)
    return counts.at(group, at, sex)


def _overview(name: str, sexes: dict[str, int], both: int) -> int:
    share = {"proportionMale": "men", "proportionFemale": "women"}.get(name)
    return both if share is None else round(100 * sexes[share] / both) if both else 0


def _per_listed(table: Table, unit: object, both: int) -> float | None:
    numbers = {spelt(one["unit"]): one.get("listed") for one in listed(table.case, table.table)}
    return round(1000 * both / numbers[unit], 2) if both >= max(1, table.cutoff) and numbers.get(unit) else None
