"""The process that opens a delivered file: told what in one line of JSON, answers in one line of JSON."""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from pipelines.reading.kinds import CSV, PARQUET, XLSX, is_packed, suffix_of
from pipelines.reading.unpack import unpacked
from pipelines.reading.unreadable import Unreadable


def main() -> None:
    asked = json.loads(sys.stdin.readline())
    answering = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _limit(asked)
    try:
        answer = _rows(asked) if "most" in asked else _texts(asked)
    except Unreadable as fault:
        answer = {"fault": str(fault)}
    except (MemoryError, RecursionError):
        answer = {"fault": "filen kräver mer minne än läsningen får ta"}
    except OSError as fault:
        answer = {"fault": f"filen kan inte läsas: {fault.strerror or 'fel vid läsning'}"}
    answering.write(json.dumps(answer))
    answering.close()


def _limit(asked: dict[str, Any]) -> None:
    """What the system itself holds this process to, from here on."""
    for what, most in (
        (resource.RLIMIT_DATA, asked["memory"]),
        (resource.RLIMIT_CPU, asked["seconds"]),
        (resource.RLIMIT_FSIZE, asked["expanded"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


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


def _texts(asked: dict[str, Any]) -> dict[str, Any]:
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
        return separated.to_texts(path, out, folder, known=known, counted=asked["counted"], config=config)
    if kind == PARQUET:
        return columnar.to_texts(path, out, config=config)
    if kind == XLSX:
        from pipelines.reading import workbook

        return workbook.to_texts(path, out, known=known, largest=asked["expanded"])
    raise Unreadable("filtypen läses inte")


if __name__ == "__main__":
    main()
