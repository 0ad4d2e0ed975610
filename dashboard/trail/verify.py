"""Follows the chain from its first row to its last, through the sealed files, and says where it is broken."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.trail import head
from dashboard.trail.entry import FIRST, Entry, Event
from dashboard.trail.head import Head
from dashboard.trail.log import Trail
from dashboard.trail.sealed import Seal, rows_of, seals


@dataclass
class Chain:
    """How far the chain has been followed, and what was wrong on the way."""

    nr: int = 0
    hash: str = FIRST
    kept: tuple[Head, ...] = ()  # ends of the log as somebody saw them
    sealings: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def follow(self, rows: Iterable[Entry]) -> None:
        for row in rows:
            if row.nr != self.nr + 1:
                between = "saknas" if row.nr > self.nr + 1 else "står på fel plats"
                self.faults.append(f"Före rad {row.nr}: rad {self.nr + 1} {between}.")
            elif row.fore != self.hash:
                self.faults.append(f"Rad {row.nr} hör inte ihop med raden före: en av dem är ändrad eller inskjuten.")
            if row.counted() != row.hash:
                self.faults.append(f"Rad {row.nr} är ändrad.")
            self.nr, self.hash = row.nr, row.hash
            self._hold_against_kept()
            if row.handelse == Event.FORSEGLING:
                self.sealings.add(row.objekt)

    def _hold_against_kept(self) -> None:
        if any(one.nr == self.nr and one.hash != self.hash for one in self.kept):
            self.faults.append(f"Rad {self.nr} är inte den som fanns när loggens slut sparades.")


def verify(trail: Trail, folder: Path | None, others: Sequence[Head] = (), *, with_sealed: bool = True) -> Chain:
    """Follow the whole chain. `others` are ends that were kept elsewhere, as in the forwarded log; without the sealed
    files the chain is followed from the first row in the database."""
    chain = Chain()
    chain.kept = (*_own_head(trail, chain), *others)  # before the rows: more may be written meanwhile
    made = seals(trail)
    for one in made:
        if with_sealed:
            _follow_sealed(chain, one, folder)
        chain.nr, chain.hash = one.till_nr, one.hash
    chain.follow(trail.rows())
    if with_sealed:
        chain.faults += [f"Ingen rad säger att {one.fil} skrevs." for one in made if one.fil not in chain.sealings]
    longest = max((one.nr for one in chain.kept), default=0)
    if longest > chain.nr:
        chain.faults.append(f"Loggens slut saknas: den har haft minst {longest} rader, nu {chain.nr}.")
    return chain


def _follow_sealed(chain: Chain, one: Seal, folder: Path | None) -> None:
    path = None if folder is None else folder / one.fil
    if path is None or not path.is_file():
        chain.faults.append(f"Den förseglade filen {one.fil} saknas.")
        return
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != one.sha256:
            chain.faults.append(f"Den förseglade filen {one.fil} är ändrad.")
    try:
        chain.follow(rows_of(path))
    except ValueError:
        chain.faults.append(f"Den förseglade filen {one.fil} kan inte läsas.")
    if (chain.nr, chain.hash) != (one.till_nr, one.hash):
        chain.faults.append(f"Den förseglade filen {one.fil} slutar inte där den ska.")


def _own_head(trail: Trail, chain: Chain) -> list[Head]:
    if trail.head_file is None:
        return []
    try:
        kept = head.read(trail.head_file)
    except ValueError:
        chain.faults.append(f"{trail.head_file.name} är ändrad.")
        return []
    if kept is None and trail.length():
        chain.faults.append(f"{trail.head_file.name} saknas: det går inte att se om loggens slut är kvar.")
    return [] if kept is None else [kept]
