"""What the product says of every invented unit: its own functions on its own tables. Small cells are hidden as in a
release; what is hidden only because of others is not, for the units share nothing."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd

from benchmarks.coverage.population import BANDS, SEXES
from pipelines.compute.count import count_cells, rates, shares
from pipelines.compute.curve import count_events
from pipelines.compute.curve_rows import curves
from pipelines.compute.distribution import distribution_cells, distributions
from pipelines.compute.gap import count_gaps, curve_gaps, distribution_gaps
from pipelines.compute.mix import mixes
from pipelines.compute.occupation import occupation, shown_states
from pipelines.compute.pairs import pair_figures
from pipelines.compute.protect import DISTRIBUTION_PERSONS
from pipelines.compute.windows import cohorts, make_nodes
from pipelines.disclosure.curves import too_small
from pipelines.settings import Settings
from pipelines.stats.days import DaySums, rate_of_days
from pipelines.stats.standardisation import directly_standardised_persons, indirectly_standardised
from schemas.measures import MEASURES, with_parts

STOCK, YEAR, ENDED, FOLLOWED = "2025-09", "2025-12", "2025-09", "2025-06"  # the periods that are judged
PARTS = with_parts(MEASURES)
COLUMNS = ["figure", "who", "unit", "value", "lower", "upper"]
GAPS = {"skillnad": "differens", "kvot": "kvot"}
PER = 1_000
MOST_CASES = 12  # of a person in a year


def figures(connection: duckdb.DuckDBPyConnection, listed: int) -> pd.DataFrame:
    """COLUMNS, one row for every figure (a key of truth.TRUTHS), sex or contrast, and unit that the product gives a value."""
    nodes = make_nodes(connection)
    connection.execute("DELETE FROM nod WHERE enhet_id LIKE 'region:%'")
    nodes = nodes[nodes["niva"] == "enhet"].reset_index(drop=True)
    parts = [
        *_counts(connection, nodes), *_curves(connection, nodes), *_states(connection, nodes),
        *_days(connection, listed), *_standardised(connection, listed),
    ]  # fmt: skip
    found = pd.concat(parts, ignore_index=True)
    return found.assign(unit=found["unit"].str[-6:].astype(int))[COLUMNS]


def _counts(connection: duckdb.DuckDBPyConnection, nodes: pd.DataFrame) -> Iterator[pd.DataFrame]:
    settings, cells = Settings(), {}
    for name in ("startade", "pagaende", "andel_partiell", "malgrupp", "kaskad.insats", "avslutade"):
        cells[name] = _bare_cells(connection, name, nodes)
    values = {name: rates(cells[name], PARTS[name], least_listed=50) for name in ("startade", "pagaende")}
    for name, whole in (("andel_partiell", "pagaende"), ("kaskad.insats", "malgrupp")):
        values[name] = shares(cells[name], cells[whole], PARTS[name])
    periods = {"startade": YEAR, "pagaende": STOCK, "andel_partiell": STOCK, "kaskad.insats": FOLLOWED}
    for name, period in periods.items():
        chosen = values[name][(values[name]["period"] == period) & values[name]["periodtyp"].isin(["r12", "manad"])]
        chosen = chosen[(chosen["periodtyp"] == "r12") == (name in ("startade", "kaskad.insats"))]
        gaps = count_gaps(chosen, PARTS[name])
        yield from _told(chosen, gaps, name)
        if name != "kaskad.insats":
            whole = PARTS["pagaende"] if name == "andel_partiell" else None
            yield _apart(mixes(connection, _bare(name), whole, gaps, settings), name)
    spread = MEASURES["langd_avslutade"]
    ended = distribution_cells(cells["avslutade"], PARTS["avslutade"])
    ended = ended.assign(dold=ended["personer"] < DISTRIBUTION_PERSONS)
    rows = distributions(connection, spread, PARTS["avslutade"], ended)
    rows = rows[rows["period"] == ENDED]
    for statistic in ("medel", "median"):
        of = rows[rows["grupp"] == statistic]
        yield from _told(of, distribution_gaps(of, spread), f"langd_avslutade.{statistic}")


def _bare(name: str):
    """The measure as it is, without its groups."""
    return replace(PARTS[name], breakdowns=())


def _bare_cells(connection: duckdb.DuckDBPyConnection, name: str, nodes: pd.DataFrame) -> pd.DataFrame:
    cells = count_cells(connection, _bare(name), nodes)
    return cells.assign(dold=cells["personer"] < Settings().threshold)


def _told(values: pd.DataFrame, gaps: pd.DataFrame, figure: str) -> Iterator[pd.DataFrame]:
    own = values[values["kon"].isin(SEXES)]
    yield _frame(own["enhet_id"], figure, own["kon"], own["varde"], own["nedre"], own["ovre"])
    yield from _contrasts(gaps, figure)


def _contrasts(gaps: pd.DataFrame, figure: str) -> Iterator[pd.DataFrame]:
    for who, name in GAPS.items():
        yield _frame(gaps["enhet_id"], figure, who, gaps[name], gaps[f"{name}_nedre"], gaps[f"{name}_ovre"])


def _apart(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return _frame(rows["enhet_id"], f"uppdelning.{name}", rows["del"], rows["varde"], rows["nedre"], rows["ovre"])


def _frame(unit, figure, who, value, lower, upper) -> pd.DataFrame:
    parts = {"unit": unit, "value": value, "lower": lower, "upper": upper}
    frame = pd.DataFrame({name: np.asarray(part) for name, part in parts.items()})
    return frame.assign(figure=figure, who=who if isinstance(who, str) else np.asarray(who))


def _curves(connection: duckdb.DuckDBPyConnection, nodes: pd.DataFrame) -> Iterator[pd.DataFrame]:
    settings = Settings()
    for name, days in (("atergang", (30, 90, 180)), ("tackning", (60,))):
        measure = replace(PARTS[name], breakdowns=())
        whole = cohorts(connection, measure.needs)
        cells = count_events(connection, measure, nodes, whole[whole["period"] == YEAR])
        cells = cells.assign(dold=too_small(cells, persons=settings.curve_persons, events=settings.curve_events))
        rows = curves(connection, measure, cells, nodes, settings)
        own = rows[(rows["orsak_id"] == measure.event.id) & rows["kon"].isin(SEXES)]
        gaps = curve_gaps(rows, measure)
        for day in days:
            at = own[(own["dag"] == day) & (own["utfall"] == "tal")]
            figure = f"{name}.{day}"
            yield _frame(at["enhet_id"], figure, at["kon"], at["andel"], at["nedre"], at["ovre"])
            yield from _contrasts(gaps[gaps["dag"] == day], figure)
        yield from _quantities(pair_figures(connection, measure, cells, rows, nodes, settings), name)


def _quantities(tables: tuple[pd.DataFrame, pd.DataFrame], name: str) -> Iterator[pd.DataFrame]:
    for quantity, day in (("median", -1), ("medeldagar", 90), ("standard", 90)):
        values, gaps = (one[(one["storhet"] == quantity) & (one["dag"] == day)] for one in tables)
        if name == "atergang":
            yield from _told(values, gaps, f"atergang.{quantity}")


def _states(connection: duckdb.DuckDBPyConnection, nodes: pd.DataFrame) -> Iterator[pd.DataFrame]:
    settings, whole = Settings(), cohorts(connection)
    rows = occupation(connection, MEASURES["grader"], nodes, whole[whole["period"] == YEAR])
    at = rows[(rows["dag"] == 28) & (rows["orsak_id"] == "100")]
    few = (at["antal"] < settings.threshold) | (at["personer"] < settings.curve_persons)
    at = shown_states(at.assign(dold=few), MEASURES["grader"])
    yield _frame(at["enhet_id"], "grader.28", at["kon"], at["andel"], at["nedre"], at["ovre"])


# persons with their days of 2025, and with their cases by age band, of everybody at the unit
DAYS_OF_YEAR = """
    WITH personer AS (
        SELECT enhet.enhet_id, fall.kon, fall.patient_nr,
            sum(least(fall.sista_dag, DATE '2025-12-31') - greatest(fall.start_datum, DATE '2025-01-01') + 1) AS dagar
        FROM core.sjukfall AS fall JOIN core.enhet AS enhet ON enhet.enhet_nr = fall.forsta_enhet_nr
        WHERE fall.sista_dag >= DATE '2025-01-01' AND fall.start_datum <= DATE '2025-12-31' GROUP BY ALL
    )
    SELECT enhet_id, kon, sum(dagar) AS dagar, sum(dagar * dagar) AS kvadrater FROM personer GROUP BY ALL"""
CASES_OF_PERSONS = """
    WITH personer AS (
        SELECT enhet.enhet_id, rad.kon, rad.patient_nr, (rad.alder - 18) // 5 AS band, count(*) AS fall
        FROM mart.startade AS rad JOIN core.enhet AS enhet ON enhet.enhet_nr = rad.enhet_nr
        WHERE rad.manad LIKE '2025-%' GROUP BY ALL
    )
    SELECT enhet_id, kon, band, fall, count(*) AS personer FROM personer GROUP BY ALL"""
LISTED = """SELECT DISTINCT ON (kon, aldersgrupp) kon, CAST(left(aldersgrupp, 2) AS INTEGER) AS fran, antal
    FROM raw.listade WHERE manad = '2025-12'"""


def _days(connection: duckdb.DuckDBPyConnection, listed: int) -> Iterator[pd.DataFrame]:
    """Sick-leave days per listad and year, with persons as clusters: those without days are persons too."""
    rows = connection.execute(DAYS_OF_YEAR).df()
    found = rate_of_days(
        DaySums(persons=listed, days=rows["dagar"], time=listed, days_days=rows["kvadrater"], days_time=rows["dagar"],
                time_time=listed), per=1, level=0.95,
    )  # fmt: skip
    yield _frame(rows["enhet_id"], "dagar", rows["kon"], found.value, found.lower, found.upper)


def _standardised(connection: duckdb.DuckDBPyConnection, listed: int) -> Iterator[pd.DataFrame]:
    """Starts per 1 000 and year standardised for age: directly with equal bands, indirectly against `reference_rates`."""
    counted = connection.execute(CASES_OF_PERSONS).df()
    people = connection.execute(LISTED).df()
    units = np.sort(counted["enhet_id"].unique())
    for sex in SEXES:
        own = counted[counted["kon"] == sex]
        persons = np.zeros((units.size, len(BANDS), MOST_CASES))
        np.add.at(persons, (np.searchsorted(units, own["enhet_id"]), own["band"], own["fall"] - 1), own["personer"])
        size = people[people["kon"] == sex].sort_values("fran")["antal"].to_numpy(dtype=float)
        direct = directly_standardised_persons(persons, size, np.ones(len(BANDS)), per=PER, level=0.95)
        yield _frame(units, "dsr", sex, direct.value, direct.lower, direct.upper)
        times = np.arange(1, MOST_CASES + 1)
        ratio = indirectly_standardised(
            (persons * times).sum(axis=-1), size, reference_rates(), np.ones(len(BANDS)), scale=100, level=0.95,
            squares=(persons * times**2).sum(axis=(-2, -1)),
        )  # fmt: skip
        yield _frame(units, "isr", sex, ratio.value, ratio.lower, ratio.upper)


def reference_rates() -> np.ndarray:
    """Cases per listad and year by band in the region that the units are held against: known, and not theirs."""
    return np.linspace(0.05, 0.11, len(BANDS))
