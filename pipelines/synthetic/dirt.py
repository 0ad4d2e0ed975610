"""Dirties a clean region: extra deliveries, faulty rows, unknown values and moved units, and what they must lead to."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator

from pipelines.synthetic.certificates import ISSUED
from pipelines.synthetic.dirt_kinds import FIRST, KINDS, MAIN, SECOND, Kind, Place
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.units import PUBLIC
from pipelines.synthetic.write import Extracts

NO_DIAGNOSIS, NO_SEX = 0.008, 0.003  # share of patients
MERGED_PATIENTS = 0.4
OLD_UNIT, OLD_NAME, FORMER_NAME = f"{PUBLIC[:12]}-80001", "Vårdcentralen Gamla Kvarnen", "Vårdcentralen Forna Namnet"
LEAST_DAYS = 3
BY_PERSON = {
    "diagnos_saknas": "Sjukfallen räknas till okänd diagnos.",
    "kon_okant": "Sjukfallen räknas med kön okänt.",
    "sammanslagen_enhet": "Perioden har den nedlagda enhetens id, och registret säger vem som tagit över.",
    "namnbyte": "Enheten har två rader i registret; den senare gäller.",
}


class Dirt:
    """The dirty deliveries of one region: the delivery itself and the two that follow it."""

    def __init__(self, deliveries: list[Extracts], region: Region, period: Period, seed: int) -> None:
        self.deliveries = dict(zip((MAIN, FIRST, SECOND), deliveries, strict=True))
        self.region, self.period, self.seed = region, period, seed
        self.counts: Counter[str] = Counter()
        self.merged_on = period.first + (period.last - period.first) // 2

    def register(self, units: pd.DataFrame) -> pd.DataFrame:
        """The unit register with one unit that took over another, and one with a new name."""
        day, before = str(self.merged_on), str(self.merged_on - np.timedelta64(1, "D"))
        units = units.assign(ersatt_av="")
        gone = units.iloc[[0]].assign(
            enhet_id=OLD_UNIT, namn=OLD_NAME, giltig_till=before, ersatt_av=units["enhet_id"].iloc[0]
        )
        renamed = units.iloc[[1]]
        former = renamed.assign(namn=FORMER_NAME, giltig_till=before)
        units.loc[renamed.index, "giltig_fran"] = day
        self.counts["namnbyte"] += 1
        return pd.concat([units, gone, former], ignore_index=True)

    def add(self, extract: str, table: pa.Table, chunk: int) -> None:
        """Write a chunk of an extract, dirtied, over all deliveries."""
        kinds = [kind for kind in KINDS if kind.extract == extract]
        if not kinds or not len(table):
            self.deliveries[MAIN].add(extract, table)
            return
        rng = np.random.default_rng([self.seed, 3 if extract == "intyg" else 4, chunk])
        if extract == "intyg":
            table = self._merged(self._unknown(table, rng), rng)
        self._spread(extract, table, kinds, chunk, rng)

    def close(self, truth: Path) -> None:
        """Write the followers' manifests, and smuts.csv beside the other truths."""
        first, last = (day.astype(object) for day in (self.period.first, self.period.last))
        for at in (FIRST, SECOND):
            self.deliveries[at].close(first, last, kind="tillagg", made=last + timedelta(days=7 * at))
        rows = [
            (kind.name, kind.extract, n, n * kind.karantan, n * kind.dubbletter, n * kind.utelamnade,
             n * kind.extra_perioder, kind.expected)
            for kind in KINDS if (n := self.counts[kind.name])
        ]  # fmt: skip
        rows += [
            (name, "enheter" if name == "namnbyte" else "intyg", self.counts[name], 0, 0, 0, 0, text)
            for name, text in BY_PERSON.items()
        ]
        names = ["sort", "extrakt", "antal", "karantan", "dubbletter", "utelamnade", "extra_perioder", "forvantat"]
        pd.DataFrame(rows, columns=names).to_csv(truth / "smuts.csv", index=False, lineterminator="\n")

    def _unknown(self, table: pa.Table, rng: Generator) -> pa.Table:
        """Some patients without diagnosis, and some without sex, on all their certificates."""
        people = table["patient_id"].unique()
        draw = rng.random(len(people))
        chosen = {"diagnos": draw < NO_DIAGNOSIS, "kon": (draw >= NO_DIAGNOSIS) & (draw < NO_DIAGNOSIS + NO_SEX)}
        for column, text, name in (("diagnos", "", "diagnos_saknas"), ("kon", "okand", "kon_okant")):
            these = pc.is_in(table["patient_id"], people.filter(pa.array(chosen[column])))
            table = _with_text(table, column, these, text)
            self.counts[name] += pc.sum(these).as_py()
        return table

    def _merged(self, table: pa.Table, rng: Generator) -> pa.Table:
        """Some rows of the unit that took over are from before it did, under the old unit's id."""
        mine = pc.equal(table["enhet_id"].cast(pa.string()), self.region.ids[0])
        early = pc.less(table["fran"].cast(pa.string()), str(self.merged_on))
        some = pa.array(rng.random(len(table)) < MERGED_PATIENTS)
        these = pc.and_(pc.and_(mine, early), some)
        self.counts["sammanslagen_enhet"] += pc.sum(these).as_py()
        return _with_text(table, "enhet_id", these, OLD_UNIT)

    def _spread(self, extract: str, table: pa.Table, kinds: list[Kind], chunk: int, rng: Generator) -> None:
        eligible = rng.permutation(_eligible(extract, table))
        clean, at = np.ones(len(table), dtype=bool), 0
        extra: dict[int, list[pd.DataFrame]] = {delivery: [] for delivery in self.deliveries}
        for kind in kinds:
            picked = np.sort(eligible[at : at + max(1, round(kind.share * len(eligible)))])
            at += len(picked)
            frame = table.take(pa.array(picked)).to_pandas().astype("string")
            for delivery, rows in kind.make(frame, Place(last=self.period.last, number=(chunk << 28) + at)).items():
                extra[delivery].append(rows)
            clean[picked] &= not kind.replaces
            self.counts[kind.name] += len(picked)
        self.deliveries[MAIN].add(extract, table.filter(pa.array(clean)))
        for delivery, frames in extra.items():
            self.deliveries[delivery].add(extract, _table(frames, extract, delivery))


