"""What is made of identity numbers at the door, what is removed by decision, and who has looked."""

import json
import random
import re
import stat
from datetime import date

import duckdb
import pytest

from pipelines.compute.facts import months
from pipelines.deliveries import load
from pipelines.deliveries.pseudonym import Key, key_of, normalised, write_key
from pipelines.deliveries.refusal import FileRefused
from pipelines.errors import DeliveryError
from pipelines.lineage import lineage
from pipelines.retention import remove_old
from pipelines.settings import Settings
from pipelines.warehouse import build, open_warehouse
from tests.rows import PROVIDER, enhet, intyg, koordinering, write_csv, write_delivery

TOLVAN = "19121212-1212"  # the tax agency's own example
OTHER = "SE0000000002-0001"
SENDER = '[{extract}]\npseudonymisera = ["patient_id"]\n'
KEY = Key(version=1, domain="prov", secret=bytes(range(32)))


@pytest.fixture
def settings(tmp_path):
    """A region where one sender gets pseudonyms at the door."""
    (tmp_path / "config" / "avsandare").mkdir(parents=True)
    said = "".join(SENDER.format(extract=name) for name in ("intyg", "koordinering"))
    (tmp_path / "config" / "avsandare" / "prov.toml").write_text(said)
    write_key(tmp_path / "nyckel", 1)
    return Settings(
        data=tmp_path / "data", config=tmp_path / "config", pseudonym_key=tmp_path / "nyckel", pseudonym_domain="prov"
    )


def take(path, settings):
    return load([path], settings, progress=lambda *said: None, sender="prov")


def ask(settings, query):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_known_answer():
    """RFC 2104's construction by hand: HMAC-SHA256 over domain, vårdgivare and number, the first 130 bits in base32."""
    assert KEY.pseudonym("SE1-1", TOLVAN) == "XNYFA2RHSUCWNRWDDMVKKCITSQ"
    assert "SE1" not in repr(KEY) and KEY.secret.hex() not in repr(KEY) and str(KEY.secret) not in repr(KEY)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (TOLVAN, "191212121212", True),
        (TOLVAN, "121212+1212", True),
        ("20121212-1212", "121212-1212", True),
        (TOLVAN, "121212-1212", False),
        ("abc 1", "ABC1", True),
    ],
)
def test_one_person_in_every_spelling(one, other, same):
    assert (normalised(one) == normalised(other)) == same


def test_identity_numbers_become_pseudonyms_and_stand_nowhere(tmp_path, settings):
    rows = [
        intyg(patient_id=TOLVAN),
        intyg(intyg_id="B", patient_id="121212+1212"),
        intyg(intyg_id="C", patient_id=TOLVAN, vardgivare_id=OTHER),
        intyg(intyg_id="D", patient_id=TOLVAN, grad="x"),
    ]
    (result,) = take(write_csv(tmp_path / "intyg.csv", rows), settings)
    take(write_csv(tmp_path / "koordinering.csv", [koordinering(patient_id=" 191212121212 ")]), settings)
    assert (result.inlasta, result.karantan) == (3, 1)
    found = dict(ask(settings, "SELECT intyg_id, patient_id FROM raw.intyg"))
    assert found["A-1"] == found["B"] != found["C"]
    assert re.fullmatch(r"[A-Z2-7]{26}", found["C"])
    assert ask(settings, "SELECT patient_id FROM raw.koordinering") == [(found["A-1"],)]
    assert found["A-1"] in ask(settings, "SELECT innehall FROM ledger.karantan")[0][0]
    assert b"121212" not in settings.warehouse.read_bytes()
    assert [path.name for path in settings.warehouse.parent.glob("lasning-*")] == []


def test_a_number_in_any_other_column_still_stops_the_file(tmp_path, settings):
    with pytest.raises(DeliveryError, match="personnummer i kolumn intyg_id"):
        take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id=TOLVAN, intyg_id=TOLVAN)]), settings)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (
            lambda path: path.write_text(path.read_text().replace("hmac-sha256", "sha256")),
            "hash utan nyckel duger inte",
        ),
        (lambda path: path.write_text('metod = "hmac-sha256"\nversion = 1\nnyckel = "00ff"\n'), "256 bitar"),
        (lambda path: path.write_text('version = 1\nnyckel = ""\n'), "inte metod, version och nyckel"),
        (lambda path: path.unlink(), "saknas"),
        (lambda path: path.chmod(0o640), "bara läsas av sin ägare"),
    ],
)
def test_a_key_that_cannot_be_trusted_is_refused(tmp_path, settings, harm, said):
    harm(tmp_path / "nyckel")
    with pytest.raises(DeliveryError, match=said):
        take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id=TOLVAN)]), settings)
    assert ask(settings, "SELECT count(*) FROM raw.intyg") == [(0,)]


