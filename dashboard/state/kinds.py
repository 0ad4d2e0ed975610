"""What can be written, and what may keep it from being saved."""

from dataclasses import dataclass
from typing import Any

from dashboard.texts import state as say

BESLUT, ATGARD, KOMMENTAR, UPPFOLJNING = "beslut", "atgard", "kommentar", "uppfoljning"
SLAG = {BESLUT: say.DECISION, ATGARD: say.ACTION, KOMMENTAR: say.COMMENT, UPPFOLJNING: say.FOLLOW_UP}
STATUS = {"ny": say.NEW, "pagar": say.GOING, "klar": say.DONE, "avbruten": say.BROKEN_OFF}
OPEN = ("ny", "pagar")
TO_DO = (BESLUT, ATGARD)  # what somebody is to do by a day
MOST_DECISIONS = 3  # of one unit and meeting
FOLLOW_UP = 3  # months from the meeting until the measure is on the agenda again
LONGEST, LONGEST_ROLE = 2000, 120


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One version as somebody wrote it. `ansvarig` is a role, `klart_senast` a day (ÅÅÅÅ-MM-DD), `effekt` what is
    expected of the measure; empty where nothing was said."""

    text: str
    av: str
    ansvarig: str = ""
    klart_senast: str = ""
    effekt: str = ""
    status: str = "ny"


@dataclass(frozen=True, kw_only=True)
class Post:
    """A decision, an action (`till` its decision), a comment or a follow-up (`till` its decision), in one of its versions.
    `manad` is the month of the meeting; `skapad` and `tid` are UTC, of the first and of this version."""

    id: int
    slag: str
    enhet_id: str
    manad: str
    matt: str
    till: int | None
    skapad: str
    version: int
    text: str
    ansvarig: str
    klart_senast: str
    effekt: str
    status: str
    av: str
    tid: str

    @property
    def is_open(self) -> bool:
        return self.slag in TO_DO and self.status in OPEN

    def is_overdue(self, today: str) -> bool:
        return self.is_open and bool(self.klart_senast) and self.klart_senast < today


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """The report of a meeting as it was: its release, and `innehall`, what was said and drawn."""

    enhet_id: str
    manad: str
    version: int
    utgava: str
    data_tom: str
    innehall: dict[str, Any]
    av: str
    tid: str


class Unavailable(Exception):
    """The database of what people write cannot be reached: figures are shown without it, and nothing is saved."""


class Refused(Exception):
    """Cannot be saved; `faults` say why, in Swedish, and never repeat what was written."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


class NamesSomebody(Refused):
    """The text seems to name a person; the writer may say that it is nobody's patient."""


class Changed(Exception):
    """Somebody else saved a version meanwhile: `current` is what stands now."""

    def __init__(self, current: Post) -> None:
        super().__init__(current.id)
        self.current = current
