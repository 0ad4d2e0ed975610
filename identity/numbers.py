"""The numbers that are given to persons in Sweden: what each looks like, and whether one is valid.

Personnummer and samordningsnummer (day + 60) as Skatteverket gives them; reserve numbers of Inera and of the regions
Stockholm, Västra Götaland, Värmland and Skåne. A number counts when its date exists and its check digit is right. Those
without a check digit that can be computed here (the national reserve number's is not published with its format) look like
twelve characters that others may use too: they are LIKELY, and a column says which by how many it has.
"""

import re
from collections.abc import Callable
from datetime import date

# hyphens of every kind, as word processors and spreadsheets write them
DASHES = "\u2010-\u2015\u2212\u00a0"
DATE = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
BETWEEN = rf"[-+ {DASHES}]?"
PERSONAL = rf"(?:18|19|20)?{DATE}{BETWEEN}[0-9]{{4}}"
RESERVED = rf"[0-9]{{8}}{BETWEEN}[0-9A-Za-z]{{4}}"
LETTERS = "[A-HJ-NPR-UX-Z]"  # without I, O, Q, V and W
FIRST_YEAR = 1850


def is_personal(written: str) -> bool:
    """A personnummer or samordningsnummer, with or without century and hyphen."""
    digits = re.sub(r"\D", "", written)
    short = digits[-10:]
    day = int(short[4:6])
    centuries = [int(digits[:2])] if len(digits) == 12 else [19, 20]
    exists = any(
        _is_day(century * 100 + int(short[:2]), int(short[2:4]), day - 60 * (day > 60)) for century in centuries
    )
    return exists and _luhn(short)


def is_reserved(written: str) -> bool:
    """A regional reserve number with a right check digit."""
    text = _joined(written)
    return any(valid(text) for valid in (_stockholm, _vastra_gotaland, _inera))


def is_likely_reserved(written: str) -> bool:
    """The form of a reserve number that has no check digit to compute: national, Värmland's, Skåne's."""
    text = _joined(written)
    forms: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (rf"{LETTERS}{{2}}[0-9A-Z][0-9]", _national_date),
        (r"S[FUXPL][0-9][A-UW-Z]", _born),
        (r"(?=.*[A-Z])[0-9A-Z]{4}", _born),
    )
    return any(re.fullmatch(form, text[8:]) and dated(text[:8]) for form, dated in forms)


def born_on(text: str) -> bool:
    """Eight digits that can be somebody's day of birth."""
    return re.fullmatch(r"[0-9]{8}", text) is not None and _born(text)


def _joined(written: str) -> str:
    return re.sub(rf"[-+ {DASHES}]", "", written)


def _stockholm(text: str) -> bool:
    if not re.fullmatch(r"99[0-9]{10}", text):
        return False
    return FIRST_YEAR <= int(text[2:6]) <= date.today().year and _luhn(text[4:])


def _vastra_gotaland(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{8}[KMX][0-9]{3}", text) or not _born(text[:8]):
        return False
    return _luhn(text[2:8] + {"K": "5", "M": "7", "X": "8"}[text[8]] + text[9:])


def _inera(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(?:0[1-9]|1[0-2])(?:3[2-9]|4[0-9]|5[0-9])[0-9]{4}", text):
        return False
    return FIRST_YEAR <= int(text[:4]) <= date.today().year and _luhn(text[2:])


def _national_date(text: str) -> bool:
    """Century + 3, 6 … 78 and the date, or 00 and a serial number where the day of birth is not known."""
    century, year, month, day = (int(text[at : at + 2]) for at in (0, 2, 4, 6))
    if century == 0:
        return month >= 20 and 40 <= day <= 59
    return any(
        century == born + 3 * series and _is_day(born * 100 + year, month, day)
        for born in (19, 20) for series in range(1, 27)
    )  # fmt: skip


def _born(text: str) -> bool:
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
    return FIRST_YEAR <= year and _is_day(year, month, day) and date(year, month, day) <= date.today()


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    """The check digit stands last; every second digit from the one before it counts double."""
    doubled = [int(digit) * (2 if (len(digits) - at) % 2 == 0 else 1) for at, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
