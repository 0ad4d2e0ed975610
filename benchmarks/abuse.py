"""The dashboard under those who mean it ill and under two hundred at once: slow clients, huge bodies, a thousand who try to
sign in, and readers. Counts every answer, and what the processes have grown by.

    python -m benchmarks.abuse data/demo/published
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console

from benchmarks.load import MENU, question
from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.app import create_app
from dashboard.release import Releases
from dashboard.server import serve
from dashboard.settings import DashboardSettings

HOST, PORT, WORKERS = "127.0.0.1", 8061, 2
SLOW, SLOW_SECONDS = 100, 20
HUGE = 10_000_000
SIGN_INS = 1000
USERS, SECONDS, PAUSE = 200, 60, 3.0
CUT = "cut"  # the server closed the connection without an answer
CALLBACK, SIGN_IN, TOKEN = "/_dash-update-component", "/logga-in", "__Host-sk-csrf"
COOKIE = re.compile(r"^set-cookie: ([^=;\s]+)=([^;\r\n]*)", re.MULTILINE | re.IGNORECASE)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
screen = Console(highlight=False)


@dataclass
class Counted:
    """What was answered, and how long it took: status (or what happened) → how many."""

    name: str
    intended: frozenset[str]
    statuses: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)

    def tell(self, grown: int) -> int:
        """One line; how many answers were none of the intended."""
        other = sum(count for status, count in self.statuses.items() if status not in self.intended)
        counts = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        spread = ""
        if len(self.milliseconds) > 1:
            p95 = statistics.quantiles(self.milliseconds, n=20)[-1]
            spread = f"; ms, median {statistics.median(self.milliseconds):.0f}, p95 {p95:.0f}"
        screen.print(f"{self.name}: {counts}; not intended: {other}{spread}; memory {grown / 2**20:+.0f} MiB")
        return other


async def asked(counted: Counted, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Send a request on a connection of its own, count its answer, and return the answer's text."""
    begun = time.perf_counter()
    answer = b""
    try:
        async with line() as (reader, writer):
            writer.write(head(method, path, headers | {"Content-Length": str(len(body))}))
            for at in range(0, len(body), 65536):
                writer.write(body[at : at + 65536])
                await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 60)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as fault:
        # an answer that came before the body was all sent cannot always be read: the connection was reset
        counted.statuses[CUT if isinstance(fault, ConnectionError) else type(fault).__name__] += 1
        return b""
    counted.statuses[answer[9:12].decode("ascii", "replace") or CUT] += 1
    counted.milliseconds.append(1000 * (time.perf_counter() - begun))
    return answer


@asynccontextmanager
async def line() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, PORT)
    try:
        yield reader, writer
    finally:
        writer.close()


def head(method: str, path: str, headers: dict[str, str]) -> bytes:
    own = {"Host": f"{HOST}:{PORT}", "Origin": f"http://{HOST}:{PORT}", "Connection": "close"} | headers
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items()), "", ""]
    return "\r\n".join(lines).encode()


async def slow_clients() -> list[Counted]:
    """Half of them send a header a letter a second, half a body; others ask meanwhile whether the service is alive."""
    slow = Counted(f"{SLOW} slow clients", frozenset({CUT, "400", "408", "413"}))
    meanwhile = Counted("others meanwhile", frozenset({"200"}))
    started = head("POST", CALLBACK, {"Content-Type": "application/json", "Content-Length": "900000"})

    async def one(at: int) -> None:
        try:
            async with line() as (_, writer):
                writer.write(started if at % 2 else started[:20])
                for _ in range(SLOW_SECONDS):
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(1)
                slow.statuses["still open after 20 s"] += 1
        except OSError:
            slow.statuses[CUT] += 1

    async def alive(at: int) -> None:
        await asyncio.sleep(1 + at / 5)
        await asked(meanwhile, "GET", "/halsa", {})

    slow.intended |= {"still open after 20 s"}  # those that wait for a thread hold none
    await asyncio.gather(*map(one, range(SLOW)), *map(alive, range(5 * (SLOW_SECONDS - 2))))
    return [slow, meanwhile]


