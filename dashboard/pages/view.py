"""What a request asks for: release, unit and month, read from the address with sensible defaults."""

import logging
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlencode

from dashboard import handled, queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.day import today
from dashboard.figures.decided import Decided
from dashboard.queries import Place
from dashboard.release import Release
from dashboard.state import Post, State, Unavailable
from dashboard.state.kinds import BESLUT, TO_DO
from dashboard.texts.numbers import MONTHS
from dashboard.texts.pages import site as say
from dashboard.texts.states import MONTH_NOTES
from schemas.dimensions import BREAKDOWNS
from schemas.sections import AVSNITT

log = logging.getLogger("sjukvy.dashboard")


class UnknownMonth(Exception):
    """The month in the address is not in the release."""


class OutsideLattice(Exception):
    """The address asks for what exists nowhere: another measure or breakdown, a period of one's own, two choices at once."""


PLACE_AND_MONTH = frozenset({"enhet", "manad"})
CHOICES = frozenset({"matt", "indelning", "grupp", "kapitel"})
BESIDE, SEARCH = "med", "sok"  # units to stand beside the chosen one, and words to look for in the catalogue
EVERYTHING = CHOICES | {BESIDE, SEARCH}
MOST_BESIDE, LONGEST_SEARCH = 5, 100


@dataclass(frozen=True, kw_only=True)
class View:
    """One request's choice. `lage` is the state of the month, `andrad` the day it was last changed after it was closed; `matt`
    is the measure asked for on a page that offers several, `indelning` and `grupp` the breakdown and the group of it on the
    page of one, `kapitel` the chapter whose sections are shown, as they stand in the address. `path` is the page, `med` the
    units chosen to stand beside the unit, `sok` the words looked for. `state` is what people have written, where it is
    shown, `writes` whether the visitor may write about the place."""

    release: Release
    scope: Scope
    place: Place
    manad: str
    lage: str
    andrad: str | None
    matt: str
    indelning: str
    grupp: str
    kapitel: str
    path: str
    med: tuple[Place, ...]
    sok: str
    state: State | None = None
    writes: bool = False

    @property
    def query(self) -> str:
        return self.query_of(self.place.enhet_id)

    def query_of(self, enhet_id: str) -> str:
        """The same month for another unit."""
        return "?" + urlencode({"enhet": enhet_id, "manad": self.manad})

    @property
    def asked(self) -> tuple[Hashable, ...]:
        """Everything that a page of the release depends on: who may see what, and what the address asks for."""
        beside = tuple(place.enhet_id for place in self.med)
        chosen = tuple(getattr(self, name) for name in sorted(CHOICES))
        return (self.scope, self.place.enhet_id, self.manad, self.path, self.sok, beside, *chosen)

    @cached_property
    def wider(self) -> list[Place]:
        """The places that the chosen one is part of, the largest first."""
        return queries.around(self.release, self.scope, self.place)

    def up_to(self, enhet_id: str) -> str:
        """This page for a place that the unit is part of: what is chosen here is there too."""
        chosen = {name: value for name in sorted(CHOICES) if (value := getattr(self, name))}
        return self._here(enhet_id, chosen)

    def down_to(self, enhet_id: str) -> str:
        """This page for a part of the place, which may have fewer breakdowns."""
        return self._here(enhet_id, {"matt": self.matt} if self.matt else {})

    def _here(self, enhet_id: str, chosen: dict[str, str]) -> str:
        return f"{self.path}{self.query_of(enhet_id)}{'&' + urlencode(chosen) if chosen else ''}"

    @cached_property
    def to_do(self) -> list[Post] | None:
        """The decisions and actions about the place, the newest meeting first; None where the state cannot be reached."""
        try:
            return self.state.posts(self.scope, [self.place.enhet_id], *TO_DO) if self.state else []
        except Unavailable as fault:
            log.warning("figures are shown without what is written: %s", fault)
            return None

    @property
    def told(self) -> Hashable | None:
        """All that a page of figures shows of what people have written: decisions and actions, and which of them are late,
        which follows from the day. None where it is not known."""
        return None if self.to_do is None else (*self.to_do, today())

    @cached_property
    def decided(self) -> dict[str, list[Decided]]:
        """The decisions about the place up to the chosen month, by measure, the first first; none where there is no
        state."""
        found: dict[str, list[Decided]] = {}
        for one in reversed(self.to_do or []):
            if one.slag == BESLUT and one.manad <= self.manad and one.status != "avbruten":
                made = Decided(manad=one.manad, text=one.text, effekt=one.effekt)
                found.setdefault(one.matt, []).append(made)
        return found

    @property
    def source(self) -> str:
        return say.SOURCE.format(last=self.release.facts["data_tom"])

    @property
    def preliminary(self) -> bool:
        """Whether late certificates can still change the month."""
        return self.lage == "preliminar"

    @property
    def month_note(self) -> str | None:
        """What a reader must know of the month, unless it is complete and unchanged."""
        last = date(int(self.manad[:4]), int(self.manad[5:]), 1) + timedelta(days=31)
        closed = last.replace(day=1) + timedelta(days=int(self.release.facts["sena_dagar"]) - 1)
        day = f"{closed.day} {MONTHS[closed.month - 1]}"
        return MONTH_NOTES[self.lage].format(closed=day, changed=self.andrad) or None


