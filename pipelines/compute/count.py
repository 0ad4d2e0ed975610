"""Counting measures: cells of cases and persons per node, period, sex and group, and the rates of protected cells."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.cells import shapes
from pipelines.compute.lattice import KEYS, has_row, whole_of
from pipelines.compute.windows import end_quarters, make_windows
from pipelines.stats.intervals import Estimate, rate, wilson
from schemas.dimensions import ALDERSGRUPP, KON, NO_BREAKDOWN, WHOLE
from schemas.lattice import counted
from schemas.measure import Count, Counted, Rest, Share, Time

AGES = ("aldersgrupp", "alder_nationell")  # breakdowns that listade are delivered by
AT = ["enhet_id", "periodtyp", "period", "kon"]


def count_cells(connection: duckdb.DuckDBPyConnection, measure: Count, nodes: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the measure, zeros included: KEYS, antal (cases or persons), personer (distinct), kvadrater (the sum
    over persons of the square of what each is counted for), namnare (mean listade in the period, missing where a month
    or a unit of the node lacks it)."""
    periods = make_windows(connection, measure)
    parts = [_cells(connection, measure, nodes, periods, NO_BREAKDOWN)]
    parts += [_cells(connection, measure, nodes, periods, name) for name in measure.breakdowns]
    cells = pd.concat(parts, ignore_index=True).assign(matt_id=measure.id)
    return cells.sort_values(KEYS, ignore_index=True)


def _cells(
    connection: duckdb.DuckDBPyConnection, measure: Count, nodes: pd.DataFrame, periods: pd.DataFrame, split: str
) -> pd.DataFrame:
    counted = connection.execute(_counting_sql(measure, split)).df()
    cells = _grid(periods, nodes, measure, split).merge(counted, on=[*AT, "grupp"], how="left")
    cells = cells.fillna({"antal": 0, "personer": 0, "kvadrater": 0}).assign(indelning=split)
    if isinstance(measure, Share):
        return cells
    if split in AGES:
        return cells.merge(_denominators(connection, split), on=[*AT, "grupp"], how="left")
    return cells.merge(_denominators(connection, NO_BREAKDOWN).drop(columns="grupp"), on=AT, how="left")


def _counting_sql(measure: Count, split: str) -> str:
    # base, where and the column of the breakdown come from declarations in schemas, never from a request
    group = f"'{WHOLE}'" if split == NO_BREAKDOWN else f"rad.{split}"
    kinds = sorted({one.periodtyp for one in counted(measure) if one.indelning == split})
    inside = "AND rad.sista_dag >= fonster.forsta" if measure.time is Time.ANY_DAY else ""
    broken = "" if split == NO_BREAKDOWN else f"AND fonster.periodtyp IN ({', '.join(map(repr, kinds))})"
    by_sex = [(sex, "true" if sex == WHOLE else f"rad.kon = '{sex}'") for sex in KON.ids]
    # a person at a time first: counting distinct persons is several times as slow, and a person may have two sexes
    each = ", ".join(f"count(*) FILTER (WHERE {of}) AS {sex}" for sex, of in by_sex)
    sums = ", ".join(
        f"sum({sex}) AS antal_{sex}, count(*) FILTER (WHERE {sex} > 0) AS personer_{sex}, "
        f"sum({sex} * {sex}) AS kvadrater_{sex}"
        for sex in KON.ids
    )
    antal, kvadrater = ("personer", "personer") if measure.counted is Counted.PERSONS else ("antal", "kvadrater")
    at = "enhet_id, periodtyp, period"
    found = [
        f"SELECT {at}, '{sex}', grupp, {antal}_{sex}, personer_{sex}, {kvadrater}_{sex} FROM summor" for sex in KON.ids
    ]
    return f"""
        WITH rader AS (
            SELECT nod.enhet_id, fonster.periodtyp, fonster.period, {group} AS grupp, rad.patient_nr, {each}
            FROM {measure.base} AS rad
            JOIN nod ON nod.enhet_nr = rad.enhet_nr
            JOIN fonster ON fonster.manad = rad.manad {inside} {broken}
            WHERE {measure.where}
            GROUP BY nod.enhet_id, fonster.periodtyp, fonster.period, {group}, rad.patient_nr
        ),
        summor AS (SELECT {at}, grupp, {sums} FROM rader GROUP BY {at}, grupp),
        alla (enhet_id, periodtyp, period, kon, grupp, antal, personer, kvadrater) AS ({" UNION ALL ".join(found)})
        SELECT {at}, kon, grupp, CAST(antal AS DOUBLE) AS antal, CAST(personer AS DOUBLE) AS personer,
            CAST(kvadrater AS DOUBLE) AS kvadrater
        FROM alla"""


def _grid(periods: pd.DataFrame, nodes: pd.DataFrame, measure: Count, split: str) -> pd.DataFrame:
    """Every cell that there is: the declared lattice of the measure."""
    cells = shapes([one for one in counted(measure) if one.indelning == split])
    whole = periods[["periodtyp", "period"]].drop_duplicates()
    grid = nodes[["enhet_id", "niva"]].merge(whole, how="cross").merge(cells, on=["niva", "periodtyp"])
    return grid.loc[~grid["kvartalsvis"] | end_quarters(grid["period"]), [*AT, "grupp"]]


