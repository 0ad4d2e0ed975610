"""What a request asks for: release, unit and month, read from the address with sensible defaults."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from dashboard import queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.queries import Place
from dashboard.release import Release
from dashboard.texts.numbers import MONTHS, month
from schemas.dimensions import BREAKDOWNS
from schemas.sections import AVSNITT


class UnknownMonth(Exception):
    """The month in the address is not in the release."""


class OutsideLattice(Exception):
    """The address asks for what exists nowhere: another measure or breakdown, a period of one's own, two choices at once."""


PLACE_AND_MONTH = frozenset({"enhet", "manad"})
CHOICES = frozenset({"matt", "indelning", "grupp", "kapitel"})


@dataclass(frozen=True, kw_only=True)
class View:
    """One request's choice. `preliminary` tells whether late certificates can still change the month; `matt` is the
    measure asked for on a page that offers several, `indelning` and `grupp` the breakdown and the group of it on the page
    of one, `kapitel` the chapter whose sections are shown, as they stand in the address."""

    release: Release
    scope: Scope
    place: Place
    manad: str
    preliminary: bool
    matt: str
    indelning: str
    grupp: str
    kapitel: str

    @property
    def query(self) -> str:
        return self.query_of(self.place.enhet_id)

    def query_of(self, enhet_id: str) -> str:
        """The same month for another unit."""
        return "?" + urlencode({"enhet": enhet_id, "manad": self.manad})

    @property
    def source(self) -> str:
        return f"Källa: intyg och register i regionen, data till och med {self.release.facts['data_tom']}."

    @property
    def preliminary_until(self) -> str:
        """The month after, for "till och med 10 november"."""
        return MONTHS[int(self.manad[5:]) % 12]

    @property
    def status(self) -> str:
        return f"Visar {self.place.namn}, {month(self.manad)}, alla diagnoser"


def view_of(release: Release, scope: Scope, search: str, *, takes: frozenset[str] = CHOICES) -> View:
    """The view that `?enhet=…&manad=…` asks for; without them the first vårdcentral and the latest month. `takes` names
    what else may be asked for. Raises Forbidden for a foreign or unknown unit, UnknownMonth and OutsideLattice."""
    asked = _asked(release, search, takes)
    chosen = asked.get("enhet", "")
    months = queries.months(release)
    manad = asked.get("manad", months[0]["manad"])
    known = {row["manad"]: row["preliminar"] for row in months}
    if manad not in known:
        raise UnknownMonth
    place = queries.place(release, scope, chosen) if chosen else _first(release, scope)
    return View(
        release=release,
        scope=scope,
        place=place,
        manad=manad,
        preliminary=known[manad],
        **{name: asked.get(name, "") for name in CHOICES},
    )


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
    alone = all(len(values) == 1 for values in found.values())
    named = set(asked) <= PLACE_AND_MONTH | takes
    if not (alone and named and all(asked[name] in values for name, values in known.items() if name in asked)):
        raise OutsideLattice
    return asked


def _first(release: Release, scope: Scope) -> Place:
    places = queries.places(release, scope)
    if not places:
        raise Forbidden
    return places[0]
