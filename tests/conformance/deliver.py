"""Writes cases as a sender would deliver them, loads them and derives their sjukfall.

The cases hold birth dates and the directory of the national systems; a sender of ours holds them too and delivers ages
and unit ids. So what a national system tests about personal numbers is tested here as a row without a patient or an
age, which the contract puts in quarantine.
"""

import csv
import re
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from pipelines import warehouse
from pipelines.deliveries import load
from pipelines.settings import Settings

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
SHIFT = timedelta(days=4383)  # unit tests that give day numbers are moved past 2010, from where certificates count
WORLD = {"enhet1": "vg1", "enhet2": "vg1", "enhet3": "vg3", "enhet4": "vg3"}
NO_ID = "-utan-eget-id"
WIDE = "care-provider-wide"  # the role of a sjukfall that is known from units which the viewer does not see
SEX = {"F": "K", "M": "M"}
COLUMNS = (
    "intyg_id", "period_nr", "handelse", "kand_fran", "patient_id", "vardgivare_id", "enhet_id", "typ", "signerad", "fran",
    "tom", "grad", "diagnos", "bidiagnoser", "kon", "alder", "lan_kod", "kommun_kod",
)  # fmt: skip
UNIT_COLUMNS = (
    "enhet_id", "giltig_fran", "namn", "vardgivare_id", "enhetstyp", "overordnad_enhet_id", "region",
)  # fmt: skip


def spelt(text: str | None) -> str:
    """An id as it is compared: without regard to case and white space."""
    return re.sub(r"\s", "", text or "").upper()


def forced(case: dict) -> str:
    """What the case's note says that the test forces instead of the gap rule: '', 'joined' or 'apart'."""
    note = case["params"].get("note") or ""
    if "already one sjukfall" in note or "merge is forced" in note or "no gap rule" in note:
        return "joined"
    return "apart" if "its own sjukfall" in note or "first" in case["expected"] else ""


def outside(case: dict) -> set[int]:
    """Places of the certificates that a test of the merge step by itself hands over as no part of the care provider's
    sjukfall: they begin after it. The test forces it: by the gap rule one that begins the day after would be joined."""
    if "merge step is tested on its own" not in (case["params"].get("note") or ""):
        return set()
    ends = [row["end"] for row in case["certificates"] if (row.get("role") or "").startswith(WIDE)]
    return {at for at, row in enumerate(case["certificates"]) if row["start"] > max(ends)}


def moved(case: dict) -> timedelta:
    """How far the dates of a case are moved."""
    starts = [date.fromisoformat(row["start"]) for row in case["certificates"]]
    return SHIFT if case["params"].get("note_dates") and starts and min(starts) < date(2010, 1, 1) else timedelta()


def setting(case: dict) -> tuple[date, int]:
    """The day and the gap that a case is derived for: cases that agree share a warehouse."""
    params = case["params"]
    today = date.fromisoformat(params["today"]) if params.get("today") else LATEST
    if case["engine"] == "infra":
        return today, 5  # the view of a day has the gap in its question
    return today, 90 if forced(case) == "joined" else params.get("gap_days", 5)


@contextmanager
def warehouse_of(cases: Iterable[tuple[str, dict]], today: date, gap: int, folder: Path):
    """A connection to a warehouse with the cases (prefix, case) delivered and derived, as of `today`."""
    settings = Settings(data=folder, gap_days=gap, count_unknown_units=False, threads=2)
    delivery = folder / "leverans"
    delivery.mkdir(parents=True)
    cases = list(cases)
    _write(delivery / "enheter.csv", UNIT_COLUMNS, [row for prefix, case in cases for row in register(prefix, case)])
    rows = [row for prefix, case in cases for row in certificates(prefix, case)]
    _write(delivery / "intyg.csv", COLUMNS, rows)
    (delivery / "leverans.toml").write_text(
        f'avsandare = "conformance"\nskapad = "{today}"\ntyp = "tillagg"\n'
        f'period_fran = "{EARLIEST}"\nperiod_till = "{today}"\n',
        encoding="utf-8",
    )
    load([delivery], settings, progress=lambda what, done, total: None)
    with warehouse.open_warehouse(settings) as connection:
        warehouse.build(connection, settings, progress=lambda step: None)
        yield connection


