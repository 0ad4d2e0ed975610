"""One family of counting measures protected as a build does it, without its folders and processes."""

from pipelines.compute.protect import NOTHING_EARLIER
from pipelines.compute.secure import secured


def protect_counts(cells, nodes, family, settings, earlier=NOTHING_EARLIER):
    found = secured(cells, nodes, family, settings, earlier)
    return cells.assign(dold=found.hidden, liten=found.small, kand=found.known)
