"""Every declared measure has a page, stands in the catalogue and is found by its words."""

from urllib.parse import quote

import pytest

from dashboard import queries
from dashboard.pages.view import LONGEST_SEARCH
from dashboard.texts import states
from dashboard.texts.search import matching
from schemas.measures import MEASURES, with_parts


def test_the_catalogue_has_every_measure_of_the_release(show, release):
    text = show("/matt")[1]
    measures = queries.measures(release)
    assert f'"{len(measures)} mått."' in text
    for name, measure in measures.items():
        assert f"/matt/{name}?" in text
        assert f'"{measure.name}"' in text


def test_every_measure_and_every_share_has_its_page(show, release):
    for name, measure in queries.with_shares(release).items():
        text = show(f"/matt/{name}")[1]
        assert f'"{measure.name}"' in text, name
        assert '"Så räknar vi"' in text, name
        assert "Referens:" not in text, name


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("90 dagar", "langa_90"),
        ("KOORDINATOR", "bemanning"),
        ("långa 90", "langa_90"),
        ("aterga i arb", "atergang"),
        ("återgång diagnosgrupp", "atergang"),
        ("plan inom 90", "planering.plan_90"),
        ("kompletteringar", "kompletterade"),
    ],
)
def test_a_measure_is_found_by_words_of_its_name_or_definition(asked, first):
    found = [measure.id for measure in matching(with_parts(MEASURES).values(), asked)]
    assert first in found[:3]
    assert len(found) < len(MEASURES)


def test_every_word_must_be_there():
    assert matching(MEASURES.values(), "sjukfall hittepåord") == []


def test_the_address_holds_the_search(show):
    text = show("/matt", f"?sok={quote('över 90')}&manad=2026-03")[1]
    assert "mått för ”över 90”" in text
    assert "/matt/langa_90?" in text
    assert "/matt/pagaende?" not in text
    assert "Inget mått innehåller alla ord" in show("/matt", "?sok=hittep%C3%A5")[1]
    assert states.OUTSIDE in show("/matt", f"?sok={'x' * (LONGEST_SEARCH + 1)}")[1]
    assert states.OUTSIDE in show("/", "?sok=x")[1]


def test_what_is_looked_for_is_text_and_nothing_else(show):
    text = show("/matt", "?sok=" + quote("<script>alert(1)</script>' OR 1=1 --"))[1]
    assert "Inget mått innehåller alla ord" in text
    assert "Referens:" not in text
