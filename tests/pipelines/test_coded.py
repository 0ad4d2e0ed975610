"""Coded columns say what was delivered, and nobody outside core meets them."""

import duckdb
import pytest

from pipelines import declared, warehouse
from pipelines.coded import FROM_CONTRACT, UNKNOWN, closed_lists, in_codes
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import closed_list


@pytest.fixture
def store():
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA core")
        declared.declare(connection, Settings())
        yield connection


def test_a_code_is_what_was_delivered_and_what_is_on_no_list_is_unknown(store):
    lists = closed_lists(store)
    longest = max(map(len, lists.values()))
    rows = [[codes[at % len(codes)] for codes in lists.values()] for at in range(longest)]
    foreign = [["X", None, "", "f"][at % 4] for at in range(len(lists))]
    store.execute(f"CREATE TABLE texter ({', '.join(f'{name} VARCHAR' for name in lists)})")
    store.executemany(f"INSERT INTO texter VALUES ({', '.join('?' * len(lists))})", [*rows, foreign])
    coded = store.execute(in_codes(store, "texter")).fetchall()
    assert coded == [*map(tuple, rows), (UNKNOWN,) * len(lists)]


def test_codes_are_ordered_as_their_texts_are(store):
    assert all(codes == sorted(codes) and UNKNOWN in codes for codes in closed_lists(store).values())


def test_every_code_of_the_contract_is_on_its_list(store):
    lists = closed_lists(store)
    assert all(set(lists[name]) == set(closed_list(EXTRACTS["intyg"], name)) for name in FROM_CONTRACT)


def test_only_core_holds_codes(region):
    with warehouse.open_warehouse(region) as connection:
        rows = connection.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE starts_with(data_type, 'ENUM')"
        ).fetchall()
    assert {schema for schema, *_ in rows} == {"core"}
    assert {column for _, table, column in rows if table == "sjukfall_period"} == {*FROM_CONTRACT, "diagnosgrupp"}
