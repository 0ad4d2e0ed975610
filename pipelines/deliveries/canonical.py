"""Texts as the contract writes them: the dates, months, times and numbers that spreadsheets and exports write otherwise.

A cell in the contract's own form is not touched, and what is in none of the forms below is left for the contract to
judge. Days and months without a year first are never guessed.
"""

import pandera.pandas as pa

DAY_ZERO = "DATE '1899-12-30'"  # of Excel's serial days; 1954 to 2118 have five digits that no other form has
SERIAL = "[2-7][0-9]{4}"
DAY = "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"


def canonical(column: pa.Column, cell: str) -> str:
    """The SQL expression that gives the text expression `cell` in the contract's form."""
    forms = {"ÅÅÅÅ-MM-DD": _day, "ÅÅÅÅ-MM": _month, "ÅÅÅÅ-MM-DDTtt:mm:ss": _instant}
    by_form = forms.get(column.metadata["form"])
    if by_form is not None:
        return by_form(cell)
    return _number(cell) if column.metadata["sql"] in ("INTEGER", "DOUBLE") else cell


def _hyphens(cell: str) -> str:
    return f"left({cell}, 4) || '-' || substr({cell}, 5, 2) || '-' || substr({cell}, 7, 2)"


def _serial_day(cell: str) -> str:
    return f"CAST({DAY_ZERO} + CAST(left({cell}, 5) AS INTEGER) AS VARCHAR)"


def _day(cell: str) -> str:
    return f"""CASE WHEN length({cell}) = 10 THEN {cell}
        WHEN regexp_full_match({cell}, '{DAY}') THEN {_hyphens(cell)}
        WHEN regexp_full_match({cell}, '{SERIAL}([.,]0+)?') THEN {_serial_day(cell)}
        WHEN regexp_full_match({cell}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]00:00(:00([.]0+)?)?') THEN left({cell}, 10)
        ELSE {cell} END"""


def _month(cell: str) -> str:
    day = f"CASE WHEN regexp_full_match({cell}, '{SERIAL}') THEN {_serial_day(cell)} END"
    return f"""CASE WHEN length({cell}) = 7 THEN {cell}
        WHEN regexp_full_match({cell}, '(19|20)[0-9]{{2}}(0[1-9]|1[0-2])(01)?')
            THEN left({cell}, 4) || '-' || substr({cell}, 5, 2)
        WHEN regexp_full_match({cell}, '[0-9]{{4}}-[0-9]{{2}}-01([T ]00:00(:00)?)?') THEN left({cell}, 7)
        WHEN right({day}, 2) = '01' THEN left({day}, 7)
        ELSE {cell} END"""


def _instant(cell: str) -> str:
    clock = "([01][0-9]|2[0-3])"
    digits = f"{_hyphens(cell)} || 'T' || substr({cell}, 9, 2) || ':' || substr({cell}, 11, 2)"
    after = f"regexp_replace(substr({cell}, 10), '^([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})?$', '\\1:\\2:\\3')"
    part = f"TRY_CAST('0.' || substr({cell}, 7) AS DOUBLE)"
    clocked = f"{DAY_ZERO} + to_days(CAST(left({cell}, 5) AS INTEGER)) + to_seconds(round({part} * 86400))"
    return f"""CASE WHEN length({cell}) IN (10, 16, 19) THEN {cell}
        WHEN regexp_full_match({cell}, '{DAY}') THEN {_hyphens(cell)}
        WHEN regexp_full_match({cell}, '{DAY}{clock}[0-5][0-9][0-5][0-9]') THEN {digits} || ':' || right({cell}, 2)
        WHEN regexp_full_match({cell}, '{DAY}[T ]{clock}:?[0-5][0-9](:?[0-5][0-9])?')
            THEN {_hyphens(cell)} || 'T' || rtrim({after}, ':')
        WHEN regexp_full_match({cell}, '{SERIAL}') THEN {_serial_day(cell)}
        WHEN regexp_full_match({cell}, '{SERIAL}[.,][0-9]+') THEN strftime({clocked}, '%Y-%m-%dT%H:%M:%S')
        ELSE {cell} END"""


def _number(cell: str) -> str:
    """Without the spaces between thousands and one or two decimals that are zeros; three may be a thousand."""
    return f"""CASE WHEN regexp_full_match({cell}, '-?[0-9]+') THEN {cell}
        WHEN regexp_full_match({cell}, '-?[0-9]+[.,]0{{1,2}}') THEN regexp_extract({cell}, '^-?[0-9]+')
        WHEN regexp_full_match({cell}, '-?[0-9]{{1,3}}([ \u00a0\u202f][0-9]{{3}})+([.,][0-9]+)?')
            THEN regexp_replace({cell}, '[ \u00a0\u202f]', '', 'g')
        ELSE {cell} END"""
