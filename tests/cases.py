"""The national sjukfall cases as a sender would deliver them: certificates → rows of `intyg` and `enheter`.

Every case becomes a world of its own: ids carry its number, so that many cases can share one delivery. Spellings of
units and providers are kept. What a unit test leaves unsaid (age, sex, unit) plays no part in it and gets a neutral value;
a certificate that cannot be parsed keeps its id and nothing else, as a sender that failed to read it would write it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Certificate = dict[str, Any]
INTYG = (
    "intyg_id", "period_nr", "handelse", "kand_fran", "patient_id", "vardgivare_id", "enhet_id", "typ", "signerad", "fran",
    "tom", "grad", "diagnos", "bidiagnoser", "kon", "alder", "lan_kod",
)  # fmt: skip
FIRST_ARRIVAL = datetime(2020, 1, 1)  # after the last day of every certificate
NEUTRAL_AGE = 40
SEXES = {"F": "K", "M": "M"}


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """One case: its key, the prefix of its ids, and its rows by extract."""

    key: str
    prefix: str
    intyg: list[Row]
    enheter: list[Row]


def read(path: Path) -> list[Delivered]:
    """Every case of the file, in order."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return [deliver(case, f"SE-{number:03d}-") for number, case in enumerate(found, 1)]


def deliver(case: dict[str, Any], prefix: str) -> Delivered:
    rows: list[Row] = []
    last: dict[str, int] = {}  # certificate → its latest period number
    for certificate in case["certificates"]:
        name = certificate["certificate_id"]
        revoked = certificate.get("event") == "REVOKED"
        for period in certificate.get("periods") or [certificate]:
            last[name] = 1 if revoked else last.get(name, 0) + 1
            rows.append(_row(certificate, period, last[name], prefix))
    return Delivered(key=case["id"], prefix=prefix, intyg=rows, enheter=_units(case, prefix))


def _row(certificate: Certificate, period: Certificate, number: int, prefix: str) -> Row:
    said = {
        "intyg_id": prefix + certificate["certificate_id"],
        "period_nr": number,
        "handelse": "makulerat" if certificate.get("event") == "REVOKED" else "utfardat",
        "kand_fran": (FIRST_ARRIVAL + timedelta(minutes=certificate["order"])).isoformat(),
        "patient_id": prefix + certificate["patient"],
        "vardgivare_id": prefix + certificate.get("vardgivare", "vg1"),
        "enhet_id": _unit(certificate, prefix),
        "typ": certificate.get("type", "FK7804"),
        "signerad": certificate.get("signed"),
        "fran": period["start"],
        "tom": period["end"],
        "grad": _degree(period.get("degree", 100)),
        "diagnos": certificate.get("diagnosis"),
        "bidiagnoser": "|".join(certificate.get("secondary_diagnoses") or ()) or None,
        "kon": SEXES.get(certificate.get("sex"), "okand"),
        "alder": _age(certificate),
        "lan_kod": certificate.get("county"),
    }
    return dict.fromkeys(INTYG) | {"intyg_id": said["intyg_id"]} if certificate.get("unparsable") else said


def _unit(certificate: Certificate, prefix: str) -> str | None:
    """A certificate without unit belongs to its main unit; without both nobody knows where it was issued."""
    unit = certificate.get("enhet", "enhet1") or certificate.get("main_unit")
    return prefix + unit if unit else None


def _degree(said: int | str) -> int:
    """Some unit tests give only a rank: "2 (ordinal)" is the second of the four degrees."""
    return said if isinstance(said, int) else 25 * int(said.split()[0])


def _age(certificate: Certificate) -> int | None:
    """On the certificate's last day, all its periods included; missing when the birth digits are no date."""
    if "birth_date" not in certificate:
        return certificate.get("age", NEUTRAL_AGE)
    if certificate["birth_date"] is None:
        return None
    born = date.fromisoformat(certificate["birth_date"])
    on = max(date.fromisoformat(period["end"]) for period in certificate.get("periods") or [certificate])
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _units(case: dict[str, Any], prefix: str) -> list[Row]:
    """The directory: every unit that a certificate names, in its first spelling; those called EJHSA are not in it."""
    known: dict[str, Row] = {}
    for certificate in case["certificates"]:
        unit = _unit(certificate, prefix)
        if unit and "EJHSA" not in unit:
            row = {
                "enhet_id": unit, "giltig_fran": "2000-01-01", "namn": f"{case['id']} {unit}",
                "vardgivare_id": prefix + certificate.get("vardgivare", "vg1"), "enhetstyp": "vardcentral",
                "region": f"Region {prefix}",
            }  # fmt: skip
            known.setdefault("".join(unit.split()).upper(), row)
    return list(known.values())
