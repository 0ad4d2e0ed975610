"""Compares the special orders: first certificates, sjukfall that ended in a year, one diagnosis throughout, and the
monthly report of a region. They are sums over core.sjukfall and core.sjukfall_period, and over the national counting.

The contract delivers the age on a certificate's last day and no birth date, so mean ages on other days are made here
from the sjukfall that the SQL selects and the birth dates that the case holds.
"""

import re
import statistics
from datetime import date, timedelta

import duckdb
import pandas as pd

from pipelines.views import National
from tests.conformance.counts import Answer, band, count
from tests.conformance.deliver import birth, spelt, years
from tests.conformance.questions import Directory, month

BREAST_CANCER = "C50"  # the order with a first diagnosis is about breast cancer
SEXES = {"MALE": ("M",), "FEMALE": ("K",), "BOTH": ("K", "M")}
PERIODS = """SELECT rad.*, gallande.intyg_id, diagnos.kategori, diagnos.ren
    FROM core.sjukfall_period AS rad
    JOIN (SELECT DISTINCT patient_nr, intyg_nr, intyg_id FROM core.intyg_gallande) AS gallande USING (patient_nr, intyg_nr)
    JOIN core.patient AS patient USING (patient_nr)
    LEFT JOIN core.diagnoskod AS diagnos USING (diagnos_nr)
    WHERE starts_with(patient.patient_id, ?) ORDER BY rad.patient_nr, rad.plats"""
CHAINS = """SELECT rad.* FROM core.sjukfall AS rad JOIN core.patient AS patient USING (patient_nr)
    WHERE starts_with(patient.patient_id, ?) ORDER BY rad.patient_nr, rad.sjukfall_nr"""
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def year_before(case: dict) -> tuple[date, date]:
    year = int(case["params"]["today"][:4]) - 1
    return date(year, 1, 1), date(year, 12, 31)


