"""The site map: every page once, in the order of the menu."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.access.roles import Right
from dashboard.components.plain import Element
from dashboard.pages import (
    atergang,
    beslut,
    catalogue,
    datakvalitet,
    diagnos,
    hjalp,
    jamfor,
    kon,
    koordinering,
    langd,
    manad,
    matt,
    ordlista,
    oversikt,
    personuppgifter,
    tid,
    tillganglighet,
)  # fmt: skip
from dashboard.pages.view import BESIDE, SEARCH, View
from dashboard.texts.pages import site as say

Children = list[Element]
ANYBODY = Right.DATAKVALITET  # every role that reads anything has it


@dataclass(frozen=True, kw_only=True)
class Page:
    """`build` takes the view and, for a path that ends with *, what stands there. `takes` names what its address may ask
    for besides place and month, `right` what a role must give to see it. `remembered`: the page is made of the release, the
    address and what people have decided about the place (`View.told`), and nothing else (no person, no clock, no history of
    what is written), so that it may be kept as text."""

    path: str
    label: str
    in_menu: bool
    build: Callable[[View, str], Children]
    takes: frozenset[str] = frozenset()
    remembered: bool = False
    right: Right = Right.STATISTIK


PAGES = (
    Page(path="/", label=say.OVERVIEW, in_menu=True, build=oversikt.build, remembered=True),
    Page(path="/tid", label=say.OVER_TIME, in_menu=True, build=tid.build, remembered=True, takes=frozenset({"matt"})),
    Page(
        path="/kon",
        label=say.WOMEN_AND_MEN,
        in_menu=True,
        build=kon.build,
        remembered=True,
        takes=frozenset({"matt"}),
    ),
    Page(path="/langd", label=say.LENGTH, in_menu=True, build=langd.build, remembered=True),
    Page(path="/atergang", label=say.RETURN, in_menu=True, build=atergang.build, remembered=True),
    Page(path="/koordinering", label=say.COORDINATION, in_menu=True, build=koordinering.build, remembered=True),
    Page(
        path="/diagnos",
        label=say.DIAGNOSES,
        in_menu=True,
        build=diagnos.build,
        remembered=True,
        takes=frozenset({"kapitel"}),
    ),
    Page(
        path="/jamfor",
        label=say.COMPARE,
        in_menu=True,
        build=jamfor.build,
        remembered=True,
        takes=frozenset({"matt", BESIDE}),
    ),
    Page(path="/manad", label=say.MEETING, in_menu=True, build=manad.build),
    Page(path="/beslut", label=say.DECISIONS, in_menu=False, build=beslut.build, takes=frozenset({"matt"})),
    Page(
        path="/matt",
        label=say.MEASURES,
        in_menu=True,
        build=catalogue.build,
        remembered=True,
        takes=frozenset({SEARCH}),
    ),
    Page(
        path="/datakvalitet",
        label=say.QUALITY,
        in_menu=True,
        build=datakvalitet.build,
        remembered=True,
        right=ANYBODY,
    ),
    Page(
        path="/matt/*",
        label=say.MEASURE,
        in_menu=False,
        build=matt.build,
        remembered=True,
        takes=frozenset({"indelning", "grupp", "kapitel"}),
    ),
    Page(path="/ordlista", label=say.WORDS, in_menu=False, build=ordlista.build, right=ANYBODY),
    Page(path="/hjalp", label=say.HELP, in_menu=False, build=hjalp.build, right=ANYBODY),
    Page(path="/tillganglighet", label=say.ACCESSIBILITY, in_menu=False, build=tillganglighet.build, right=ANYBODY),
    Page(path="/personuppgifter", label=say.PRIVACY, in_menu=False, build=personuppgifter.build, right=ANYBODY),
)


def find(path: str) -> tuple[Page, str] | None:
    """The page of a path and what stands for its *; None for an unknown path."""
    clean = path.rstrip("/") or "/"
    for page in PAGES:
        if page.path == clean:
            return page, ""
        stem = page.path.removesuffix("*")
        if page.path.endswith("*") and clean.startswith(stem) and "/" not in clean[len(stem) :]:
            return page, clean[len(stem) :]
    return None
