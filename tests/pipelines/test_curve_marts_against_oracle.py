"""Lower grades, lasting returns, new cases and grades day by day: the SQL against the plain-Python implementation."""

from hypothesis import given

from pipelines import warehouse
from pipelines.settings import Settings
from tests.examples import examples
from tests.oracle import afterwards, sjukfall
from tests.pipelines.test_sql_against_oracle import (  # noqa: F401  (store is a fixture)
    RULES,
    certificates,
    fetch,
    happenings,
    known,
    load_rows,
    one_a_day,
    store,
)

SHOWN = {None: "okand", "STUDIER": "studier", "NUVARANDE_ARBETE|STUDIER": "flera"}


def said_in(row):
    """A certificate says it once, whatever period it is about."""
    return list(SHOWN)[sum(map(ord, row["intyg_id"])) % len(SHOWN)]


def expected(rows):
    return sorted(((known(unit), *rest) for unit, *rest in rows), key=str)


@examples(20)
@given(certificates(), happenings("utfall", ["atergang_arbete", "sjukersattning", "avliden", "flyttat"]))
def test_sql_equals_the_slow_implementation(store, certificate_rows, outcomes):  # noqa: F811
    outcomes = one_a_day(outcomes)
    certificate_rows = [row | {"sysselsattning": said_in(row)} for row in certificate_rows]
    load_rows(store, certificate_rows, outcomes, [])
    warehouse.build(store, Settings(), progress=lambda _: None)
    chains = sjukfall.sjukfall(certificate_rows, RULES)
    starts = [
        (chain[0]["enhet_id"], chain[-1]["kon"], str(chain[0]["grad"]), SHOWN[chain[0]["sysselsattning"]])
        for chain in sjukfall.started(chains, RULES)
    ]
    assert fetch(store, "enhet_id, kon, startgrad, sysselsattning", "mart.startade") == expected(starts)
    for table, rows in (
        ("partiell", afterwards.partiell(chains, RULES)),
        ("varaktigt_avslut", afterwards.varaktigt_avslut(chains, RULES)),
        ("varaktig", afterwards.varaktig(chains, outcomes, RULES)),
        ("aterinsjuknande", afterwards.aterinsjuknande(chains, outcomes, RULES)),
    ):
        assert fetch(store, "enhet_id, kon, dag, orsak", f"mart.{table}") == expected(rows), table
    moved = fetch(store, "enhet_id, kon, dag, fran_grad, till_grad", "mart.gradbyte")
    assert moved == expected(afterwards.grades(chains, RULES))
