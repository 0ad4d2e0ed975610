"""The national upload's unit list: real and broken lists, what must be said of them, and that a total gives no rate."""

import csv

import duckdb
import openpyxl
import pytest

from pipelines.deliveries import UnitListSaid, load
from pipelines.errors import DeliveryError
from pipelines.release import build_release
from pipelines.releases import current
from pipelines.settings import Settings
from tests.rows import PROVIDER, UNIT, enhet, intyg, listade, write_csv, write_delivery

SAID = UnitListSaid(manad="2024-03", region="Region Prov", vardgivare=PROVIDER)
TEMPLATE = ("Vårdenhetsnamn", "HSA-id", "Antal listade patienter")
OTHER = ("enhetsnamn", "hsa_id", "antal_listade")


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data")


def take(path, settings, said=SAID):
    results = load([path], settings, progress=lambda what, done, total: None, unit_list=said)
    for result in results:
        assert result.rader_in == result.inlasta + result.dubbletter + result.karantan
    return {result.extrakt: result for result in results}


def ask(settings, query):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def written(path, header, rows):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in (header, *rows):
            book.active.append(row)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=",", lineterminator="\n").writerows([header, *rows])
    return path


@pytest.mark.parametrize("name", ["lista.xlsx", "lista.csv", "listade.csv"])
@pytest.mark.parametrize("header", [TEMPLATE, OTHER], ids=["template", "short"])
def test_every_rule_of_the_national_upload(tmp_path, settings, name, header):
    rows = [
        ("Vårdcentralen Eken", "SE0000000001-1001", 7968),
        ("Vårdcentralen Granen", "SE0000000001-1002", "5440"),  # a whole number as text
        ("Vårdcentralen Linden", "SE0000000001-1003", None),  # a unit without figure
        ("Vårdcentralen Tom", "SE0000000001-1004", 0),
        ("Vårdcentralen Minus", "SE0000000001-1005", -1),
        ("Vårdcentralen Ord", "SE0000000001-1006", "Tretton"),
        ("Vårdcentralen Udda", "SE_0000_1007", 100),
        ("Vårdcentralen Dubbel", "SE0000000001-1008", 100),
        ("Vårdcentralen Dubbel", "SE0000000001-1008", 200),
        (None, "SE0000000001-1009", None),  # only an id
    ]
    found = take(written(tmp_path / name, header, rows), settings)
    assert (found["enheter"].rader_in, found["enheter"].inlasta, found["enheter"].karantan) == (10, 7, 3)
    assert (found["listade"].rader_in, found["listade"].inlasta, found["listade"].karantan) == (8, 3, 5)
    assert set(found["listade"].regler) == {
        ("antal", "ligger inte mellan 0 och 999999", 1),
        ("antal", "är inget heltal", 1),
        ("enhet_id", "har inte formen av ett HSA-id", 1),
        ("nyckeln", "samma nyckel, olika innehåll", 2),
    }
    assert ("namn", "värde saknas", 1) in found["enheter"].regler
    assert ask(settings, "SELECT enhet_id, manad, kon, aldersgrupp, antal FROM raw.listade ORDER BY enhet_id") == [
        (f"SE0000000001-100{at}", "2024-03", "alla", "alla", antal) for at, antal in ((1, 7968), (2, 5440), (4, 0))
    ]
    assert ask(settings, "SELECT DISTINCT vardgivare_id, enhetstyp, region FROM raw.enheter") == [
        (PROVIDER, "vardcentral", "Region Prov")
    ]


def test_nothing_that_the_list_does_not_say_is_guessed(tmp_path, settings):
    path = written(tmp_path / "lista.csv", TEMPLATE, [("Vårdcentralen Eken", "SE0000000001-1001", 1)])
    for said in (UnitListSaid(), UnitListSaid(manad="2024-13", region="R", vardgivare="X")):
        with pytest.raises(DeliveryError) as caught:
            take(path, settings, said)
        assert "--manad" in caught.value.text
        assert "--vardgivare" in caught.value.text
    with pytest.raises(DeliveryError, match="--region"):
        take(path, settings, UnitListSaid(manad="2024-03", vardgivare=PROVIDER))
    assert ask(settings, "SELECT count(*) FROM raw.enheter") == [(0,)]
    by_settings = settings.model_copy(update={"list_region": "Region Prov", "list_provider": PROVIDER})
    assert take(path, by_settings, UnitListSaid(manad="2024-03"))["enheter"].inlasta == 1