def view_of(
    release: Release, scope: Scope, search: str, *, path: str = "/", takes: frozenset[str] = EVERYTHING,
    state: State | None = None, writing: Scope | None = None,
) -> View:  # fmt: skip
    """The view that `?enhet=…&manad=…` asks for on a page; without them the first vårdcentral and the latest month.
    `takes` names what else may be asked for, `writing` where the visitor may write. Raises Forbidden for a foreign or
    unknown unit, UnknownMonth and OutsideLattice."""
    asked = _asked(release, search, takes)
    chosen = asked.get("enhet", "")
    months = queries.months(release)
    manad = asked.get("manad", months[0]["manad"])
    known = {row["manad"]: row for row in months}
    if manad not in known:
        raise UnknownMonth
    place = queries.place(release, scope, chosen) if chosen else _first(release, scope)
    return View(
        release=release,
        scope=scope,
        place=place,
        manad=manad,
        lage=known[manad]["lage"],
        andrad=known[manad]["andrad"],
        path=path,
        med=_beside(release, scope, asked.get(BESIDE, "")),
        sok=asked.get(SEARCH, "").strip(),
        state=state,
        writes=writing is not None and writing.allows(place.enhet_id),
        **{name: asked.get(name, "") for name in CHOICES},
    )


def asked_view(release: Release, scope: Scope, search: str, **more: Any) -> View:
    """`view_of` for who asks: the units that the answer is about, or the one that is refused, are noted for the trail."""
    try:
        view = view_of(release, scope, search, **more)
    except Forbidden as fault:
        handled.note_refused(fault.enhet_id)
        raise
    handled.note([view.place.enhet_id, *(place.enhet_id for place in view.med)])
    return view


def _asked(release: Release, search: str, takes: frozenset[str]) -> dict[str, str]:
    """Every name in the address with its one value, where the lattice has them."""
    found = parse_qs(search.removeprefix("?"))
    asked = {name: values[0] for name, values in found.items()}
    split = asked.get("indelning")
    known = {
        "matt": queries.with_shares(release),
        "indelning": BREAKDOWNS,
        "grupp": BREAKDOWNS[split].ids if split in BREAKDOWNS else (),
        "kapitel": BREAKDOWNS[AVSNITT.coarser].ids,
    }
    alone = all(len(values) == 1 for values in found.values()) and len(asked.get(SEARCH, "")) <= LONGEST_SEARCH
    named = set(asked) <= PLACE_AND_MONTH | takes
    if not (alone and named and all(asked[name] in values for name, values in known.items() if name in asked)):
        raise OutsideLattice
    return asked


def _beside(release: Release, scope: Scope, names: str) -> tuple[Place, ...]:
    """The places of a list with commas. Raises Forbidden for any that is foreign or unknown."""
    chosen = [name for name in names.split(",") if name]
    if len(chosen) > MOST_BESIDE or len(set(chosen)) < len(chosen):
        raise OutsideLattice
    return tuple(queries.place(release, scope, name) for name in chosen)


def _first(release: Release, scope: Scope) -> Place:
    places = queries.places(release, scope)
    if not places:
        raise Forbidden
    return places[0]
