"""The process that opens a delivered file: told what in one line of JSON, answers in one line of JSON."""

import json
import os
import resource
import select
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401  # once, before the copies are made

from pipelines.reading.kinds import CSV, PARQUET, XLSX, is_packed, suffix_of
from pipelines.reading.process import DONE, TOO_MUCH
from pipelines.reading.unpack import unpacked
from pipelines.reading.unreadable import Unreadable


def main() -> None:
    """Read questions until there are no more; a copy of this process answers each, so that nothing of one file is left
    when the next is opened."""
    answering = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while line := sys.stdin.readline():
        copy = os.fork()
        if copy == 0:
            _die_with(os.getppid())
            _answer(
                answering, _answered(json.loads(line), lambda done, total: _answer(answering, {DONE: [done, total]}))
            )
            os._exit(0)
        _, status = os.waitpid(copy, 0)
        if status != 0:
            _answer(answering, {"fault": TOO_MUCH})


def _answer(answering: int, said: dict[str, Any]) -> None:
    os.write(answering, json.dumps(said).encode() + b"\n")


def _answered(asked: dict[str, Any], tell: Callable[[int, int], None]) -> dict[str, Any]:
    _limit(asked)
    try:
        return _rows(asked) if "most" in asked else _texts(asked, tell)
    except Unreadable as fault:
        return {"fault": str(fault)}
    except (MemoryError, RecursionError):
        return {"fault": "filen kräver mer minne än läsningen får ta"}
    except OSError as fault:
        return {"fault": f"filen kan inte läsas: {fault.strerror or 'fel vid läsning'}"}
    except Exception:  # whatever a library makes of bytes that nobody has thought of
        return {"fault": "filen kan inte läsas; den kan vara skadad eller avkortad"}


def _die_with(parent: int) -> None:
    """A copy outlives neither the process that made it nor the one that asks, whose end of the questions then closes."""
    asking = select.poll()
    asking.register(sys.stdin.fileno(), select.POLLHUP)

    def watch() -> None:
        while os.getppid() == parent and not any(event & select.POLLHUP for _, event in asking.poll(200)):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit(asked: dict[str, Any]) -> None:
    """What the system itself holds this process to, from here on."""
    for what, most in (
        (resource.RLIMIT_DATA, asked["memory"]),
        (resource.RLIMIT_CPU, asked["seconds"]),
        (resource.RLIMIT_FSIZE, asked["expanded"]),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]  # what the machine already allows at most
        held = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (held, held))


def _source(asked: dict[str, Any]) -> Path:
    path = Path(asked["path"])
    if is_packed(path):
        return unpacked(path, Path(asked["folder"]) / f"unpacked{suffix_of(path)}", asked["expanded"])
    return path


def _rows(asked: dict[str, Any]) -> dict[str, Any]:
    from pipelines.reading import separated, workbook

    path = _source(asked)
    if suffix_of(Path(asked["path"])) == XLSX:
        return {"rows": workbook.top(path, asked["expanded"], asked["most"])}
    return {"rows": separated.every_row(path, Path(asked["folder"]), asked["most"])}


def _texts(asked: dict[str, Any], tell: Callable[[int, int], None]) -> dict[str, Any]:
    from pipelines.reading import columnar, separated

    path, out, folder = _source(asked), Path(asked["out"]), Path(asked["folder"])
    known = set(asked["known"])
    config = {
        "threads": str(asked["threads"]), "memory_limit": asked["database_memory"],
        "temp_directory": str(folder / "spill"), "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }  # fmt: skip
    kind = suffix_of(Path(asked["path"]))
    if kind == CSV:
        return separated.to_texts(path, out, folder, known=known, counted=asked["counted"], config=config, tell=tell)
    if kind == PARQUET:
        return columnar.to_texts(path, out, config=config, tell=tell)
    if kind == XLSX:
        from pipelines.reading import workbook

        return workbook.to_texts(path, out, known=known, largest=asked["expanded"], tell=tell)
    raise Unreadable("filtypen läses inte")


if __name__ == "__main__":
    main()
