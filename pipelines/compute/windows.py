"""Where and when: the nodes (enhet, område, region) and the periods that figures are made for, as temporary tables."""

import duckdb
import pandas as pd

from schemas.measure import Count, Time

PRIMARY_CARE = "vardcentral"
QUARTER_ENDS = ("03", "06", "09", "12")
ENDS_QUARTER = f"right({{}}, 2) IN {QUARTER_ENDS}"  # the same of a column in SQL


def make_nodes(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Make the temporary table `nod` (enhet_nr, enhet_id) that sends each unit to itself, its område and its region.

    Område and region are all their vårdcentraler: clinics have no listade and are shown by themselves, and cases
    at an unknown unit belong nowhere. Returns the published table `enhet`."""
    units = connection.execute(
        """SELECT enhet.enhet_nr, enhet_id, namn, enhetstyp, omrade, region,
            totalt.antal AS listade_totalt, totalt.manad AS listade_manad
        FROM core.enhet AS enhet LEFT JOIN mart.listade_totalt AS totalt ON totalt.enhet_nr = enhet.enhet_nr
        WHERE enhet.enhet_nr IN (SELECT enhet_nr FROM mart.startade UNION SELECT enhet_nr FROM mart.pagaende
            UNION SELECT enhet_nr FROM mart.listade) AND enhet.enhet_nr > 0 ORDER BY namn"""
    ).df()
    centres = units[units["enhetstyp"] == PRIMARY_CARE]
    areas = centres[centres["omrade"].notna()]
    edges = pd.concat(
        [
            units[["enhet_nr", "enhet_id"]],
            areas[["enhet_nr"]].assign(enhet_id=_area_id(areas)),
            centres[["enhet_nr"]].assign(enhet_id="region:" + centres["region"]),
        ]
    )
    connection.register("edges", edges)
    connection.execute("CREATE OR REPLACE TEMP TABLE nod AS SELECT enhet_nr, enhet_id FROM edges")
    connection.unregister("edges")
    return _published(units, areas, centres)


def _area_id(areas: pd.DataFrame) -> pd.Series:
    return "omrade:" + areas["region"] + "/" + areas["omrade"]


def _published(units: pd.DataFrame, areas: pd.DataFrame, centres: pd.DataFrame) -> pd.DataFrame:
    columns = ["enhet_id", "namn", "niva", "omrade", "region", "enhetstyp", "listade_totalt", "listade_manad"]
    unsaid = {"enhetstyp": None, "listade_totalt": None, "listade_manad": None}
    own = units.assign(niva="enhet")
    middle = areas.assign(enhet_id=_area_id(areas), namn=areas["omrade"], niva="omrade", **unsaid)
    top = centres.assign(
        enhet_id="region:" + centres["region"], namn=centres["region"], niva="region", omrade=None, **unsaid
    )
    every = pd.concat([own[columns], middle[columns], top[columns]]).drop_duplicates("enhet_id")
    return every.astype(object).where(every.notna(), None).reset_index(drop=True)


def centres_of(nodes: pd.DataFrame) -> pd.DataFrame:
    """Every vårdcentral and the node of its region: enhet_id, region. `nodes` is the published table `enhet`."""
    units = nodes.loc[nodes["niva"].eq("enhet") & nodes["enhetstyp"].eq(PRIMARY_CARE), ["enhet_id", "region"]]
    tops = nodes.loc[nodes["niva"].eq("region"), ["enhet_id", "region"]]
    named = units.merge(tops, on="region", suffixes=("", "_nod"))
    return named[["enhet_id"]].assign(region=named["enhet_id_nod"])


def make_windows(connection: duckdb.DuckDBPyConnection, measure: Count) -> pd.DataFrame:
    """Make the temporary table `fonster` of the measure's periods, as in `periods_of`, which it returns."""
    periods = periods_of(connection, measure)
    connection.register("periods", periods)
    # the types are said, because a measure without periods has columns without any
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE fonster AS SELECT CAST(periodtyp AS VARCHAR) AS periodtyp,
            CAST(period AS VARCHAR) AS period, CAST(manad AS VARCHAR) AS manad, CAST(forsta AS DATE) AS forsta
        FROM periods"""
    )
    connection.unregister("periods")
    return periods


def end_quarters(periods: pd.Series) -> pd.Series:
    """Which of the months (2026-09) are the last of a quarter."""
    return periods.str[-2:].isin(QUARTER_ENDS)


def make_cohorts(connection: duckdb.DuckDBPyConnection, cohorts: pd.DataFrame) -> None:
    """Make the temporary table `kohort` (period, kvartal) of cohorts as from `cohorts`."""
    connection.register("cohorts", cohorts)
    connection.execute("CREATE OR REPLACE TEMP TABLE kohort AS SELECT period, kvartal FROM cohorts")
    connection.unregister("cohorts")


def periods_of(connection: duckdb.DuckDBPyConnection, measure: Count) -> pd.DataFrame:
    """The published periods of a measure and the months of `base` in them: periodtyp, period, manad, and `forsta`, the
    first day of the period.

    Months, quarters, and twelve months that end with a quarter: whole periods, of which the long ones of a flow are
    sums of the short ones and so add nothing that could be subtracted. What is open any day of a period is found in
    the rows of its last month."""
    months = connection.execute(
        """SELECT manad.manad, manad.kvartal, manad.forsta, manad.har_floden, manad.har_slut,
            manad.har_nittio_dagar,
            manad.sista - period.data_fran + 1 AS historik
        FROM core.manad AS manad CROSS JOIN core.period AS period ORDER BY manad.manad"""
    ).df()
    whole = months["historik"] > measure.history_days
    for need in measure.needs:
        whole &= months[need]
    months = months[whole]
    quarters = months.groupby("kvartal").filter(lambda quarter: len(quarter) == 3)
    kinds = {
        "manad": months[["manad"]].assign(periodtyp="manad", period=months["manad"]),
        "kvartal": quarters[["manad"]].assign(periodtyp="kvartal", period=quarters["kvartal"]),
        "r12": twelve_months(quarters),
    }
    chosen = pd.concat([kinds[kind] for kind in measure.periods], ignore_index=True)
    chosen = chosen.merge(months[["manad", "forsta"]], on="manad")
    chosen["forsta"] = chosen.groupby(["periodtyp", "period"])["forsta"].transform("min")
    return chosen[chosen["manad"] == chosen["period"]] if measure.time is Time.ANY_DAY else chosen


def twelve_months(quarters: pd.DataFrame) -> pd.DataFrame:
    """periodtyp, period, manad of every run of four whole quarters; `quarters` has manad and kvartal."""
    ends = sorted(quarters["kvartal"].unique())
    runs = [
        quarters.loc[quarters["kvartal"].isin(ends[last - 3 : last + 1]), ["manad"]].assign(
            periodtyp="r12", period=ends[last]
        )
        for last in range(3, len(ends))
    ]
    return pd.concat(runs, ignore_index=True) if runs else pd.DataFrame(columns=["manad", "periodtyp", "period"])


def cohorts(connection: duckdb.DuckDBPyConnection, needs: tuple[str, ...] = ()) -> pd.DataFrame:
    """The twelve-month cohorts of curves: period (last month) and the quarters in it (kvartal). A month needs all its
    starts, and the columns of core.manad that `needs` names."""
    months = connection.execute("SELECT * FROM core.manad WHERE har_floden ORDER BY manad").df()
    for need in needs:
        months = months[months[need]]
    whole = months.groupby("kvartal").filter(lambda quarter: len(quarter) == 3)
    runs = twelve_months(whole).merge(whole[["manad", "kvartal"]], on="manad")
    return runs[["period", "kvartal"]].drop_duplicates().reset_index(drop=True)
