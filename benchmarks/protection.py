"""Speed of protection and audit: all counting measures of a release, its units repeated to a larger region, and the region
to a country. `python -m benchmarks.protection --data data/demo --times 2 8`, `… --times 8 --regions 6`."""

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.audit import archived_truth, audit, counted_families
from pipelines.compute.protect import NOTHING_EARLIER
from pipelines.protection import protect_families
from pipelines.releases import DATABASE, current
from pipelines.settings import Settings

CELL = ["antal", "personer"]


@dataclass(frozen=True, kw_only=True)
class Measured:
    units: int
    cells: int
    hidden: int
    protect: float
    audit: float
    narrowest: float


def repeated(truth: pd.DataFrame, nodes: pd.DataFrame, times: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells and nodes of a region in which every område and vårdcentral stands so many times."""
    top = nodes["niva"].eq("region")
    whole = truth[truth["enhet_id"].isin(nodes.loc[top, "enhet_id"])]
    cells, places = [whole.assign(**{name: whole[name] * times for name in CELL})], [nodes[top]]
    below = truth[~truth["enhet_id"].isin(whole["enhet_id"])]
    for number in range(times):
        cells.append(below.assign(enhet_id=below["enhet_id"] + f"#{number}"))
        own = nodes[~top]
        places.append(own.assign(enhet_id=own["enhet_id"] + f"#{number}", omrade=own["omrade"] + f"#{number}"))
    return pd.concat(cells, ignore_index=True), pd.concat(places, ignore_index=True)


def in_regions(cells: pd.DataFrame, nodes: pd.DataFrame, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """So many such regions beside each other."""
    tables: tuple[list[pd.DataFrame], list[pd.DataFrame]] = ([], [])
    for number in range(count):
        for table, found in zip((cells, nodes), tables, strict=True):
            named = {name: table[name] + f"@{number}" for name in ("enhet_id", "region") if name in table}
            found.append(table.assign(**named))
    both = [pd.concat(found, ignore_index=True) for found in tables]
    return both[0], both[1]


def measured(truth: pd.DataFrame, nodes: pd.DataFrame, times: int, regions: int, folder: Path) -> Measured:
    """Protect the cells as a build does, write what would be shown, and let the attacker try it."""
    settings = Settings(data=folder)
    cells, places = in_regions(*repeated(truth[[*truth.columns[:7], *CELL]], nodes, times), regions)
    families = counted_families(set(cells["matt_id"]))
    counted = [cells[cells["matt_id"].isin(family)].reset_index(drop=True) for family in families]
    begun = time.monotonic()
    told = protect_families(
        families, counted, places, settings, NOTHING_EARLIER, inputs="", progress=lambda what: None
    )  # fmt: skip
    protected = time.monotonic()
    every = pd.concat(told, ignore_index=True)
    with duckdb.connect() as release:
        _write(release, every, places)
        begun_audit = time.monotonic()
        report = audit(release, every, settings, progress=lambda what: None)
        ended = time.monotonic()
    if report.fel:
        raise RuntimeError("refused: the attacker found something")
    return Measured(
        units=int(places["niva"].eq("enhet").sum()), cells=len(every), hidden=int(every["dold"].sum()),
        protect=protected - begun, audit=ended - begun_audit,
        narrowest=min(part.smalast for part in report.delar if part.smalast >= 0),
    )  # fmt: skip


def _write(release: duckdb.DuckDBPyConnection, every: pd.DataFrame, places: pd.DataFrame) -> None:
    told = every.assign(antal=every["antal"].where(~every["dold"]), utfall="tal", dag=-1)
    told.loc[every["dold"], "utfall"] = "dolt"
    release.register("told", told)
    release.execute("CREATE TABLE varde AS SELECT * FROM told")
    release.register("places", places)
    release.execute("CREATE TABLE enhet AS SELECT * FROM places")
    release.execute("CREATE TABLE skillnad AS SELECT * FROM varde WHERE false")
    release.execute("CREATE TABLE uppdelning AS SELECT * FROM varde WHERE false")
    release.execute("CREATE TABLE fakta AS SELECT 'release_id' AS namn, 'uppmätt' AS varde")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data/demo"), help="where a release is published")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2], help="how many times every unit stands")
    parser.add_argument("--regions", type=int, default=1, help="how many such regions")
    asked = parser.parse_args()
    settings = Settings(data=asked.data)
    name = current(settings.published)
    if name is None:
        parser.error("no release is published there: sjukvy demo --no-serve")
    truth = archived_truth(settings.audits / name)
    with duckdb.connect(str(settings.published / name / DATABASE), read_only=True) as release:
        nodes = release.table("enhet").df()
    nodes = nodes[nodes["enhet_id"].isin(truth["enhet_id"])]
    first = None
    for times in asked.times:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(truth, nodes, times, asked.regions, Path(folder))
        first = first or found
        growth = (found.protect / first.protect) / (found.units / first.units)
        print(
            f"{found.units} units, {found.cells:,} cells, {found.hidden:,} hidden: protected in {found.protect:.1f} s"
            f" ({growth:.2f} of linear), audited in {found.audit:.1f} s, narrowest {found.narrowest:.0f}"
        )


if __name__ == "__main__":
    main()