def test_the_next_months_list_adds_totals_and_no_units(tmp_path, settings):
    path = written(tmp_path / "lista.csv", OTHER, [("Vårdcentralen Eken", "SE0000000001-1001", 7968)])
    take(path, settings)
    found = take(path, settings, UnitListSaid(manad="2024-04", region="Region Prov", vardgivare=PROVIDER))
    assert (found["enheter"].dubbletter, found["listade"].inlasta) == (1, 1)


def test_a_total_belongs_to_all_sexes_and_ages_or_to_none(tmp_path, settings):
    rows = [listade(kon="alla", aldersgrupp="alla"), listade(kon="K", aldersgrupp="alla"), listade(kon="alla")]
    found = take(write_csv(tmp_path / "listade.csv", rows), settings)
    assert (found["listade"].inlasta, found["listade"].karantan) == (1, 2)


def test_a_total_is_published_as_information_and_gives_no_rate(tmp_path, settings):
    """The region's own register goes before the list, and a unit with bands keeps its rate beside the total."""
    bands = ("0-17", "18-22", "23-67", "68+")
    second = "SE0000000001-1002"
    rows = [listade(kon=kon, aldersgrupp=band, antal=100) for kon in ("K", "M") for band in bands]
    spells = [
        intyg(intyg_id=f"A{at}", patient_id=f"P{at}", kon="KM"[at % 2], enhet_id=(UNIT, second)[at % 4 // 2], tom="2024-04-10")
        for at in range(80)
    ]  # fmt: skip
    register = enhet(giltig_fran="1900-01-01")
    period = {"typ": "tillagg", "period_fran": "2024-01-01", "period_till": "2024-04-30"}
    take(write_delivery(tmp_path / "d", {"intyg": spells, "enheter": [register], "listade": rows}, **period), settings)
    names = [("Ett annat namn", UNIT, 9000), ("Vårdcentralen Granen", second, 5440)]
    take(written(tmp_path / "lista.xlsx", TEMPLATE, names), settings)
    build_release(settings, progress=lambda what: None)
    database = settings.published / current(settings.published) / "sjukvy.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        units = connection.execute(
            "SELECT enhet_id, namn, omrade, listade_totalt, listade_manad FROM enhet WHERE niva = 'enhet' ORDER BY enhet_id"
        ).fetchall()
        rates = connection.execute(
            """SELECT enhet_id, kon, antal, namnare, orsak FROM varde
            WHERE matt_id = 'pagaende' AND period = '2024-03' AND kon IN ('K', 'M') AND indelning = 'ingen'
            ORDER BY 1, 2"""
        ).fetchall()
    assert units == [
        (UNIT, "Vårdcentralen Provet", "Norr", 9000, "2024-03"),
        (second, "Vårdcentralen Granen", None, 5440, "2024-03"),
    ]
    assert [row for row in rates if row[0] == UNIT] == [(UNIT, kon, 20, 200, None) for kon in ("K", "M")]
    without = [row[3:] for row in rates if row[0] in (second, "region:Region Prov")]
    assert without == [(None, "underlag_saknas")] * 4


def test_the_real_list_of_a_region(shared, settings):
    found = take(shared / "reference" / "units" / "vgr_vardenheter_listade.csv", settings)
    assert (found["enheter"].rader_in, found["enheter"].inlasta) == (193, 193)
    assert (found["listade"].rader_in, found["listade"].inlasta) == (192, 192)
    with (shared / "reference" / "units" / "vgr_vardenheter_listade.csv").open(encoding="utf-8", newline="") as file:
        total = sum(int(row["antal_listade"] or 0) for row in csv.DictReader(file))
    assert ask(settings, "SELECT sum(antal), max(antal) FROM raw.listade") == [(total, 20004)]


def test_the_national_template_is_recognised(shared, tmp_path, settings):
    book = openpyxl.load_workbook(shared / "reference" / "inera" / "MALL_regionsstatistik.xlsx")
    for at, cell in enumerate(("Vårdcentralen Eken", "SE0000000001-1001", "7968"), 1):
        book.active.cell(row=2, column=at, value=cell)
    book.save(tmp_path / "MALL_regionsstatistik.xlsx")
    assert take(tmp_path / "MALL_regionsstatistik.xlsx", settings)["listade"].inlasta == 1