def test_no_key_or_another_key_is_refused(tmp_path, settings):
    path = write_csv(tmp_path / "intyg.csv", [intyg(patient_id=TOLVAN)])
    with pytest.raises(FileRefused, match="hash utan nyckel duger inte"):
        key_of(settings.model_copy(update={"pseudonym_key": None}))
    take(path, settings)
    write_key(tmp_path / "ny", 2)
    assert stat.S_IMODE((tmp_path / "ny").stat().st_mode) == 0o600
    other = settings.model_copy(update={"pseudonym_key": tmp_path / "ny"})
    with pytest.raises(DeliveryError, match="nyckel 2 är en annan"):
        take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id=TOLVAN, intyg_id="B")]), other)
    with pytest.raises(FileExistsError):
        write_key(tmp_path / "ny", 3)


def years(first, last):
    return [
        intyg(
            intyg_id=f"A-{year}-{at}", patient_id=f"P{at}", fran=f"{year}-05-0{1 + at % 6}", tom=f"{year}-05-20",
            kand_fran=f"{year}-05-10T10:00:00",
        )
        for year in range(first, last + 1) for at in range(40)
    ]  # fmt: skip


def test_what_is_decided_is_removed_with_a_protocol(tmp_path):
    settings = Settings(data=tmp_path / "data")
    across = intyg(intyg_id="OVER", fran="2022-12-20", tom="2023-01-20", kand_fran="2022-12-20T10:00:00")
    revoked = across | {"handelse": "makulerat", "tom": "2022-12-31", "kand_fran": "2023-02-01T10:00:00"}
    rows = [*years(2021, 2024), across, revoked, intyg(intyg_id="HEMLIGT-ID", grad="x")]
    said = {"typ": "tillagg", "period_fran": "2021-01-01", "period_till": "2024-12-31"}
    folder = write_delivery(tmp_path / "d", {"enheter": [enhet()], "intyg": rows}, **said)
    load([folder], settings, progress=lambda *said: None)
    with pytest.raises(DeliveryError, match="inget gallringsbeslut"):
        remove_old(settings, "Arkivarien", trial=False)
    decided = settings.model_copy(update={"keep_years": 2, "keep_quarantine_days": 30})
    day = date(2025, 6, 1)
    trial, none = remove_old(decided, "Arkivarien", trial=True, today=day)
    assert (trial.borttagna["intyg"], none) == (80, None)
    assert ask(settings, "SELECT count(*) FROM raw.intyg") == [(len(rows) - 1,)]
    done, path = remove_old(decided, "Arkivarien", trial=False, today=day)
    assert done.borttagna == {"intyg": 80, "koordinering": 0, "utfall": 0, "meddelanden": 0, "karantän": 0}
    assert ask(settings, "SELECT min(fran), count(*) FROM raw.intyg") == [(date(2022, 12, 20), len(rows) - 81)]
    assert b"A-2021-7" not in settings.warehouse.read_bytes()
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["av"], told["rader_fore"], told["borttagna"]["intyg"]) == ("Arkivarien", "2023-01-01", 80)
    assert "A-2021" not in path.read_text(encoding="utf-8")
    with open_warehouse(settings) as connection:
        build(connection, settings, progress=lambda step: None, onward=True)
        assert months(connection)["manad"].iloc[0] == "2023-01"
        kept = connection.execute("SELECT DISTINCT intyg_id, year(fran) FROM core.intyg_gallande").fetchall()
    assert "OVER" not in {name for name, _ in kept}
    assert {year for _, year in kept} == {2023, 2024}


def test_who_has_opened_the_rows_is_written_and_never_what_they_say(tmp_path):
    settings = Settings(data=tmp_path / "data")
    load([write_csv(tmp_path / "intyg.csv", [intyg(patient_id="HEMLIG")])], settings, progress=lambda *said: None)
    written = settings.access_log.read_text(encoding="utf-8")
    (line,) = map(json.loads, written.splitlines())
    assert line.keys() == {"tid_utc", "anvandare", "kommando", "for_att"}
    assert line["for_att"] == "skriva" and line["anvandare"]
    assert "HEMLIG" not in written and PROVIDER not in written
    assert stat.S_IMODE(settings.access_log.stat().st_mode) == 0o600


def test_looking_is_written_too(region):
    lines = len(region.access_log.read_text(encoding="utf-8").splitlines())
    lineage(region, None, month="2025-03")
    last = region.access_log.read_text(encoding="utf-8").splitlines()[lines:]
    assert [json.loads(line)["for_att"] for line in last] == ["läsa"]


def test_no_two_of_many_are_alike():
    chosen = random.Random(1)
    people = {f"{chosen.randrange(10**11, 10**12)}" for _ in range(2000)}
    assert len({KEY.pseudonym("SE1", person) for person in people}) == len(people)