def _write(path: Path, columns: tuple[str, ...], rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def register(prefix: str, case: dict) -> list[dict]:
    """The directory: the units of the world, those of the certificates, and who belongs to which main unit."""
    provider = dict(WORLD)
    above: dict[str, str] = {}
    for row in case["certificates"]:
        unit, main = _unit(row), row.get("main_unit")
        if main:
            provider.setdefault(main, row.get("vardgivare") or "vg1")
            above[spelt(unit)] = main
        if unit and not spelt(unit).startswith("EJHSA"):
            provider.setdefault(unit, row.get("vardgivare") or "vg1")
    known = {spelt(unit): spelt(owner) for unit, owner in provider.items()}
    known |= {unit + "-OVRIGA": owner for unit, owner in known.items() if case["engine"] == "statistik"}
    return [
        {
            "enhet_id": prefix + unit, "giltig_fran": "2000-01-01", "namn": unit, "vardgivare_id": prefix + owner,
            "enhetstyp": "vardcentral", "region": prefix, "overordnad_enhet_id":
                prefix + above[unit] if unit in above and spelt(above[unit]) != unit else "",
        }
        for unit, owner in known.items()
    ]  # fmt: skip


def _unit(row: dict) -> str | None:
    """The issuing unit; a certificate with a main unit but without a known unit of its own is the main unit's."""
    unit, main = row.get("enhet", "enhet1"), row.get("main_unit")
    if main and (not unit or spelt(unit).startswith("EJHSA")):
        return main + NO_ID
    if (row.get("role") or "").startswith(("other", WIDE)):
        return f"{unit}-ovriga"  # "other unit": the viewer does not see it
    return unit


def certificates(prefix: str, case: dict) -> list[dict]:
    """The rows of the extract intyg."""
    rows, numbers = [], {}
    step, apart = moved(case), outside(case)
    for at, row in enumerate(case["certificates"]):
        revoked = row.get("event") == "REVOKED"
        for period in row.get("periods") or [row]:
            number = 1 if revoked else numbers.get(row["certificate_id"], 0) + 1
            numbers[row["certificate_id"]] = number
            patient = f"{row['patient']}-{at}" if forced(case) == "apart" or at in apart else row["patient"]
            rows.append(
                {
                    "intyg_id": prefix + str(row["certificate_id"]), "period_nr": number,
                    "handelse": "makulerat" if revoked else "utfardat", "kand_fran": _received(row, at),
                    "patient_id": "" if _malformed(row) else prefix + patient,
                    "vardgivare_id": _id(prefix, row.get("vardgivare", "vg1")), "enhet_id": _id(prefix, _unit(row)),
                    "typ": row.get("type") or "FK7263", "signerad": row.get("signed") or "",
                    "fran": "unparsable" if row.get("unparsable") else date.fromisoformat(period["start"]) + step,
                    "tom": date.fromisoformat(period["end"]) + step, "grad": _grade(period.get("degree")),
                    "diagnos": row.get("diagnosis") or "", "kon": SEX.get(row.get("sex", ""), "okand"),
                    "bidiagnoser": "|".join(row.get("secondary_diagnoses") or []), "alder": age(row),
                    "lan_kod": row.get("county") or "", "kommun_kod": row.get("municipality") or "",
                }
            )  # fmt: skip
    return rows


def _malformed(row: dict) -> bool:
    """A personal number that the national system drops; the hyphen is optional."""
    said = row.get("personal_number_format") or ""
    return bool(said) and not re.match(r"(with|without|no) hyphen", said, re.IGNORECASE)


def _id(prefix: str, given: str | None) -> str:
    return prefix + given if given and given.strip() else ""


def _received(row: dict, at: int) -> str:
    seconds = row.get("intake_id", row.get("order", at + 1))
    return f"{2001 + seconds // 86400}-01-01T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _grade(degree: object) -> object:
    """Ranks ("2 (ordinal)") are the four grades in order."""
    ordinal = re.match(r"(\d) \(ordinal\)", str(degree))
    if ordinal:
        return 25 * int(ordinal[1])
    return 100 if degree is None else degree


def age(row: dict) -> object:
    """Age on the last day of the certificate; empty when the birth digits are no date; 40 where the case has none."""
    if row.get("age") is not None:
        return row["age"]
    digits = row.get("birth_digits") or (row.get("birth_date") or "").replace("-", "")
    if not digits:
        return 40 if "birth_date" not in row or row["birth_date"] is None else ""
    born = birth(digits, coordination=bool(row.get("coordination_number")) and bool(row.get("birth_digits")))
    if born is None:
        return ""
    last = max(period["end"] for period in row.get("periods") or [row])
    return years(born, date.fromisoformat(last))


def birth(digits: str, *, coordination: bool = False) -> date | None:
    """The date that the digits say, or None; a coordination number has 60 added to the day."""
    if not re.fullmatch(r"\d{8}", digits):
        return None
    day = int(digits[6:]) - (60 if coordination and int(digits[6:]) > 60 else 0)
    try:
        return date(int(digits[:4]), int(digits[4:6]), day)
    except ValueError:
        return None


def years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