def age_denominators(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Mean listade per node, period of the windows last made, sex and age group (grupp): AT, grupp, namnare."""
    return _denominators(connection, ALDERSGRUPP.column)


def _denominators(connection: duckdb.DuckDBPyConnection, split: str) -> pd.DataFrame:
    """Mean listade per node, period, sex and age group, where every month and every vårdcentral of the node has them."""
    table, group, chosen = ("mart.listade", f"'{WHOLE}'", "true")
    if split in AGES:
        table, group, chosen = ("mart.listade_alder", "grupp", f"indelning = '{split}'")
    return connection.execute(
        f"""
        WITH delar AS (
            SELECT nod.enhet_id, enhet.enhet_nr FROM nod JOIN core.enhet AS enhet ON enhet.enhet_nr = nod.enhet_nr
            WHERE enhet.enhetstyp = 'vardcentral'
        ),
        alla_kon AS (
            SELECT enhet_nr, manad, kon, {group} AS grupp, antal FROM {table} WHERE {chosen}
            UNION ALL
            SELECT enhet_nr, manad, '{WHOLE}', {group}, sum(antal) FROM {table} WHERE {chosen} GROUP BY ALL
        ),
        vantade AS (SELECT enhet_id, count(*) AS enheter FROM delar GROUP BY enhet_id),
        manader AS (
            SELECT fonster.periodtyp, fonster.period, manad.manad,
                count(*) OVER (PARTITION BY fonster.periodtyp, fonster.period) AS manader
            FROM (SELECT DISTINCT periodtyp, period, forsta FROM fonster) AS fonster
            JOIN core.manad AS manad ON manad.manad <= fonster.period AND manad.forsta >= fonster.forsta
        )
        SELECT delar.enhet_id, manader.periodtyp, manader.period, alla_kon.kon, alla_kon.grupp,
            CAST(sum(alla_kon.antal) AS DOUBLE) / any_value(manader.manader) AS namnare
        FROM alla_kon
        JOIN delar ON delar.enhet_nr = alla_kon.enhet_nr
        JOIN manader ON manader.manad = alla_kon.manad
        JOIN vantade ON vantade.enhet_id = delar.enhet_id
        GROUP BY delar.enhet_id, manader.periodtyp, manader.period, alla_kon.kon, alla_kon.grupp
        HAVING count(*) = any_value(vantade.enheter) * any_value(manader.manader)
        """
    ).df()


def rates(cells: pd.DataFrame, measure: Count, *, least_listed: int) -> pd.DataFrame:
    """The published table `varde` from the protected cells of a measure (with the boolean column `dold`). A count per
    listade is shown where at least `least_listed` are listed."""
    denominator = cells["namnare"].to_numpy(dtype=float)
    enough = np.nan_to_num(denominator, nan=0.0) >= least_listed
    return _published(cells, measure, enough, np.zeros(len(cells), dtype=bool), denominator)


def rest(part: pd.DataFrame, whole: pd.DataFrame, measure: Rest) -> pd.DataFrame:
    """The protected cells of what the share does not count. They tell nothing that the two do not: they are known where
    both are, and only there."""
    both = part.merge(whole[[*KEYS[1:], "antal", "dold"]], on=KEYS[1:], suffixes=("", "_hel"))
    return both[KEYS].assign(
        matt_id=measure.id, antal=both["antal_hel"] - both["antal"], dold=both["dold"] | both["dold_hel"]
    )


def shares(cells: pd.DataFrame, parent: pd.DataFrame, measure: Share) -> pd.DataFrame:
    """The published table `varde` of a share, from its own protected cells and those of the measure it is within."""
    whole = whole_of(measure, parent)[[*KEYS[1:], "antal", "dold"]]
    both = cells.merge(whole, on=KEYS[1:], how="left", suffixes=("", "_hel"))
    denominator = both["antal_hel"].to_numpy(dtype=float)
    closed = both["dold_hel"].fillna(False).to_numpy(dtype=bool)
    return _published(cells, measure, (denominator > 0) & ~closed, closed, denominator)


def _published(
    cells: pd.DataFrame, measure: Count, possible: np.ndarray, closed: np.ndarray, denominator: np.ndarray
) -> pd.DataFrame:
    """`possible`: a rate can be made; `closed`: its denominator is hidden."""
    shown = ~cells["dold"].to_numpy()
    has_rate = shown & possible
    antal = np.where(shown, cells["antal"], np.nan)
    figures = _estimated(cells, np.where(has_rate, antal, np.nan), np.where(has_rate, denominator, np.nan), measure)
    rows = cells[KEYS].assign(
        utfall=np.where(shown, "tal", "dolt"),
        kvot_utfall=np.select([has_rate, shown & ~closed], ["tal", "ej_beraknat"], "dolt"),
        orsak=pd.Series(None, index=cells.index, dtype=object).mask(shown & ~has_rate & ~closed, "underlag_saknas"),
        antal=antal,
        namnare=np.where(has_rate, denominator, np.nan),
        varde=figures.value,
        nedre=figures.lower,
        ovre=figures.upper,
        metod=figures.method,
    )
    return rows[has_row(cells).to_numpy()]


def _estimated(cells: pd.DataFrame, events: np.ndarray, denominator: np.ndarray, measure: Count) -> Estimate:
    if not isinstance(measure, Share):
        # the same person may fall ill again: cases of one person are not independent
        return rate(events, denominator, per=measure.per, level=0.95, squares=cells["kvadrater"])
    part = wilson(events, denominator, level=0.95)
    return Estimate(
        value=part.value * measure.per, lower=part.lower * measure.per, upper=part.upper * measure.per, level=part.level,
        method=part.method,
    )  # fmt: skip
