"""What is looked at before anything that people write is saved."""

import re
from datetime import date
from unicodedata import category, normalize

from dashboard.state.kinds import (
    BESLUT,
    LONGEST,
    LONGEST_ROLE,
    STATUS,
    TO_DO,
    Draft,
    NamesSomebody,
    Refused,
)
from dashboard.texts import state as say
from identity.text import NAME, PROSE, kinds_in

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def clean(text: str) -> str:
    """Composed letters, no control characters but line breaks, no blanks round it."""
    composed = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(mark for mark in composed if mark == "\n" or category(mark)[0] != "C").strip()


def checked(slag: str, matt: str, draft: Draft, *, names_nobody: bool) -> Draft:
    """The draft as it may be saved. Raises Refused with every fault, or NamesSomebody when a name is all there is."""
    tidy = Draft(**{name: clean(value) for name, value in vars(draft).items()})
    faults = [*_missing(slag, matt, tidy), *_too_long(tidy), *_not_a_choice(tidy)]
    written = {name: _kinds(value) for name, value in vars(tidy).items() if name not in ("klart_senast", "status")}
    numbers = sorted(set().union(*written.values()) - {NAME, PROSE})
    faults += [say.HOLDS.format(kind=kind) for kind in numbers]
    if faults:
        raise Refused(*faults)
    # who wrote and who answers are roles and colleagues: their names may stand there
    if not names_nobody and NAME in written["text"] | written["effekt"]:
        raise NamesSomebody(say.NAMES)
    return tidy


def _kinds(text: str) -> set[str]:
    """Looked at line by line and as a whole, so that a break inside a number does not hide it."""
    return kinds_in(text, "text") | kinds_in(text.replace("\n", " "), "text")


def _missing(slag: str, matt: str, draft: Draft) -> list[str]:
    asked = ["text", "av"]
    if slag in TO_DO:
        asked += ["ansvarig", "klart_senast"]
    if slag == BESLUT:
        asked.append("effekt")
    faults = [say.MISSING[name] for name in asked if not getattr(draft, name)]
    return [*faults, say.MISSING["matt"]] if slag == BESLUT and not matt else faults


def _too_long(draft: Draft) -> list[str]:
    most = {"text": LONGEST, "effekt": LONGEST, "av": LONGEST_ROLE, "ansvarig": LONGEST_ROLE}
    return [
        say.TOO_LONG.format(field=say.FIELDS[name], most=most)
        for name, most in most.items()
        if len(getattr(draft, name)) > most
    ]


def _not_a_choice(draft: Draft) -> list[str]:
    faults = [] if draft.status in STATUS else [say.NO_STATUS]
    if draft.klart_senast and not is_day(draft.klart_senast):
        faults.append(say.NO_DAY)
    return faults


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_month(text: str) -> bool:
    return MONTH.fullmatch(text) is not None
