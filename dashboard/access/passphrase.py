"""Passphrases of local accounts: which may be chosen, and how they are kept (Argon2id, RFC 9106's second choice)."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from dashboard.texts import signin as say

SHORTEST, LONGEST = 15, 128
FEWEST_MARKS = 6  # different ones
PRODUCT = "sjukvy"
AT_ONCE = 2  # each takes 64 MB
WAITING = 1  # and as many may wait, so that the threads that answer are left to others

ROWS = ("abcdefghijklmnopqrstuvwxyzåäö", "01234567890", "qwertyuiopå", "asdfghjklöä", "zxcvbnm")
RUN = 6  # marks in a row that are next to each other in an alphabet or on a keyboard
REPEATED = re.compile(r"(.{1,8}?)\1+.?")
_hasher = PasswordHasher()
_turn, _line = threading.Semaphore(AT_ONCE), threading.Semaphore(AT_ONCE + WAITING)


class Busy(Exception):
    """Too many passphrases are being tried at the same time."""


def tidy(text: str) -> str:
    """The same passphrase is the same however a keyboard composes its letters."""
    return normalize("NFC", text)


def faults(text: str, name: str) -> list[str]:
    """Why this may not be the passphrase of the account with this name, in Swedish; empty where it may. Any marks may be
    used, and none has to be."""
    said, plain = tidy(text), tidy(text).casefold()
    if len(said) < SHORTEST:
        return [say.TOO_SHORT.format(shortest=SHORTEST)]
    if len(said) > LONGEST:
        return [say.TOO_LONG.format(longest=LONGEST)]
    found = []
    if PRODUCT in plain or (len(name) > 2 and name.casefold() in plain):
        found.append(say.HOLDS_NAME)
    if len(set(plain)) < FEWEST_MARKS or REPEATED.fullmatch(plain):
        found.append(say.REPEATS)
    if _runs(plain):
        found.append(say.IN_A_ROW)
    return found


def kept(text: str) -> str:
    """What is kept of a passphrase. Raises Busy."""
    with _in_line():
        return _hasher.hash(tidy(text))


def is_right(text: str, hash_of_it: str) -> bool:
    """Whether it is the passphrase. Takes as long where there is none to hold it against.
    Raises Busy."""
    with _in_line():
        try:
            return _hasher.verify(hash_of_it or _nobody(), tidy(text)[: LONGEST + 1]) and bool(hash_of_it)
        except (Argon2Error, InvalidHashError):
            return False


@contextmanager
def _in_line() -> Iterator[None]:
    if not _line.acquire(blocking=False):
        raise Busy
    try:
        with _turn:
            yield
    finally:
        _line.release()


def ready() -> None:
    """Make what unknown names are held against, which takes time once."""
    _nobody()


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this passphrase")


def _runs(text: str) -> bool:
    rows = [row for one in ROWS for row in (one, one[::-1])]
    pieces = {text[at : at + RUN] for at in range(len(text) - RUN + 1)}
    return any(row[at : at + RUN] in pieces for row in rows for at in range(len(row) - RUN + 1))
