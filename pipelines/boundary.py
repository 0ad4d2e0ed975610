"""The boundaries of input and output that loading, building and publishing cross, by name: where a crash can leave
something half done. Nothing happens here, except in the tests, which end the process at one after the other."""

from collections.abc import Callable

_watchers: list[Callable[[str], None]] = []


def crossing(name: str) -> None:
    """Say that a boundary is about to be crossed."""
    for watcher in _watchers:
        watcher(name)


def watch(watcher: Callable[[str], None]) -> None:
    """Be told of every boundary from now on, in this process."""
    _watchers.append(watcher)