def _eligible(extract: str, table: pa.Table) -> np.ndarray:
    """Rows that a fault may befall: certificates of one period and at least three days, and insatser."""
    text = {name: table[name].cast(pa.string()) for name in table.column_names}
    if extract == "koordinering":
        insats = pc.or_(pc.equal(text["handelse"], "insats"), pc.equal(text["reko_status"], "REKO_3"))
        return np.flatnonzero(pc.or_(insats, pc.starts_with(text["kva_koder"], "GC001")).to_numpy())
    several = text["intyg_id"].filter(pc.equal(text["period_nr"], "2")).combine_chunks()
    alone = pc.invert(pc.is_in(text["intyg_id"], several))
    real = pc.equal(text["typ"], ISSUED)
    days = text["tom"].to_numpy().astype("M8[D]") - text["fran"].to_numpy().astype("M8[D]")
    return np.flatnonzero(pc.and_(alone, real).to_numpy() & (days >= np.timedelta64(LEAST_DAYS, "D")))


def _with_text(table: pa.Table, column: str, these: pa.ChunkedArray, text: str) -> pa.Table:
    changed = pc.if_else(these, text, table[column].cast(pa.string()))
    return table.set_column(table.column_names.index(column), column, changed.combine_chunks())


def _table(frames: list[pd.DataFrame], extract: str, delivery: int) -> pa.Table:
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if extract == "intyg" and delivery == FIRST:
        whole = whole.assign(ersatter_intyg_id=whole["ersatter_intyg_id"].fillna(""))
    return pa.Table.from_pandas(whole.astype("string"), preserve_index=False)
