"""The counting measures protected: every family by itself, side by side, and picked up where an interrupted run ended."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.compute.secure import Secured, secured
from pipelines.pieces import Kept, Piece, Progress, in_pieces, key_of
from pipelines.settings import Settings
from schemas.measure import Count, Rest

ROWS = ("hidden", "small", "known")


def protect_families(
    families: Sequence[Mapping[str, Count]],
    counted: Sequence[pd.DataFrame],
    nodes: pd.DataFrame,
    settings: Settings,
    earlier: pd.DataFrame,
    *,
    inputs: str,
    progress: Progress,
) -> list[pd.DataFrame]:
    """For each family of measures its `counted` cells (KEYS, antal, personer) with the boolean columns `dold`, what is hidden;
    `liten`, what must not be known closely; and `kand`, what `earlier` releases (KEYS, visad, dold, liten) have shown.
    `inputs` identifies the code and the parameters. Raises DisclosureError if something secret cannot be kept."""
    pieces = [
        _piece(family, cells, nodes, settings, earlier[earlier["matt_id"].isin(family)].reset_index(drop=True), inputs)
        for family, cells in zip(families, counted, strict=True)
    ]
    kept = Kept(folder=settings.unfinished, write=_write, read=_read)
    found = in_pieces(secured, pieces, processes=settings.threads, progress=progress, kept=kept)
    return [
        cells.assign(dold=one.hidden, liten=one.small, kand=one.known)
        for cells, one in zip(counted, found, strict=True)
    ]


def _piece(
    family: Mapping[str, Count],
    cells: pd.DataFrame,
    nodes: pd.DataFrame,
    settings: Settings,
    earlier: pd.DataFrame,
    inputs: str,
) -> Piece:
    with_cells = {name: measure for name, measure in family.items() if not isinstance(measure, Rest)}
    return Piece(
        name=next(iter(family.values())).name, key=key_of(cells, nodes, earlier, inputs, sorted(with_cells)),
        size=len(cells), arguments=(cells, nodes, with_cells, settings, earlier),
    )  # fmt: skip


def _write(path: Path, answer: Secured) -> None:
    with path.open("wb") as file:
        np.save(file, np.stack([getattr(answer, name) for name in ROWS]), allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())  # the name that it gets says that it is whole


def _read(path: Path) -> Secured:
    return Secured(**dict(zip(ROWS, np.load(path, allow_pickle=False), strict=True)))
