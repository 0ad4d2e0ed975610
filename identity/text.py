"""Finds what points out a person in a text, without ever repeating it: personal numbers and reserve numbers, e-mail,
telephone, names and free text.

Digits inside a longer word (a hash, a pseudonym, a UUID) do not count; a short word right before the number, as in PNR…,
does not hide it.
"""

import csv
import re
from functools import cache
from importlib.resources import files

from identity import numbers

NUMBER, RESERVE, EMAIL, PHONE = "personnummer", "reservnummer", "e-postadress", "telefonnummer"
NAME, PROSE = "personnamn", "möjlig fritext"
UUID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")
# overlapping words are found too: the border is looked at, not consumed
INSIDE = r"(?<![0-9A-Za-z])[A-Za-z]{{0,6}}({})(?![0-9A-Za-z])"
PERSONAL = re.compile(INSIDE.format(numbers.PERSONAL))
RESERVED = re.compile(rf"(?<![0-9A-Za-z])({numbers.RESERVED})(?![0-9A-Za-z])")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-zÅÄÖåäö]{2,}")
# with a mark between area code and number, or with the country's code: digits alone are as often a serial number
TELEPHONE = re.compile(
    rf"(?<![\w-])(?:(?:\+|00)46[ (]*0?\)?[ {numbers.DASHES}-]?[1-9](?:[ {numbers.DASHES}-]?[0-9]){{6,9}}"
    rf"|0[1-9][0-9]{{0,2}}(?: ?[{numbers.DASHES}/-] ?)[1-9][0-9](?: ?[0-9]){{3,6}}"
    rf"|0[1-9][0-9]{{0,2}} [1-9][0-9]{{1,2}}(?: [0-9]{{2,3}}){{1,2}})(?![\w-])"
)
MOBILE = re.compile(r"(?<![\w-])07[02369][0-9]{7}(?![\w-])")
WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’-]+"
PAIR = re.compile(rf"({WORD}),? +(?:[A-ZÅÄÖ]\.? +)?(?=({WORD}))")
TWO_CAPITALS = re.compile(r"[A-ZÅÄÖ][a-zåäöéü]+,? [A-ZÅÄÖ][a-zåäöéü-]+")
LONG, WORDS = 30, 4


def holds_identity_number(text: str) -> bool:
    """True when the text holds at least one valid personal or reserve number."""
    bare = UUID.sub("", text)
    return any(numbers.is_personal(match) for match in PERSONAL.findall(bare)) or any(
        numbers.is_reserved(match) for match in RESERVED.findall(bare)
    )


def points_out_somebody(text: str) -> bool:
    """True for a text of the sender's own (a heading, a file name, a manifest) that holds a number or an address of a
    person. Names are not sought: a word among others may be anything."""
    return holds_identity_number(text) or bool(ADDRESS.search(text) or TELEPHONE.search(text))


def name_without_number(name: str) -> str:
    """A file's or folder's name as it may be repeated."""
    return "(namnet är dolt)" if points_out_somebody(name) else name


def kinds_in(cell: str, holds: str) -> set[str]:
    """What a cell holds that it must not. `holds` is what its column is declared to hold (schemas.extracts.fields)."""
    bare = UUID.sub("", cell)
    found = set()
    if any(numbers.is_personal(match) for match in PERSONAL.findall(bare)):
        found.add(NUMBER)
    elif any(numbers.is_reserved(match) for match in RESERVED.findall(bare)):
        found.add(RESERVE)
    if ADDRESS.search(bare):
        found.add(EMAIL)
    elif NUMBER not in found and (TELEPHONE.search(bare) or (holds != "id" and MOBILE.search(bare))):
        found.add(PHONE)
    if holds != "namn" and _names(bare, holds):
        found.add(NAME)
    elif holds in ("id", "kod") and len(cell) > LONG and len(re.findall(WORD, cell)) >= WORDS:
        found.add(PROSE)
    return found


def _names(text: str, holds: str) -> bool:
    """A given name beside another word; in an id, which has no words, any two words with capitals."""
    pairs = PAIR.findall(text)
    known = first_names()
    return any(_given(word, known) for pair in pairs for word in pair) or (
        holds == "id" and TWO_CAPITALS.fullmatch(text) is not None
    )


def _given(word: str, known: frozenset[str]) -> bool:
    """Three letters are a name only with a capital: per, jan and max are words."""
    return word.lower() in known and (len(word) > 3 or word[0].isupper())


@cache
def first_names() -> frozenset[str]:
    text = (files("identity") / "tilltalsnamn.csv").read_text(encoding="utf-8")
    return frozenset(row["namn"].lower() for row in csv.DictReader(text.splitlines()))
