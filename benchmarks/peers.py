"""The sjukfall step again in pandas and in Polars: from one Parquet file to the same two tables as Parquet files."""

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.invented import GROUPS
from pipelines.coded import FROM_CONTRACT
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import closed_list

GAP = 5
ORDER = ["patient_nr", "fran", "kand_fran", "intyg_nr", "grad", "period_nr"]
KEPT = [
    "patient_nr", "enhet_nr", "intyg_nr", "period_nr", "fran", "tom", "grad", "kon", "alder", "har_sgi", "ersattning", "lan_nr",
    "diagnos_nr", "diagnosgrupp",
]  # fmt: skip
FIRST = {"start_datum": "fran", "forsta_enhet_nr": "enhet_nr", "forsta_alder": "alder",
         "forsta_diagnosgrupp": "diagnosgrupp", "forsta_grad": "grad"}  # fmt: skip
LAST = {"sista_intyg_fran": "fran", "sista_enhet_nr": "enhet_nr", "sista_alder": "alder",
        "sista_diagnosgrupp": "diagnosgrupp", "kon": "kon"}  # fmt: skip
CODED = {name: closed_list(EXTRACTS["intyg"], name) for name in FROM_CONTRACT} | {"diagnosgrupp": GROUPS}
BEFORE = -(10**6)  # days: earlier than any end


def in_pandas(source: Path, folder: Path) -> None:
    """Sorted once, then whole columns in numpy: no group of a patient or of a sjukfall is formed. Texts stay as they are
    read, which is faster than categories here."""
    rows = pd.read_parquet(source)
    rows = rows[rows["utelamnad"].isna()].sort_values(ORDER, ignore_index=True)[KEPT]
    patient = rows["patient_nr"].to_numpy()
    first, last = (rows[name].to_numpy("datetime64[D]").astype(np.int64) for name in ("fran", "tom"))
    at = np.arange(len(rows))
    opens = np.r_[True, patient[1:] != patient[:-1]]
    # patients come in order of number: within one, the largest so far of number and day is the largest day
    reached = np.maximum.accumulate(patient.astype(np.int64) * 10**6 + last) - patient.astype(np.int64) * 10**6
    before = np.where(opens, BEFORE, np.r_[BEFORE, reached[:-1]])
    begins = first - before > GAP + 1
    ends = np.r_[begins[1:], True]
    place = at - np.maximum.accumulate(np.where(opens, at, 0)) + 1
    case = np.cumsum(begins) - 1
    starts, stops = np.flatnonzero(begins), np.flatnonzero(ends)
    periods = rows.assign(
        sjukfall_nr=place[starts][case],
        ar_forsta=begins,
        ar_sista=ends,
        senast_till=pd.Series(rows["fran"].shift(-1) - pd.Timedelta(days=1)).mask(ends),
        nya_dagar=np.where(begins, last - first + 1, np.maximum(0, last - np.maximum(first - 1, before))),
        plats=place,
    )
    opening, closing = periods.iloc[starts].reset_index(drop=True), periods.iloc[stops].reset_index(drop=True)
    length = np.add.reduceat(periods["nya_dagar"].to_numpy(), starts)
    distinct = pd.DataFrame({"case": case, "intyg_nr": periods["intyg_nr"]}).drop_duplicates()["case"]
    cases = pd.DataFrame(
        {"patient_nr": opening["patient_nr"], "sjukfall_nr": opening["plats"]}
        | {name: opening[source] for name, source in FIRST.items()}
        | {name: closing[source] for name, source in LAST.items()}
        | {"sista_dag": reached[stops].astype("datetime64[D]").astype("datetime64[s]"), "langd_dagar": length}
        | {"kalenderlangd": reached[stops] - first[starts] + 1}
        | {"antal_intyg": np.bincount(distinct, minlength=len(starts))}
    )
    periods.to_parquet(folder / "sjukfall_period.parquet", index=False)
    cases.to_parquet(folder / "sjukfall.parquet", index=False)


def in_polars(source: Path, folder: Path) -> None:
    """The same in lazy expressions, with texts as Enum like ours. Polars is a package of the benchmarks alone."""

    day, number = pl.col("tom").cast(pl.Int64), pl.col("patient_nr").cast(pl.Int64) * 10**6
    opens = (pl.col("patient_nr") != pl.col("patient_nr").shift()).fill_null(True)
    begins = (pl.col("fran").cast(pl.Int64) - pl.col("before")) > GAP + 1
    periods = (
        pl.scan_parquet(source)
        .filter(pl.col("utelamnad").is_null())
        .with_columns(pl.col(name).cast(pl.Enum(codes)) for name, codes in CODED.items())
        .sort(ORDER)
        .select(*KEPT, opens=opens, reached=(number + day).cum_max() - number, at=pl.int_range(pl.len()))
        .with_columns(
            before=pl.when("opens").then(BEFORE).otherwise(pl.col("reached").shift()),
            plats=pl.col("at") - pl.when("opens").then("at").forward_fill() + 1,
        )
        .with_columns(ar_forsta=begins)
        .with_columns(
            sjukfall_nr=pl.when("ar_forsta").then("plats").forward_fill(),
            ar_sista=pl.col("ar_forsta").shift(-1).fill_null(True),
            nya_dagar=pl.when("ar_forsta")
            .then(day - pl.col("fran").cast(pl.Int64) + 1)
            .otherwise(
                pl.max_horizontal(0, day - pl.max_horizontal(pl.col("fran").cast(pl.Int64) - 1, pl.col("before")))
            ),
        )
        .with_columns(senast_till=pl.when(~pl.col("ar_sista")).then(pl.col("fran").shift(-1) - pl.duration(days=1)))
        .drop("opens", "before", "at")
        .collect()
    )
    cases = (
        periods.lazy()
        .group_by("patient_nr", "sjukfall_nr")
        .agg(
            *(pl.col(source).first().alias(name) for name, source in FIRST.items()),
            *(pl.col(source).last().alias(name) for name, source in LAST.items()),
            sista_dag=pl.col("tom").max(),
            langd_dagar=pl.col("nya_dagar").sum(),
            kalenderlangd=(pl.col("tom").max() - pl.col("fran").first()).dt.total_days() + 1,
            antal_intyg=pl.col("intyg_nr").n_unique(),
        )
        .collect()
    )
    periods.drop("reached").write_parquet(folder / "sjukfall_period.parquet")
    cases.write_parquet(folder / "sjukfall.parquet")
