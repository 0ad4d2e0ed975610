"""Words lead to their explanation, settings are told as the release has them, and limits stand in one place."""

import ast
import json
import re
from pathlib import Path

import pytest

from dashboard.pages import PAGES
from dashboard.texts import states
from dashboard.texts.glossary import GLOSSARY, anchor, explained, parted
from dashboard.texts.method import described
from pipelines.compute import funnel, peers, protect, signals
from pipelines.compute.curve import EXPECTED
from pipelines.settings import Settings
from schemas import limits
from schemas.dimensions import BREAKDOWNS
from schemas.limits import DEFAULTS
from schemas.measures import MEASURES

REQUIRED = (
    "sjukfall", "pagaende-sjukfall", "avslutat-sjukfall", "partiell-sjukskrivning", "atergang-i-arbete", "intervall",
    "kontrollgrans", "signal", "insats", "samtycke", "kva", "fmb", "rehabiliteringskedjan", "listade", "makulerat",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


def test_the_glossary_has_every_word_once_and_in_swedish_order():
    anchors = [anchor(word) for word, _ in explained(DEFAULTS)]
    assert len(anchors) == len(set(anchors)) >= 40
    assert set(REQUIRED) <= set(anchors)
    assert anchors[-1].startswith("o") and [word for word, _ in explained(DEFAULTS)][-1].startswith("Ö")
    assert all(text.endswith(".") and "{" not in text for _, text in explained(DEFAULTS))


def test_a_word_is_found_in_its_forms_once_and_the_longest_first():
    told = set()
    pieces = parted("Pågående sjukfall och kohorten: SGI, sginator.", told)
    assert [name for _, name in pieces if name] == ["pagaende-sjukfall", "kohort", "sgi"]
    assert "".join(piece for piece, _ in pieces) == "Pågående sjukfall och kohorten: SGI, sginator."
    assert parted("Kohort igen.", told) == [("Kohort igen.", "")]


def links(text):
    return {match.split("#")[1] for match in re.findall(r'/ordlista\?[^"]*#[a-z0-9-]+', text)}


def test_words_are_linked_from_where_they_are_used(show):
    found = {
        name: links(show(path)[1]) for name, path in (("matt", "/matt/atergang"), ("hjalp", "/hjalp"), ("tid", "/tid"))
    }
    assert {"aalen-johansen", "intervall"} <= found["matt"]
    assert {"sjukfall", "intervall"} <= found["hjalp"]
    assert "vanlig-variation" in found["tid"]
    known = {anchor(word) for word, _ in GLOSSARY}
    assert set().union(*found.values()) <= known
    words = show("/ordlista")[1]
    assert all(f'"id": "{name}"' in words for name in known)


@pytest.mark.parametrize("page", [page.path for page in PAGES if not page.path.endswith("*")])
def test_no_setting_is_left_in_braces(show, page):
    text = json.dumps(json.loads(show(page)[1]), ensure_ascii=False)
    assert not re.search(r"\{(troskel|glapp_dagar|malgrupp_dag|kurva_minst|alder_fran)\}", text)


def test_texts_say_what_the_region_has_set():
    other = DEFAULTS | {
        "troskel": "7",
        "glapp_dagar": "9",
        "malgrupp_dag": "60",
        "kurva_minst": "33",
        "alder_fran": "16",
    }
    words = dict(explained(other))
    assert "högst 9 dagar" in words["Sjukfall"]
    assert "dag 60" in words["Målgrupp"]
    assert "16–67 år" in words["Listade"]
    for measure in MEASURES.values():
        said = dict(described(measure, other))["Minsta antal"]
        assert not re.search(r"\b5 personer|färre än 5 (händelser|sjukfall)|\b20 personer", said), measure.id
    assert "7 personer" in dict(described(MEASURES["startade"], other))["Minsta antal"]
    assert "33 personer" in dict(described(MEASURES["atergang"], other))["Minsta antal"]


def test_limits_in_texts_are_those_of_the_pipelines():
    settings = Settings()
    assert (funnel.LEAST_UNITS, funnel.LEAST_EXPECTED) == (limits.FUNNEL_UNITS, limits.FUNNEL_EXPECTED)
    assert peers.LEAST_UNITS == limits.FUNNEL_UNITS
    assert funnel.FALSE_DISCOVERIES == limits.FALSE_DISCOVERIES
    assert (signals.LEAST, signals.BASELINE) == (limits.SIGNAL_QUARTERS, limits.SIGNAL_BASELINE)
    assert protect.DISTRIBUTION_PERSONS == limits.DISTRIBUTION_PERSONS
    assert EXPECTED * settings.curve_at_risk == limits.CURVE_EXPECTED
    told = {"troskel": settings.threshold, "kurva_minst": settings.curve_persons, "glapp_dagar": settings.gap_days,
            "malgrupp_dag": settings.target_day, "alder_fran": settings.age_from, "alder_till": settings.age_to,
            "sena_dagar": settings.late_days}  # fmt: skip
    assert {name: str(value) for name, value in told.items()} == DEFAULTS


def test_no_two_breakdowns_have_the_same_name():
    labels = [dimension.label for dimension in BREAKDOWNS.values()]
    assert len(labels) == len(set(labels))


def test_an_interval_is_explained_in_two_sentences_under_every_chart(show):
    assert states.INTERVAL.count(". ") == 1
    assert "Ett brett intervall" in show("/langd")[1]


def test_the_texts_hold_no_logic_of_their_own():
    """Ready for another language: texts know neither pages nor components nor the database."""
    for path in (ROOT / "dashboard" / "texts").glob("*.py"):
        modules = [
            node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
        ]
        assert not [
            name for name in modules if name.startswith("dashboard.") and not name.startswith("dashboard.texts")
        ]