async def huge_requests() -> list[Counted]:
    """Ten megabytes where a few hundred bytes are sent, and addresses and headers without end."""
    bodies = Counted(
        f"bodies of {HUGE // 1_000_000} MB", frozenset({CUT, "400", "401", "403", "404", "405", "413", "415"})
    )
    heads = Counted("huge addresses and headers", frozenset({CUT, "400", "414", "431"}))
    whole = b'{"a": "' + b"x" * HUGE
    for path in (CALLBACK, SIGN_IN, "/manad/skriv", "/"):
        await asyncio.gather(
            *(asked(bodies, "POST", path, {"Content-Type": "application/json"}, whole) for _ in range(5))
        )
    for path, headers in (
        (f"/?{'x' * 100_000}", {}),
        ("/", {"Cookie": "x" * 100_000}),
        ("/", {f"X-{at}": "x" for at in range(1000)}),
    ):
        await asyncio.gather(*(asked(heads, "GET", path, headers) for _ in range(10)))
    return [bodies, heads]


async def sign_ins() -> list[Counted]:
    """A thousand at once with wrong words, to ten accounts."""
    tried = Counted(f"{SIGN_INS} sign-ins at once", frozenset({"400", "401", "403", "404", "405", "429"}))
    seen = await visited("GET", SIGN_IN, {})
    await asyncio.gather(
        *(
            asked(tried, "POST", SIGN_IN, FORM | seen, f"konto=k{at % 10}&namn=k{at % 10}&losen=fel-fras-{at}".encode())
            for at in range(SIGN_INS)
        )
    )
    return [tried]


async def visited(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> dict[str, str]:
    """What a browser sends after an answer: the cookies it was given, and that it has read a page of ours."""
    answer = (await asked(Counted("", frozenset()), method, path, headers, body)).decode("latin-1")
    held = dict(part.split("=", 1) for part in headers.get("Cookie", "").split("; ") if part)
    held |= dict(COOKIE.findall(answer.partition("\r\n\r\n")[0]))
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items()), "X-CSRFToken": held.get(TOKEN, "")}


async def signed_in() -> dict[str, str]:
    """As the demo's user of the regionteam, who sees every unit."""
    seen = await visited("GET", SIGN_IN, {})
    inside = await visited("POST", f"{SIGN_IN}/demo", FORM | seen, b"roll=regionteam")
    return await visited("GET", "/", inside)


def readers(published: Path) -> Callable[[], Awaitable[list[Counted]]]:
    """Two hundred, each with a unit, who open a page every three seconds for a minute."""
    app, release = create_app(DashboardSettings(published=published)), Releases(published).current()
    units = [place.enhet_id for place in queries.places(release, Scope.everything()) if place.niva == "enhet"]

    async def all_of_them() -> list[Counted]:
        seen = Counted(f"{USERS} users for {SECONDS} s", frozenset({"200"}))
        until, inside = time.monotonic() + SECONDS, await signed_in()

        async def one(seed: int) -> None:
            chance = random.Random(seed)
            await asyncio.sleep(chance.uniform(0, PAUSE))
            while time.monotonic() < until:
                body = json.dumps(question(app, chance.choice(MENU), units[seed % len(units)])).encode()
                await asked(seen, "POST", CALLBACK, {"Content-Type": "application/json"} | inside, body)
                await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE)

        await asyncio.gather(*map(one, range(USERS)))
        return [seen]

    return all_of_them


def memory(process: int) -> int:
    """Bytes that a process and its children hold."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 + sum(memory(int(child)) for child in children)


@contextmanager
def served(published: Path) -> Iterator[int]:
    """The dashboard as it is served, in processes of its own, with an empty state."""
    with tempfile.TemporaryDirectory(prefix="sjukvy-") as folder:
        settings = DashboardSettings(published=published, state=f"sqlite:///{folder}/protokoll.sqlite", demo=True)
        process = get_context("spawn").Process(
            target=serve, args=(settings,), kwargs={"host": HOST, "port": PORT, "workers": WORKERS}
        )
        process.start()
        try:
            asyncio.run(_ready())
            yield process.pid or 0
        finally:
            process.terminate()
            process.join()


async def _ready() -> None:
    for _ in range(300):
        if (await asked(Counted("", frozenset()), "GET", "/halsa/redo", {}))[9:12] == b"200":
            return
        await asyncio.sleep(0.2)
    raise SystemExit("the dashboard did not start")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.abuse", description=__doc__)
    parser.add_argument("published", type=Path, help="folder of the releases")
    published = parser.parse_args().published
    users = readers(published)
    wrong = 0
    with served(published) as process:
        # the first times pages are made and remembered, up to a bound: what grows after that would go on growing
        for scene in (users, users, slow_clients, huge_requests, sign_ins, users):
            before = memory(process)
            for counted in asyncio.run(scene()):
                wrong += counted.tell(memory(process) - before)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
