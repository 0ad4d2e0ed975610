"""The attacker's turn: the tables of a release as they are written, against what is small in truth."""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.inspection import Bounds, Inspection, placed
from pipelines.compute.joint import seen_of, system, telling
from pipelines.compute.lattice import KEYS
from pipelines.compute.protect import NOTHING_EARLIER, families
from pipelines.compute.secure import given_away
from pipelines.disclosure.elimination import Mask
from pipelines.errors import CheckError, DisclosureError
from pipelines.pieces import Piece, Progress, in_pieces
from pipelines.settings import Settings
from schemas.dimensions import BOTH
from schemas.measure import Count, Rest
from schemas.measures import MEASURES, with_parts

TRUTH = "sanning.parquet"
SEEN = "publicerad"
REPORT = "granskning.json"


@dataclass(frozen=True, kw_only=True)
class Part:
    """Of measures that lie within each other: cells, how many are hidden, how many hidden ones are small, how many small ones
    earlier releases alone give away, the narrowest interval that the others are known within (−1 without any), and the
    seconds it took."""

    matt: list[str]
    celler: int
    dolda: int
    sma: int
    redan_ute: int
    smalast: float
    sekunder: float


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the attacker found in a release; without `fel` it holds. Faults name tables and never a value."""

    utgava: str
    troskel: int
    delar: list[Part]
    fel: list[str]


def audit(release: duckdb.DuckDBPyConnection, truth: pd.DataFrame, settings: Settings, *, progress: Progress) -> Report:
    """Bound every hidden small count by linear programs over all that the tables show. `truth` has every counted cell of the
    release: KEYS, antal, personer, `liten` for what must not be known closer than the threshold, and `kand` for what earlier
    releases have shown. One `progress` for each family."""
    told = truth.merge(published_cells(release), on=KEYS, how="left", validate="one_to_one")
    ((name,),) = release.execute("SELECT varde FROM fakta WHERE namn = 'release_id'").fetchall()
    nodes = release.table("enhet").df()
    pieces = []
    for family in counted_families(set(truth["matt_id"])):
        own = told[told["matt_id"].isin(family)].reset_index(drop=True)
        first = next(iter(family.values()))
        arguments = (own, nodes, family, settings.threshold)
        pieces.append(Piece(name=first.name, key=first.id, size=len(own), arguments=arguments))
    found = in_pieces(_tried, pieces, processes=settings.threads, progress=progress)
    faults = [*_contrasts_of_hidden(release), *(fault for _, own in found for fault in own)]
    return Report(utgava=name, troskel=settings.threshold, delar=[part for part, _ in found], fel=faults)


def published_cells(release: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """KEYS, `visat` the number shown, and `dolt` where there is none. What is not recorded has rows only in measures
    in which it occurs, so that a missing row is a zero that everybody knows."""
    return release.execute(f"SELECT {', '.join(KEYS)}, antal AS visat, antal IS NULL AS dolt FROM varde").df()


def counted_families(names: set[str]) -> list[dict[str, Count]]:
    """The counting measures of these names in groups that lie within each other; what is a rest of others is no cell."""
    counts = {name: one for name, one in with_parts(MEASURES).items() if isinstance(one, Count) and name in names}
    return [{name: one for name, one in family.items() if not isinstance(one, Rest)} for family in families(counts)]


def _tried(
    own: pd.DataFrame, nodes: pd.DataFrame, family: Mapping[str, Count], threshold: int
) -> tuple[Part, list[str]]:
    begun = time.monotonic()
    visible = ~own["dolt"].eq(True).to_numpy()
    small, known = (own[name].to_numpy(dtype=bool) for name in ("liten", "kand"))
    every, sums = system(own, nodes, family)
    values = every["antal"].to_numpy(dtype=float)
    inspection = Inspection(sums, values, len(own), np.arange(len(every)), placed(every, nodes))
    lost = np.zeros(len(own), dtype=bool)
    if known.any():
        lost = given_away(inspection, known | own["dolt"].isna().to_numpy(), small, threshold)
    bounds = inspection.bounds(~visible & ~known, small & ~lost, width=threshold)
    width = bounds.greatest - bounds.least
    told = telling(every, sums, visible | known, family, threshold) & ~seen_of(len(every), sums, known)
    # what is left when windows are subtracted is protected as far as it goes, and not a gate
    told[len(own) :] = False
    part = Part(
        matt=sorted(family), celler=len(own), dolda=int((~visible).sum()), sma=int((small & ~visible).sum()),
        redan_ute=int((small & known | lost).sum()), smalast=float(width.min()) if width.size else -1,
        sekunder=round(time.monotonic() - begun, 2),
    )  # fmt: skip
    wrong = visible & (own["visat"].fillna(0) != own["antal"]).to_numpy()
    faults = _told(own, visible & small, "är för få och visas")
    faults += _told(own, wrong, "visas med ett annat tal än det räknade")
    faults += _told(every, told, "berättar tillsammans om ett kvartal med få")
    return part, faults + _told(own, _mask(bounds, len(own), threshold), "går att räkna ut för nära")


def _mask(bounds: Bounds, size: int, threshold: int) -> Mask:
    found = np.zeros(size, dtype=bool)
    found[bounds.narrow(threshold)] = True
    return found


def _told(own: pd.DataFrame, mask: Mask, what: str) -> list[str]:
    """By measure, kind of period and breakdown: never by value."""
    counted = own[mask].groupby(["matt_id", "periodtyp", "indelning"]).size()
    return [f"varde, {' '.join(map(str, name))}: {count} celler {what}" for name, count in counted.items()]


def _contrasts_of_hidden(release: duckdb.DuckDBPyConnection) -> list[str]:
    """A difference between women and men, or its parts, where one of them is hidden would be known from the other."""
    keys = [name for name in KEYS if name != "kon"]
    faults = []
    for table, at in (("skillnad", keys), ("uppdelning", keys[:4])):
        same = " AND ".join(f"v.{name} = t.{name}" for name in at)
        whole = "" if "grupp" in at else "AND v.indelning = 'ingen'"
        ((rows,),) = release.execute(
            f"SELECT count(*) FROM {table} t WHERE t.utfall = 'tal' AND t.dag < 0 AND "
            f"(SELECT count(*) FROM varde v WHERE {same} {whole} AND v.kon IN {BOTH} AND v.utfall = 'dolt') > 0"
        ).fetchall()
        if rows:
            faults.append(f"{table}: {rows} rader jämför med ett dolt tal")
    return faults


def stages() -> int:
    """How many times `audit` reports progress at most."""
    return len(counted_families(set(with_parts(MEASURES))))


def refuse(report: Report) -> None:
    """Raises DisclosureError if the attacker found anything."""
    if report.fel:
        raise DisclosureError("Utgåvan får inte visas: dolda tal går att räkna ut.", faults=report.fel)


def archive(folder: Path, report: Report, truth: pd.DataFrame) -> None:
    """Keep the report and what it was held against in the row zone, for `sjukvy audit`."""
    folder.mkdir(parents=True, exist_ok=True)
    truth.to_parquet(folder / TRUTH, index=False)
    (folder / REPORT).write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def remember(audits: Path, names: Iterable[str]) -> None:
    """Mark what was kept of the audits of these releases: they have been seen, also when they are gone."""
    for name in names:
        if (audits / name).is_dir():
            (audits / name / SEEN).touch()


def shown_before(published: Path, audits: Path, names: Iterable[str]) -> pd.DataFrame:
    """What releases have ever shown and hidden of every cell, and what was small in truth: KEYS, visad, dold, liten. From
    the audits of the releases that are remembered, and from the tables of the named ones that have none."""
    seen = [path.parent / TRUTH for path in sorted(audits.glob(f"*/{SEEN}"))]
    found = [pd.read_parquet(path, columns=[*KEYS, "dold", "liten"]) for path in seen]
    for name in names:
        if audits / name / TRUTH not in seen:
            with duckdb.connect() as release:
                release.read_parquet(str(published / name / "varde.parquet")).create_view("varde")
                found.append(published_cells(release).assign(dold=lambda rows: rows["dolt"], liten=False))
    if not found:
        return NOTHING_EARLIER
    told = pd.concat([rows.assign(visad=~rows["dold"].astype(bool)) for rows in found], ignore_index=True)
    return told.groupby(KEYS, as_index=False, sort=False)[["visad", "dold", "liten"]].any()


def archived_truth(folder: Path) -> pd.DataFrame:
    """What a release was held against. Raises CheckError if it is not kept."""
    if not (folder / TRUTH).is_file():
        raise CheckError(
            "Utgåvan går inte att granska om.", faults=[f"{folder / TRUTH} saknas"],
            advice="Bygg en ny utgåva: sjukvy build",
        )  # fmt: skip
    return pd.read_parquet(folder / TRUTH)
