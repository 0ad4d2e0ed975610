"""One row of the log: what may stand in it, and the hash that binds it to the row before."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from unicodedata import category

from identity.text import holds_identity_number, points_out_somebody

FIRST = "0" * 64  # what the first row is bound to
LONGEST = 200
HIDDEN = "(dolt)"


class Event(StrEnum):
    """What is logged. FORSEGLING is written by the log itself when old rows leave the database."""

    INLOGGNING = "inloggning"
    UTLOGGNING = "utloggning"
    NEKAD_INLOGGNING = "nekad_inloggning"
    NEKAD_ATKOMST = "nekad_atkomst"
    ENHET_VISAD = "enhet_visad"
    EXPORT = "export"
    RAPPORT = "rapport"
    BESLUT = "beslut"
    ROLLANDRING = "rollandring"
    KONTOANDRING = "kontoandring"
    FORSEGLING = "forsegling"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row: `tid_utc` as ÅÅÅÅ-MM-DDTHH:MM:SS.ffffffZ, `fore` the hash of the row before, `hash` of all of this one."""

    nr: int
    tid_utc: str
    handelse: str
    anvandare: str
    roll: str
    enhet: str
    objekt: str
    utfall: str
    adress: str
    korrelation: str
    fore: str
    hash: str = ""

    def counted(self) -> str:
        """The hash that this content has: sha256 of its values in order, as JSON."""
        values = [value for name, value in vars(self).items() if name != "hash"]
        said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()

    def line(self) -> str:
        """The row as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def on_one_line(text: str) -> str:
    """A text of bounded length without line breaks or other control characters: they are written as escapes, so that
    nobody can write a row of their own in the log."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(mark if mark == " " or category(mark)[0] not in "CZ" else _escaped(mark) for mark in short)


def about_nobody(text: str) -> str:
    """What was asked for, on one line; an address that holds what points out a person is not repeated."""
    return HIDDEN if points_out_somebody(text) else on_one_line(text)


def account_name(text: str) -> str:
    """An account may be an e-mail address, and is never an identity number: that was typed in the wrong field."""
    return HIDDEN if holds_identity_number(text) else on_one_line(text)


def _escaped(mark: str) -> str:
    return mark.encode("unicode_escape").decode("ascii")
