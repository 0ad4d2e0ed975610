"""What a heading says, however it is spelled: without case, accents, spaces and marks."""

import unicodedata
from collections.abc import Collection, Sequence

FEWEST = 2  # headings that make a row the header
WITHIN = 30  # rows of title above it


def plain(heading: str) -> str:
    """'Intygs-ID ' and 'intygs_id' are the same; å and ä are a, ö is o."""
    apart = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(character for character in apart if character.isascii() and character.isalnum())


def header_at(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """Which of the first rows is the header: the one with most known headings; the first that is not empty where none
    has enough of them."""
    scores = [len({plain(cell) for cell in row if cell.strip()} & set(known)) for row in rows[:WITHIN]]
    if scores and max(scores) >= FEWEST:
        return scores.index(max(scores))
    return next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
