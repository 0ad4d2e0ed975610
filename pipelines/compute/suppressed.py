"""What is hidden of the joint system: solved stage by stage, and each stage in the parts that share nothing hidden."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.compute.joint import Joint, Places, of_series
from pipelines.disclosure.elimination import Equation, Mask, Secrets, suppress


def hidden_cells(problem: Joint, *, more: Mask, hidden_before: Mask | None) -> Mask:
    """The mask of hidden cells. `more` are protected like the primary ones, because an inspection found others too closely
    known without them; what was `hidden_before`, in the last round, stays so, and only what shares something hidden with
    those of `more` that were not is tried again. What everybody knows cannot be hidden."""
    may = ~problem.open_
    wanted = of_series(problem.stands, more)
    secret = (problem.primary | wanted) & may
    fresh = secret if hidden_before is None else secret & wanted & ~hidden_before
    hidden = (secret | problem.closed | (problem.before if hidden_before is None else hidden_before)) & may
    last = _last_stage(problem)
    deciding = (problem.stands == np.arange(hidden.size)) & may
    for stage in np.unique(problem.stage):
        now = (problem.stage == stage) & deciding
        hidden |= now & hidden[problem.undivided]  # the parts of what is hidden would bound it
        now &= ~hidden
        unknown = now | hidden & (problem.stage <= stage)
        if (fresh & unknown).any():
            for cells, equations in apart(problem.sums[last <= stage], unknown, now, fresh):
                hidden[cells] |= _solved(problem, cells, equations, hidden, secret)
    return (hidden[problem.stands] | problem.before) & may


def _last_stage(problem: Joint) -> Places:
    """Of every sum the stage of the last of its cells: before, it says nothing."""
    sums = problem.sums
    return np.maximum.reduceat(problem.stage[sums.indices], sums.indptr[:-1])


def _solved(problem: Joint, cells: Places, equations: list[Equation], hidden: Mask, secret: Mask) -> Mask:
    own = secret[cells]
    secrets = Secrets(
        primary=own, alone=problem.alone[cells] & own, closed=hidden[cells] & ~own
    )  # fmt: skip
    return suppress(equations, secrets, np.argsort(problem.rank[cells]))


def apart(
    every: sparse.csr_matrix, unknown: Mask, open_: Mask, secret: Mask
) -> Iterator[tuple[Places, list[Equation]]]:
    """The parts of the system that share no unknown cell and have both an open and a secret one: (their unknown cells, the
    sums among them, in positions among these)."""
    parts = [cells for cells in apart_cells(every, unknown, secret & unknown) if open_[cells].any()]
    if parts:
        by_column = every.tocsc()
        yield from ((cells, equations_among(by_column, cells)) for cells in parts)


def apart_cells(every: sparse.csr_matrix, unknown: Mask, wanted: Mask) -> Iterator[Places]:
    """The unknown cells of each part of the system that shares none with another and has a wanted one."""
    columns = np.flatnonzero(unknown)
    sums = every[:, columns]
    _, label = connected_components(sparse.bmat([[None, sums], [sums.T, None]]), directed=False)
    of_cell = label[sums.shape[0] :]
    by_cell = np.argsort(of_cell, kind="stable")
    for part in np.unique(of_cell[wanted[columns]]):
        yield columns[by_cell[slice(*np.searchsorted(of_cell, [part, part + 1], sorter=by_cell))]]


def equations_among(every: sparse.csc_matrix, cells: Places) -> list[Equation]:
    """What the sums say about these cells, whatever the others are; in positions among them."""
    _, sums = touching(every, cells)
    return [
        dict(zip(sums.indices[one:end].tolist(), sums.data[one:end].astype(int).tolist(), strict=True))
        for one, end in pairwise(sums.indptr.tolist())
    ]


def touching(every: sparse.csc_matrix, cells: Places) -> tuple[Places, sparse.csr_matrix]:
    """The sums with any of these cells, and [sum, cell] of these alone. The work does not grow with the other sums."""
    columns = every[:, cells]
    sums, row = np.unique(columns.indices, return_inverse=True)
    return sums, sparse.csc_matrix((columns.data, row, columns.indptr), shape=(sums.size, cells.size)).tocsr()
