"""What no release can have cannot be asked for: every page, parameter and file, with values outside the lattice."""

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from dashboard import queries
from dashboard.pages import PAGES
from dashboard.texts import states
from schemas.dimensions import BREAKDOWNS
from schemas.lattice import lattice

MONTH = "2026-09"


@pytest.fixture(scope="module")
def places(release, scope):
    """One place of every level."""
    return {place.niva: place for place in queries.places(release, scope)}


@pytest.fixture(scope="module")
def pieces(release):
    return lattice(queries.measures(release))


def asked(place):
    return f"?enhet={quote(place.enhet_id)}&manad={MONTH}"


@pytest.mark.parametrize(
    ("niva", "path", "more"),
    [
        # a period of one's own
        ("region", "/", "&fran=2026-01-01&till=2026-03-17"),
        ("region", "/tid", "&period=2026-02"),
        ("region", "/matt/startade", "&periodtyp=vecka"),
        # a breakdown, a group or a measure that there is not
        ("region", "/matt/startade", "&indelning=yrke"),
        ("region", "/matt/startade", "&indelning=' OR 1=1 --"),
        ("region", "/matt/startade", "&indelning=diagnos5&grupp=F43"),
        ("region", "/matt/startade", "&grupp=psykiska"),
        ("region", "/matt/under_manaden", "&indelning=avsnitt&kapitel=F43"),
        ("region", "/diagnos", "&kapitel=okand"),
        ("region", "/kon", "&matt=hittepa"),
        ("region", "/kon", "&matt=unika_personer"),
        ("region", "/jamfor", "&matt=bemanning"),
        # one that another measure or another level has
        ("region", "/matt/startade", "&indelning=ersattning"),
        ("region", "/matt/startade", "&indelning=kapitel"),
        ("region", "/matt/bemanning", "&indelning=diagnos5"),
        ("enhet", "/matt/under_manaden", "&indelning=avsnitt"),
        ("enhet", "/matt/under_manaden", "&indelning=kapitel&grupp=F00-F99"),
        # two at once
        ("region", "/matt/startade", "&indelning=diagnos5&indelning=aldersgrupp"),
        ("region", "/matt/startade", "&indelning=diagnos5&grupp=psykiska&grupp=18-27"),
        ("region", "/matt/under_manaden", "&indelning=avsnitt&kapitel=M00-M99&grupp=F40-F48"),
        ("region", "/jamfor", "&matt=startade&indelning=diagnos5"),
        ("region", "/", "&kon=K"),
        ("region", "/", "&manad=2026-08"),
    ],
)
def test_what_does_not_exist_is_said_and_nothing_is_shown(show, places, niva, path, more):
    status, text = show(path, f"{asked(places[niva])}{more}")
    assert status == 200
    assert states.OUTSIDE in text
    assert "Graph" not in text
    assert "/export/" not in text
    assert places[niva].namn not in text


@pytest.mark.parametrize(
    ("niva", "name", "more"),
    [
        ("region", "startade", "&fran=2026-01-01"),
        ("region", "startade", "&manad=2026-08"),
        ("region", "startade", "&indelning=diagnos5"),
        ("region", "startade-vecka", ""),
        ("region", "pagaende-kvartal", ""),
        ("region", "pagaende-r12", ""),
        ("region", "startade-diagnos5-aldersgrupp", ""),
        ("region", "startade-diagnos5-psykiska-18-27", ""),
        ("region", "startade-diagnosgrupp", ""),
        ("region", "atergang-standard-45", ""),
        ("region", "atergang-uppdelning-45", ""),
        ("region", "landmark-45", ""),
        ("region", "under_manaden-avsnitt", "&kapitel=okand"),
        ("enhet", "under_manaden-avsnitt-F00-F99", ""),
        ("enhet", "under_manaden-avsnitt-F40-F48", ""),
        ("enhet", "meddelanden-fraga", ""),
    ],
)
def test_no_file_holds_what_does_not_exist(client, places, niva, name, more):
    for kind in ("csv", "xlsx"):
        assert client.get(f"/export/{name}.{kind}{asked(places[niva])}{more}").status_code == 404


@pytest.mark.slow  # some two thousand files are asked for
def test_every_file_that_can_be_had_is_declared(client, release, places, pieces):
    """Every measure by every breakdown and kind of period: a file only where the lattice has the cells."""
    had = 0
    for niva, place in ((niva, places[niva]) for niva in ("enhet", "region")):
        declared = {(one.measure, one.indelning) for one in pieces if one.niva == niva}
        kinds = {(one.measure, one.periodtyp) for one in pieces if one.niva == niva and one.table == "varde"}
        for name, measure in queries.with_shares(release).items():
            for split in BREAKDOWNS:
                found = client.get(f"/export/{name}-{split}.csv{asked(place)}").status_code
                assert found in (200, 404)
                assert found == 404 or (name, split) in declared, (niva, name, split)
                if niva == "region" and split in getattr(measure, "breakdowns", ()):
                    assert found == 200, (name, split)
                had += found == 200
            for kind in ("manad", "kvartal", "r12"):
                found = client.get(f"/export/{name}-{kind}.csv{asked(place)}").status_code
                assert found == 404 or (name, kind) in kinds, (niva, name, kind)
    assert had > 50


def links(text):
    return set(re.findall(r'"href": "(/[^"]*)"', json.dumps(json.loads(text), ensure_ascii=False)))


def test_every_kind_of_link_leads_to_something(show, client, places):
    """One link of each form (page, and what it asks for): none leads out of the lattice."""
    forms = {}
    paths = [page.path for page in PAGES if not page.path.endswith("*")]
    seen = [("enhet", path) for path in paths]
    seen += [("region", path) for path in ("/diagnos", "/matt/startade", "/matt/under_manaden", "/matt/atergang")]
    for niva, path in seen:
        for link in links(show(path, asked(places[niva]))[1]):
            parts = urlsplit(link)
            form = parts.path if parts.path in paths else re.sub(r"[^/]+$", "*", parts.path)
            forms[form, *sorted(parse_qs(parts.query))] = link
    assert any("indelning" in form for form in forms)
    assert any("kapitel" in form for form in forms)
    for link in forms.values():
        parts = urlsplit(link)
        if parts.path.startswith("/export/"):
            assert client.get(link).status_code == 200, link
        elif not parts.path.startswith("/assets/"):
            text = show(parts.path, f"?{parts.query}" if parts.query else "")[1]
            assert states.OUTSIDE not in text, link
            assert states.NOT_FOUND not in text, link
