"""The accessibility statement holds what it must, and every page leads to it."""

import pytest

from dashboard.texts.accessibility import REPORT, STATEMENT

REQUIRED = (
    "står bakom tjänsten", "delvis förenlig", "lagen om tillgänglighet till digital offentlig service", "inte prövad", "Skäl:",
    "12 §", "9 §", "självskattning", "Bedömningen gjordes 20", "uppdaterades 20", "kontakta", "tillsyn", REPORT,
)  # fmt: skip


@pytest.mark.parametrize("part", REQUIRED)
def test_what_the_law_asks_for_is_there(part):
    assert part in " ".join(text for heading, paragraphs in STATEMENT for text in (heading, *paragraphs))


@pytest.mark.parametrize("path", ["/", "/matt/pagaende", "/hittepa"])
def test_every_page_leads_to_the_statement(show, path):
    assert '"/tillganglighet' in show(path)[1]


def test_a_measure_has_a_title_of_its_own(show):
    assert '"titel": "Pågående sjukfall – ' in show("/matt/pagaende")[1]
    assert '"titel": "Ett mått – ' in show("/matt/hittepa")[1]
