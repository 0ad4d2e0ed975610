"""Pseudonyms made at the door, for a sender who can only deliver the identity numbers themselves: HMAC-SHA256 with a key that
nobody else has, before anything is checked, kept or said.

A hash without a key is refused: there are so few personnummer that every one can be tried. The key's file may be read by its
owner alone. Pseudonyms differ by domain and by vårdgivare, so that two extracts cannot be joined by them. What is delivered
stays where it was put: whoever takes it in removes it.
"""

import base64
import hmac
import re
import secrets
import stat
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb

from identity import numbers
from pipelines.deliveries.refusal import FileRefused
from pipelines.reading.text import WHITE
from pipelines.reading.unreadable import quoted
from pipelines.settings import Settings

METHOD = "hmac-sha256"
KEYLESS = "En hash utan nyckel duger inte: alla personnummer går att prova"
LEAST_BITS = 256
LENGTH = 26  # characters of base32: 130 bits
REMEMBERED = 1 << 16  # persons in a row who are not computed again
PROVIDER = "vardgivare_id"
NUMBER = re.compile(r"((?:18|19|20)?)([0-9]{6})([-+ ]?)([0-9]{4})")


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key: its version, and what is made with it. `repr` and messages never show the secret."""

    version: int
    domain: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key(version={self.version}, domain={self.domain!r})"

    @property
    def fingerprint(self) -> str:
        """What tells two keys apart and says nothing of either."""
        return hmac.digest(self.secret, f"avtryck|{self.version}|{self.domain}".encode(), "sha256").hex()[:16]

    def pseudonym(self, provider: str, identity: str) -> str:
        """26 letters and digits for a person within a vårdgivare."""
        said = "\x1f".join((self.domain, "".join(provider.split()).upper(), normalised(identity)))
        return base64.b32encode(hmac.digest(self.secret, said.encode(), "sha256")).decode()[:LENGTH]


def key_of(settings: Settings) -> Key:
    """The key that the settings name. Raises FileRefused when there is none, or it cannot be trusted."""
    path = settings.pseudonym_key
    if path is None or not settings.pseudonym_domain:
        raise FileRefused(
            "pseudonymisering kräver en nyckel och ett ändamål: pseudonym_key och pseudonym_domain i region.toml. "
            f"{KEYLESS}"
        )
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise FileRefused(f"{path.name}: nyckeln får bara läsas av sin ägare (chmod 600)")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        method, version, secret = content["metod"], content["version"], bytes.fromhex(content["nyckel"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        raise FileRefused(f"{path.name}: nyckelfilen saknas eller har inte metod, version och nyckel") from None
    if method != METHOD:
        raise FileRefused(f"{path.name}: metoden ska vara {METHOD}. {KEYLESS}")
    if not isinstance(version, int) or len(secret) * 8 < LEAST_BITS:
        raise FileRefused(f"{path.name}: nyckeln ska ha minst {LEAST_BITS} bitar, och versionen vara ett heltal")
    return Key(version=version, domain=settings.pseudonym_domain, secret=secret)


def write_key(path: Path, version: int) -> None:
    """A new key in a new file that only its owner can read. Raises FileExistsError: a key is never written over."""
    path.touch(mode=0o600, exist_ok=False)
    secret = secrets.token_hex(LEAST_BITS // 8)
    path.write_text(f'metod = "{METHOD}"\nversion = {version}\nnyckel = "{secret}"\n', encoding="utf-8")


def normalised(identity: str) -> str:
    """The same person in one spelling: twelve digits of a personnummer or samordningsnummer, with the century that a `+`, or
    else the calendar, says; anything else without white space, in capitals."""
    text = "".join(identity.split()).upper()
    found = NUMBER.fullmatch(text)
    if found is None or not numbers.is_personal(text):
        return text
    century, birth, mark, last = found.groups()
    if not century:
        today = date.today()
        month, day = int(birth[2:4]), int(birth[4:6]) % 60
        born = (today.year // 100 * 100 + int(birth[:2]), month, day)
        year = born[0] - 100 * (born > (today.year, today.month, today.day)) - 100 * (mark == "+")
        century = f"{year // 100}"
    return f"{century}{birth}{last}"


def pseudonymise(texts: Path, places: dict[str, int], columns: frozenset[str], key: Key) -> None:
    """Replace the file of texts by one where the columns hold pseudonyms; `places` is column → place. In a database of its own
    in memory: what is replaced never passes the warehouse or its disk. Raises FileRefused when the file says no vårdgivare."""
    if PROVIDER not in places:
        raise FileRefused(f"pseudonymer görs för varje vårdgivare för sig, och filen har ingen kolumn {PROVIDER}")
    chosen = {places[name] for name in columns if name in places}
    made = lru_cache(REMEMBERED)(key.pseudonym)

    def replaced(provider: str, identity: str) -> str:
        stripped = identity.strip(WHITE)
        return made(provider.strip(WHITE), stripped) if stripped else ""

    fresh = texts.with_suffix(".pseudonymer")
    with duckdb.connect(config={"temp_directory": str(texts.parent / "spill"), "threads": "1"}) as connection:
        connection.create_function("replaced", replaced, ["VARCHAR", "VARCHAR"], "VARCHAR")
        named = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{quoted(texts)}')").fetchall()
        provider = f"coalesce(c{places[PROVIDER]}, '')"
        cells = ", ".join(
            f"replaced({provider}, {name}) AS {name}" if name in {f"c{at}" for at in chosen} else name
            for name, *_ in named
        )
        connection.execute(
            f"""COPY (SELECT {cells} FROM read_parquet('{quoted(texts)}'))
            TO '{quoted(fresh)}' (FORMAT parquet, COMPRESSION lz4)"""
        )
    fresh.replace(texts)


def refuse_other_key(connection: duckdb.DuckDBPyConnection, key: Key) -> None:
    """Raises FileRefused when what stands was made with another key: the same person would be two."""
    create_tables(connection)
    earlier = connection.execute(
        "SELECT version FROM ledger.nyckelversion WHERE avtryck <> $print", {"print": key.fingerprint}
    ).fetchall()
    if earlier:
        raise FileRefused(
            f"nyckel {key.version} är en annan än den som det inlästa är gjort med (version {earlier[0][0]}): "
            "samma person skulle bli två. Byts nyckeln läses allt in på nytt i ett tomt datalager"
        )


def remember_key(connection: duckdb.DuckDBPyConnection, key: Key) -> None:
    """Say which key the warehouse's pseudonyms are made with: its version, and a mark that does not give it away."""
    connection.execute(
        """INSERT INTO ledger.nyckelversion SELECT $version, $print
        WHERE NOT EXISTS (SELECT 1 FROM ledger.nyckelversion WHERE avtryck = $print)""",
        {"version": key.version, "print": key.fingerprint},
    )


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS ledger.nyckelversion (version INTEGER, avtryck VARCHAR)")