class Chains:
    """The sjukfall of one case with their periods."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, prefix: str, case: dict, gap: int):
        self.periods = connection.execute(PERIODS, [prefix]).df()
        self.cases = connection.execute(CHAINS, [prefix]).df()
        self.today = pd.Timestamp(case["params"]["today"])
        self.first, self.last = map(pd.Timestamp, year_before(case))
        self.gap = gap

    def of(self, row) -> pd.DataFrame:
        every = self.periods
        return every[(every["patient_nr"] == row["patient_nr"]) & (every["sjukfall_nr"] == row["sjukfall_nr"])]

    def ended_in_year(self) -> pd.DataFrame:
        return self.cases[self.cases["sista_dag"].between(self.first, self.last)]

    def first_certificates(self) -> pd.DataFrame:
        """One row per certificate that begins a sjukfall and is valid in the year: code, kon, lan and days."""
        rows = []
        for begun in self.periods[self.periods["ar_forsta"]].drop_duplicates(["patient_nr", "intyg_nr"]).itertuples():
            every = self.periods[
                (self.periods["patient_nr"] == begun.patient_nr) & (self.periods["intyg_nr"] == begun.intyg_nr)
            ]
            if ((every["fran"] <= self.last) & (every["tom"] >= self.first)).any():
                rows.append((begun.ren or "", begun.kon, begun.lan_nr, len(days(every))))
        return pd.DataFrame(rows, columns=["kod", "kon", "lan", "dagar"])

    def finished(self) -> pd.DataFrame:
        """One row per finished sjukfall: codes in order, kon, lan and length."""
        rows = []
        ended = self.cases[self.cases["sista_dag"] + timedelta(days=self.gap) < self.today]
        for _, row in ended.iterrows():
            periods = self.of(row)
            last = periods.iloc[-1]
            rows.append((list(periods["ren"].fillna("")), last["kon"], int(last["lan_nr"]), int(row["langd_dagar"])))
        return pd.DataFrame(rows, columns=["koder", "kon", "lan", "dagar"])


def days(periods: pd.DataFrame) -> list[pd.Timestamp]:
    """The distinct days of the periods, in order."""
    every: set[pd.Timestamp] = set()
    for period in periods.itertuples():
        every |= set(pd.date_range(period.fran, period.tom))
    return sorted(every)


def insurance(chains: Chains, row: dict) -> dict[str, object]:
    """rapporten forsakringskassan: F32 is the code alone, F32+ with its sub-codes."""
    rows, group = chains.first_certificates(), row["group"]
    if group.endswith("+"):
        rows = rows[rows["kod"].str.startswith(group[:-1])]
    elif group != "Alla":
        rows = rows[rows["kod"] == group]
    rows = rows[rows["kon"].isin(SEXES[row["sex_key"]]) & (rows["lan"] == int(row["county_key"]))]
    return {
        "n": len(rows),
        "mean_days": round(float(rows["dagar"].mean()), 2) if len(rows) else 0.0,
        "median_days": float(rows["dagar"].median()) if len(rows) else 0.0,
    }


def welfare(chains: Chains, row: dict) -> dict[str, object]:
    """socialstyrelsen: is there such a sjukfall, with the diagnosis throughout (or breast cancer first)?"""
    rows, code = chains.finished(), row["group"]
    if row.get("first_diagnosis_variant"):
        fits = [codes[0].startswith(BREAST_CANCER) and codes[-1].startswith(code) for codes in rows["koder"]]
    else:
        fits = [all(one.startswith(code) for one in codes) for codes in rows["koder"]]
    rows = rows[pd.Series(fits, index=rows.index, dtype=bool)]
    measures = ("length_days", "sex", "county")
    if row["length_days"] is not None:
        rows = rows[
            rows["kon"].isin(SEXES[row["sex"]])
            & (rows["lan"] == int(row["county"]))
            & (rows["dagar"] == row["length_days"])
        ]
    return {name: row[name] if len(rows) and row["length_days"] is not None else None for name in measures} | (
        {"length_days": int(rows["dagar"].iloc[0])} if len(rows) else {}
    )


def spread(chains: Chains, row: dict, measure: str) -> dict[str, object]:
    """Median, or standard deviation of the whole group, of the length of sjukfall with one diagnosis throughout."""
    rows = chains.finished()
    rows = rows[[all(code.startswith(row["group"]) for code in codes) for codes in rows["koder"]]]
    parts = {"total": rows, "women": rows[rows["kon"] == "K"], "men": rows[rows["kon"] == "M"]}
    parts |= {name: rows[rows["lan"] == int(name[-2:])] for name in row if name.startswith("county")}
    of = statistics.median if measure == "median" else statistics.pstdev
    return {name: float(of(part["dagar"])) if len(part) else None for name, part in parts.items()}


def lengths(chains: Chains, directory: Directory, row: dict) -> dict[str, object]:
    """Sjukfall that ended in the year by length, or a line of the ranking of diagnoses on a day."""
    ranked = re.match(r"Vanligaste diagnos i sjukfall (91-180|över 180) dagar #(\d+)", row["group"])
    ended = chains.ended_in_year()
    if not ranked:
        group = row["group"]
        low, high = next((low, high) for label, low, high in directory.bands["langd_ar"] if label == group)
        return {"count": int(ended["langd_dagar"].between(low or 0, high or 10**9).sum())}
    long = ranked[1] != "91-180"
    cases = ended[ended["langd_dagar"].between(181, 10**9) if long else ended["langd_dagar"].between(91, 180)]
    found = [_diagnosis_on(chains.of(case), 181 if long else 91) for _, case in cases.iterrows()]
    order = sorted(dict.fromkeys(found), key=lambda code: -found.count(code))
    at = int(ranked[2]) - 1
    if at >= len(order):
        return {"count": None, "group": None}
    number = found.count(order[at])
    said = f"{ranked[0]} är {order[at]} med {number} förekomster ({100 * number / len(found):.1f}% av {len(found)})"
    return {"group": said, "count": 0}  # the answer is in the label; the number there is a placeholder


def _diagnosis_on(periods: pd.DataFrame, day: int) -> str:
    """The three characters of the diagnosis that the latest begun certificate gives on the day-th certified day."""
    when = days(periods)[day - 1]
    return str(periods[(periods["fran"] <= when) & (periods["tom"] >= when)].iloc[-1]["kategori"])


class Region:
    """specialrapporten skane: every row is the national counting of one unit in one month, day or year."""

    PATTERN = re.compile(
        r"(?P<what>Antal nya sjukfall|Antal pågående sjukfall per den 25e|Antal pågående sjukfall"
        r"|Antal unika individer i pågående sjukfall|Genomsnittlig ålder för nya sjukfall"
        r"|Genomsnittlig ålder för pågående sjukfall)"
        r"(?: med (?P<dx>[FM])-diagnos| med (?P<other>övriga) diagnoser)?(?: med sjukskrivningsgrad (?P<grade>\d+))?"
        r"(?: (?P<length>\S+ dagar))?(?: (?P<sex>kvinnor|män))?"
        r" (?:(?P<month>[a-z]{3}) (?P<year>\d{4})|(?P<from>\d{4}-\d\d-\d\d) - (?P<to>\d{4}-\d\d-\d\d))$"
    )

    def __init__(self, directory: Directory, prefix: str, case: dict):
        self.directory, self.prefix, self.case = directory, prefix, case

    def question(self, row: dict) -> National:
        said = self.PATTERN.match(row["group"])
        return National(
            vardgivare=tuple(sorted({self.prefix + spelt(one["vardgivare"]) for one in self.case["certificates"]})),
            perioder=(self._period(said),),
            enheter=self.directory.units(self.prefix, [row["unit"]]),
        )

    def _period(self, said: re.Match) -> tuple[date, date]:
        if said["from"]:
            return date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
        first, last = month(date(int(said["year"]), MONTHS.index(said["month"]) + 1, 1), 0)
        return (first.replace(day=25),) * 2 if "25e" in said["what"] else (first, last)

    def value(self, connection: duckdb.DuckDBPyConnection, answer: Answer, row: dict) -> object:
        said = self.PATTERN.match(row["group"])
        first, last = map(pd.Timestamp, self._period(said))
        rows = self._chosen(answer.sjukfall, said)
        if " nya " in said["what"]:
            rows = rows[rows["start_datum"].between(first, last)]
        if said["what"].startswith("Genomsnittlig"):
            return self._mean_age(connection, rows, said, last)
        if said["length"]:
            grouping = band(self.directory, "langd_dag", "dagar_hittills")
            found = count(rows, grouping, 1, 0)
            return found.both(said["length"], 0)
        return rows["patient_nr"].nunique() if "unika" in said["what"] else len(rows)

    @staticmethod
    def _chosen(rows: pd.DataFrame, said: re.Match) -> pd.DataFrame:
        chapter = rows["kapitel"].fillna("").str[0] if len(rows) else pd.Series(dtype=str)
        if said["dx"]:
            rows = rows[chapter == said["dx"]]
        elif said["other"]:
            rows = rows[~chapter.isin(["F", "M"])]
        if said["grade"]:
            rows = rows[rows["grad"] == int(said["grade"])]
        return rows[rows["kon"] == {"kvinnor": "K", "män": "M"}[said["sex"]]] if said["sex"] else rows

    def _mean_age(self, connection, rows: pd.DataFrame, said: re.Match, last: pd.Timestamp) -> float | None:
        """Of new sjukfall on their first day, of ongoing ones on their last day within the period."""
        names = dict(connection.execute("SELECT patient_nr, patient_id FROM core.patient").fetchall())
        born = {one["patient"]: birth(one["birth_date"].replace("-", "")) for one in self.case["certificates"]}
        ages = []
        for one in rows.itertuples():
            when = one.start_datum if " nya " in said["what"] else min(one.slut_datum, last)
            ages.append(years(born[names[one.patient_nr].removeprefix(self.prefix)], when.date()))
        return float(sum(ages) // len(ages)) if ages and sum(ages) % len(ages) == 0 else _mean(ages)


def _mean(ages: list[int]) -> float | None:
    return round(sum(ages) / len(ages), 2) if ages else None
