"""Counts of the sjukfall that the SQL returned, in the groups of a national report and under the national threshold."""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pandas as pd

from tests.conformance.questions import Directory

CASE = ["patient_nr", "sjukfall_nr"]
WHOLE = "Totalt"


@dataclass
class Answer:
    """What one question got: `sjukfall` one row per period and sjukfall; `varden` one row per period, sjukfall and
    matching certified period (for cross-sections)."""

    sjukfall: pd.DataFrame
    varden: pd.DataFrame


def answers(connection: duckdb.DuckDBPyConnection, number: int) -> list[Answer]:
    """The answers to questions 0 … number - 1, from the tables of pipelines.views.count_national."""
    places = (
        "diagnos.kapitel, diagnos.avsnitt, diagnos.kategori, diagnos.ren, diagnos.ar_underkod, diagnos.diagnosgrupp"
    )
    cases = connection.execute(
        f"""SELECT rad.*, {places}, diagnos.kod AS diagnos FROM nationell.sjukfall AS rad
        LEFT JOIN core.diagnoskod AS diagnos ON diagnos.diagnos_nr = rad.diagnos_nr"""
    ).df()
    values = connection.execute(
        f"""SELECT DISTINCT rad.fraga_nr, rad.period_nr, rad.vardgivare_id, rad.patient_nr, rad.sjukfall_nr,
            sjukfall.kon, rad.enhet_nr, rad.grad, {places}
        FROM nationell.matchande AS rad
        JOIN nationell.sjukfall AS sjukfall USING (fraga_nr, period_nr, patient_nr, sjukfall_nr)
        LEFT JOIN core.diagnoskod AS diagnos ON diagnos.diagnos_nr = rad.diagnos_nr"""
    ).df()
    by_case, by_value = dict(list(cases.groupby("fraga_nr"))), dict(list(values.groupby("fraga_nr")))
    return [Answer(by_case.get(nr, cases.iloc[:0]), by_value.get(nr, values.iloc[:0])) for nr in range(number)]


# A grouping gives every row a group and the finer group that the national threshold is applied to.
Grouping = Callable[[pd.DataFrame], tuple[pd.Series, pd.Series]]


def band(directory: Directory, kind: str, column: str) -> Grouping:
    """The national groups of a number; no group for numbers outside them."""

    def group(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        out = pd.Series(None, index=rows.index, dtype=object)
        for label, low, high in directory.bands[kind]:
            inside = (rows[column] >= (-1e9 if low is None else low)) & (
                rows[column] <= (1e9 if high is None else high)
            )
            out[inside] = label
        return out, out

    return group


def whole(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    out = pd.Series(WHOLE, index=rows.index, dtype=object)
    return out, out


def by_column(column: str, empty: str | None = None) -> Grouping:
    def group(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        out = rows[column].astype(object)
        out = out.where(out.notna(), empty)
        return out, out

    return group


def diagnosis_groups(labels: dict[str, str]) -> Grouping:
    """The seven groups; the threshold is applied to the chapters before they are summed."""

    def group(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        kept = rows["diagnosgrupp"].astype(object).where(rows["diagnosgrupp"].notna(), "okand").map(labels)
        fine = rows["kapitel"].astype(object).where(rows["kapitel"].notna(), "")
        return kept, fine

    return group


def codes(rows: pd.DataFrame) -> pd.Series:
    """The full code, or the category's group of unknown codes."""
    known = rows["ar_underkod"].map(lambda value: value is True or value == True, na_action="ignore")  # noqa: E712
    unknown = rows["kategori"].map(lambda category: f"Okänd kod inom {category}", na_action="ignore")
    return rows["ren"].astype(object).where(known == True, unknown)  # noqa: E712


def children(level: str, code: str) -> Grouping:
    """The nodes right below a chosen node of the tree; nothing for other diagnoses."""
    below = {"kapitel": "avsnitt", "avsnitt": "kategori", "kategori": "kod"}[level]

    def group(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        child = codes(rows) if below == "kod" else rows[below].astype(object)
        out = child.where(rows[level] == code, None)
        return out, out

    return group


def chosen(node: tuple[str, str], label: str) -> Grouping:
    """One node of the tree against everything else."""
    level, code = node

    def group(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        if level in ("kod", "okand_kod"):
            inside = codes(rows) == (code if level == "kod" else f"Okänd kod inom {code}")
        else:
            inside = rows[level] == code
        out = pd.Series(None, index=rows.index, dtype=object)
        out[inside.fillna(False).astype(bool)] = label
        return out, out

    return group


@dataclass
class Counts:
    """Sjukfall by period, group and sex, each 0 where nothing was counted."""

    cells: dict[tuple[int, object, str], int]
    periods: int

    def at(self, group: object, period: int, sex: str) -> int:
        return self.cells.get((period, group, sex), 0)

    def both(self, group: object, period: int) -> int:
        return self.at(group, period, "K") + self.at(group, period, "M")

    def groups(self) -> list:
        return list(dict.fromkeys(group for _, group, _ in self.cells))

    def everywhere(self, group: object) -> int:
        return sum(self.both(group, period) for period in range(self.periods))


def count(rows: pd.DataFrame, grouping: Grouping, periods: int, cutoff: int) -> Counts:
    """A cell of one care provider, sex and fine group below the cutoff is lost before anything is summed."""
    group, fine = grouping(rows)
    kept = rows[["period_nr", "vardgivare_id", "kon", *CASE]].assign(grupp=group, fin=fine)
    kept = kept[kept["grupp"].notna() & kept["kon"].isin(["K", "M"])].drop_duplicates()
    cell = ["period_nr", "vardgivare_id", "kon", "grupp", "fin"]
    sizes = kept.groupby(cell)["patient_nr"].transform("size")
    kept = kept[sizes >= cutoff].drop_duplicates(["period_nr", "kon", "grupp", *CASE])
    found = kept.groupby(["period_nr", "grupp", "kon"]).size()
    return Counts({key: int(value) for key, value in found.items()}, periods)
