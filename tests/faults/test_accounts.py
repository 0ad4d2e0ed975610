"""Every delivery's account: by unit and month, against the delivery before, what the sender is told, the quarantine tried
again, and the way from a number back to its deliveries."""

import shutil

import duckdb
import pytest

from pipelines.deliveries import load
from pipelines.deliveries.account import refuse_unsigned, sign
from pipelines.deliveries.receipt import as_html, as_text, receipt
from pipelines.deliveries.requeue import requeue
from pipelines.errors import CheckError, DeliveryError
from pipelines.lineage import lineage
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from tests.rows import UNIT, intyg, write_csv, write_delivery

FULL = {"typ": "fullstandig", "period_fran": "2024-03-01", "period_till": "2024-03-31"}
SECRET = "HEMLIGT77"  # pragma: allowlist secret


@pytest.fixture
def settings(tmp_path):
    shutil.copytree(Settings().config, tmp_path / "config")
    return Settings(data=tmp_path / "data", config=tmp_path / "config")


def take(path, settings, **said):
    return load([path], settings, progress=lambda *told: None, **said)


def ask(settings, query):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def full(folder, rows, day):
    delivery = write_delivery(folder, {"intyg": rows}, **FULL)
    path = delivery / "leverans.toml"
    path.write_text(path.read_text().replace("2024-06-01", day))
    return delivery


def test_the_account_goes_together_by_unit_and_month(tmp_path, settings):
    rows = [intyg(intyg_id=f"A-{at}", fran=f"2024-0{1 + at % 3}-02", tom="2024-03-20") for at in range(30)]
    take(write_csv(tmp_path / "intyg.csv", rows), settings)
    again = [
        *rows[:9],
        *(intyg(intyg_id=f"B-{at}", enhet_id="se0000000001-1002") for at in range(4)),
        intyg(grad="x"),
        intyg(fran=""),
    ]
    (result,) = take(write_csv(tmp_path / "intyg.csv", again), settings)
    sums = ask(
        settings,
        f"""SELECT sum(rader_in), sum(inlasta), sum(dubbletter), sum(karantan), 
            bool_and(rader_in = inlasta + dubbletter + karantan)
        FROM ledger.avstamning WHERE leverans_nr = {result.leverans_nr}""",
    )
    assert sums == [(15, result.inlasta, result.dubbletter, result.karantan, True)]
    units = ask(
        settings, f"SELECT enhet, manad, rader_in FROM ledger.avstamning WHERE leverans_nr = {result.leverans_nr}"
    )
    assert ("SE0000000001-1002", "2024-03", 4) in units
    assert (UNIT, "saknas", 1) in units


def test_a_month_far_from_the_delivery_before_stops_publication_until_signed(tmp_path, settings):
    rows = [intyg(intyg_id=f"A-{at}") for at in range(100)]
    take(full(tmp_path / "one", rows, "2024-04-01"), settings)
    more = [*rows, *(intyg(intyg_id=f"B-{at}") for at in range(60))]
    (result,) = take(full(tmp_path / "two", more, "2024-05-01"), settings)
    with open_warehouse(settings) as connection:
        with pytest.raises(CheckError, match="160 rader, 100 förra gången"):
            refuse_unsigned(connection)
        assert sign(connection, result.leverans_nr, "Data Steward") == 1
        refuse_unsigned(connection)
    assert "godkänd av: Data Steward" in as_text(receipt(settings, result.leverans_nr))
    take(full(tmp_path / "three", more[:155], "2024-06-01"), settings)
    with open_warehouse(settings) as connection:
        refuse_unsigned(connection)


def test_what_the_sender_is_told(tmp_path, settings):
    rows = [intyg(intyg_id=f"A-{at}") for at in range(40)]
    for row in rows[:25]:
        row["grad"] = SECRET
    (result,) = take(write_csv(tmp_path / "intyg.csv", rows), settings)
    text, page = as_text(receipt(settings, result.leverans_nr)), as_html(receipt(settings, result.leverans_nr))
    for said in ("40 mottagna = 15 inlästa + 0 redan inlästa + 25 i karantän", "är inget heltal", "2, 3, 4", "21 …"):
        assert said in text and said in page
    assert SECRET not in text + page
    assert page.startswith("<!doctype html>") and '<html lang="sv">' in page and "http" not in page
    with pytest.raises(DeliveryError):
        take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id="191212121212")]), settings)
    text = as_text(receipt(settings, 2))
    assert "Filen är avvisad." in text and "personnummer i kolumn patient_id" in text and "1912" not in text
    with pytest.raises(DeliveryError, match="Leverans 9 finns inte"):
        receipt(settings, 9)


def test_the_quarantine_is_tried_again_when_the_senders_codes_are_known(tmp_path, settings):
    rows = [
        intyg(),
        *(intyg(intyg_id=f"A-{at}", kon="Kvinna") for at in range(2, 6)),
        intyg(intyg_id="X", kon="Kvinna", grad="x"),
    ]
    path = write_csv(tmp_path / "intyg.csv", rows)
    (result,) = take(path, settings, sender="Region Prov")
    assert (result.inlasta, result.karantan) == (1, 5)
    (tried,) = requeue(settings)
    assert (tried.provade, tried.inlasta, tried.kvar) == (5, 0, 5)
    (settings.config / "avsandare").mkdir()
    (settings.config / "avsandare" / "regionprov.toml").write_text('[intyg.koder.kon]\n"Kvinna" = "K"\n')
    (tried,) = requeue(settings, result.leverans_nr)
    assert (tried.provade, tried.inlasta, tried.dubbletter, tried.kvar) == (5, 4, 0, 1)
    assert ask(
        settings, "SELECT rader_in, inlasta, dubbletter, karantan FROM ledger.leverans ORDER BY leverans_nr"
    ) == [
        (6, 5, 0, 1),
        (0, 0, 0, 0),
    ]
    assert ask(settings, "SELECT regler FROM ledger.karantan") == [(["grad: är inget heltal"],)]
    assert ask(settings, "SELECT DISTINCT kon FROM raw.intyg") == [("K",)]
    assert take(path, settings)[0].status == "dubblett"
    with pytest.raises(DeliveryError, match="inga rader i karantän"):
        requeue(settings, 99)


def test_a_number_is_traced_to_its_deliveries(region):
    name, (head, *rows) = lineage(region, None)
    assert head[0] == "leverans" and {row[1] for row in rows} >= {"intyg", "enheter", "listade"}
    _, (_, *of_measure) = lineage(region, name, measure="startade")
    assert {row[1] for row in of_measure} <= {"intyg", "enheter", "listade"}
    unit = ask(region, "SELECT min(enhet_id) FROM raw.intyg")[0][0]
    _, (_, *there) = lineage(region, name, unit=unit, month="2025-03")
    expected = ask(
        region, f"SELECT count(*) FROM raw.intyg WHERE enhet_id = '{unit}' AND strftime(fran, '%Y-%m') = '2025-03'"
    )
    assert [int(row[-1]) for row in there if row[1] == "intyg"] == [expected[0][0]]
    with pytest.raises(CheckError, match="hittepa"):
        lineage(region, name, measure="hittepa")
