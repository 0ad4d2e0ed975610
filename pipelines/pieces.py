"""Work that is cut in pieces: done in processes beside each other, and picked up where an interrupted run ended."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd

from pipelines.boundary import crossing

Answer = TypeVar("Answer")
Progress = Callable[[str], None]
KEEPING = ("ett svar sparas", "svaret får sitt namn")  # boundaries
WORTH_IT = 50_000  # rows from which a process of its own pays for its start


@dataclass(frozen=True, kw_only=True)
class Piece:
    """`work(*arguments)` of about `size` rows; `name` for people, and `key` of all that the answer depends on."""

    name: str
    key: str
    size: int
    arguments: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Kept(Generic[Answer]):
    """Where answers lie until the whole is done, and how they are written to a file and read from one."""

    folder: Path
    write: Callable[[Path, Answer], None]
    read: Callable[[Path], Answer]

    def find(self, piece: Piece) -> Answer | None:
        path = self.folder / piece.key
        return self.read(path) if path.is_file() else None

    def keep(self, piece: Piece, answer: Answer) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f".{piece.key}.{os.getpid()}"
        crossing(KEEPING[0])
        self.write(fresh, answer)
        crossing(KEEPING[1])
        fresh.replace(self.folder / piece.key)


def key_of(*parts: pd.DataFrame | Hashable) -> str:
    """A hash of tables and of what can be written as text."""
    sha = sha256()
    for part in parts:
        if isinstance(part, pd.DataFrame):
            sha.update(repr(list(part.columns)).encode())
            sha.update(pd.util.hash_pandas_object(part, index=False).to_numpy().tobytes())
        else:
            sha.update(repr(part).encode())
    return sha.hexdigest()


def in_pieces(
    work: Callable[..., Answer],
    pieces: Sequence[Piece],
    *,
    processes: int,
    progress: Progress,
    kept: Kept[Answer] | None = None,
) -> list[Answer]:
    """The answers in the order of the pieces; the largest piece is begun first, and `progress` is told of each that is done.
    What is kept already is not done again. Raises what the work raises, and then nothing of it goes on."""
    answers: dict[str, Answer] = {}
    for piece in pieces:
        if kept is not None and (found := kept.find(piece)) is not None:
            answers[piece.key] = found
            progress(piece.name)
    left = sorted((piece for piece in pieces if piece.key not in answers), key=lambda piece: -piece.size)
    for piece, answer in _done(work, left, processes):
        answers[piece.key] = answer
        if kept is not None:
            kept.keep(piece, answer)
        progress(piece.name)
    return [answers[piece.key] for piece in pieces]


def _done(work: Callable[..., Answer], pieces: Sequence[Piece], processes: int) -> Iterator[tuple[Piece, Answer]]:
    if min(processes, len(pieces)) < 2 or sum(piece.size for piece in pieces) < WORTH_IT:
        for piece in pieces:
            yield piece, work(*piece.arguments)
        return
    with _beside(min(processes, len(pieces))) as pool:
        begun = {pool.submit(work, *piece.arguments): piece for piece in pieces}
        for future in as_completed(begun):
            yield begun[future], future.result()


@contextmanager
def _beside(processes: int) -> Iterator[Executor]:
    """Processes that hear nothing of Ctrl-C themselves, and are ended with the block however it ends."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for own in set(multiprocessing.active_children()) - others:
            own.terminate()
            own.join()
        raise
    pool.shutdown()
