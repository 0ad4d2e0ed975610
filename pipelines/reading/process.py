"""The other process: started once, it hands every file to a copy of itself that is gone when the file is read."""

import atexit
import json
import os
import select
import subprocess  # nosec B404  (the other process is this program)
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.reading.unreadable import Unreadable

ROOT = Path(__file__).parents[2]
TOO_MUCH = "läsningen tog för mycket minne eller tid och avbröts; filen kan vara skadad eller gjord för att störa"
DONE = "klart"  # an answer that is not the last
BLOCK = 1 << 20
LOCK = threading.Lock()


class _Other:
    """The running process, if there is one, and whose it is: a copy of this process starts its own."""

    running: subprocess.Popen | None = None
    owner = 0


def ask(question: dict[str, Any], seconds: int, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """The answer, waited for at most so many seconds; until then `tell` of rows done, of about how many. Raises Unreadable."""
    with LOCK:
        process = _started()
        try:
            answer = _answer(process, question, seconds, tell)
        except BaseException:
            stop()
            raise
    if "fault" in answer:
        raise Unreadable(answer["fault"])
    return answer


def stop() -> None:
    """End the process and whatever it is reading."""
    process = _Other.running
    _Other.running = None
    if process is None or _Other.owner != os.getpid():
        return
    if process.stdin and process.stdout:
        # without anybody to answer it ends by itself; what it has started ends with it
        process.stdin.close()
        process.terminate()
        process.stdout.close()
    process.wait()


def _started() -> subprocess.Popen:
    if _Other.running is None or _Other.owner != os.getpid() or _Other.running.poll() is not None:
        _Other.running = subprocess.Popen(  # nosec B603  (a list of our own words, no shell)
            # -P: a file called csv.py beside the delivery is not what gets imported
            [sys.executable, "-P", "-m", "pipelines.reading"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        )  # fmt: skip
        _Other.owner = os.getpid()
    return _Other.running


def _answer(
    process: subprocess.Popen, question: dict[str, Any], seconds: int, tell: Callable[[int, int], None]
) -> dict[str, Any]:
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise Unreadable(TOO_MUCH) from None
    until, said = time.monotonic() + seconds, b""
    while True:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, until - time.monotonic()))
        block = os.read(process.stdout.fileno(), BLOCK) if ready else b""
        if not block:
            raise Unreadable(TOO_MUCH)
        *lines, said = (said + block).split(b"\n")
        for answer in map(json.loads, lines):
            if DONE not in answer:
                return answer
            tell(*answer[DONE])


atexit.register(stop)
