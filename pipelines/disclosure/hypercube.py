"""The hypercube method, to compare with: every small cell is hidden together with the corners of a box, so that no single sum
gives it away (Repsilber 1994; Giessing and Repsilber 2002). Tables that share sums are not seen together, and no attacker is
asked: it is no protection of ours."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from pipelines.disclosure.elimination import Mask

FRESH = 1e6  # what it costs to hide one more cell, beside its persons
EMPTY = 1e12  # nobody can hide behind a cell without persons


def hypercube(persons: NDArray[np.float64], small: Mask) -> Mask:
    """The hidden cells of a table of any number of dimensions, those that are `small` among them: for each of these the box
    whose other corners hide fewest new cells, and of those fewest persons."""
    hidden = small.copy()
    for cell in np.argwhere(small):
        weight = np.where(hidden, 0.0, np.where(persons > 0, FRESH + persons, EMPTY))
        cost = np.zeros(persons.shape)
        for moved in product((False, True), repeat=persons.ndim):
            at = tuple(slice(None) if moves else slice(own, own + 1) for moves, own in zip(moved, cell, strict=True))
            cost = cost + weight[at]
        for axis, (size, own) in enumerate(zip(persons.shape, cell, strict=True)):
            if size > 1:
                np.moveaxis(cost, axis, 0)[own] = np.inf
        opposite = np.unravel_index(np.argmin(cost), cost.shape)
        hidden[np.ix_(*(sorted({int(one), int(other)}) for one, other in zip(cell, opposite, strict=True)))] = True
    return hidden
