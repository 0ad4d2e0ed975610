"""Rows with defaults, and deliveries made of them as a sender would write them."""

import csv
import hashlib
from pathlib import Path
from typing import Any

PROVIDER, UNIT = "SE0000000001-0001", "SE0000000001-1001"


def intyg(**changes: Any) -> dict[str, Any]:
    return {
        "intyg_id": "A-1", "period_nr": 1, "handelse": "utfardat", "kand_fran": "2024-03-01T10:00:00",
        "patient_id": "PSEUDONYMA", "vardgivare_id": PROVIDER, "enhet_id": UNIT, "typ": "FK7804", "fran": "2024-03-01",
        "tom": "2024-03-20", "grad": 100, "diagnos": "F438A", "kon": "K", "alder": 40,
    } | changes  # fmt: skip


def koordinering(**changes: Any) -> dict[str, Any]:
    return {
        "handelse_id": "H-1", "kand_fran": "2024-03-10T10:00:00", "handelse_status": "gallande",
        "patient_id": "PSEUDONYMA", "vardgivare_id": PROVIDER, "enhet_id": UNIT, "datum": "2024-03-10",
        "handelse": "insats", "kva_koder": "", "reko_status": "",
    } | changes  # fmt: skip


def enhet(**changes: Any) -> dict[str, Any]:
    return {
        "enhet_id": UNIT, "giltig_fran": "2020-01-01", "namn": "Vårdcentralen Provet", "vardgivare_id": PROVIDER,
        "enhetstyp": "vardcentral", "omrade": "Norr", "region": "Region Prov",
    } | changes  # fmt: skip


def listade(**changes: Any) -> dict[str, Any]:
    return {"enhet_id": UNIT, "manad": "2024-03", "kon": "K", "aldersgrupp": "18-22", "antal": 300} | changes


def write_csv(path: Path, rows: list[dict[str, Any]], *, delimiter: str = ";") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_delivery(folder: Path, extracts: dict[str, list[dict[str, Any]]], **said: Any) -> Path:
    """One CSV per extract. With `said` (typ, period_fran, period_till, or skapad) also leverans.toml with rows and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in extracts.items():
        write_csv(folder / f"{name}.csv", rows)
    if said:
        told = {"avsandare": "prov", "skapad": "2024-06-01"} | said
        lines = [f'{key} = "{value}"' for key, value in told.items()]
        for name, rows in extracts.items():
            digest = hashlib.sha256((folder / f"{name}.csv").read_bytes()).hexdigest()
            lines += [f"[filer.{name}]", f'fil = "{name}.csv"', f"rader = {len(rows)}", f'sha256 = "{digest}"']
        (folder / "leverans.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _days(at: int) -> str:
    return f"2024-03-{at + 1:02}"


# a valid row of every extract, each number a key of its own
VALID = {
    "intyg": lambda at: intyg(intyg_id=f"A-{at}"),
    "koordinering": lambda at: koordinering(handelse_id=f"H-{at}", reko_status="REKO_1"),
    "enheter": lambda at: enhet(enhet_id=f"SE0000000001-10{at:02}"),
    "listade": lambda at: listade(enhet_id=f"SE0000000001-10{at:02}"),
    "bemanning": lambda at: {
        "enhet_id": f"SE0000000001-10{at:02}", "manad": "2024-03", "roll": "rehabkoordinator", "fte": "1,5",
        "yrkesgrupp": "fysioterapeut",
    },
    "utfall": lambda at: {
        "patient_id": f"PSEUDONYM{at}", "vardgivare_id": PROVIDER, "datum": _days(at), "utfall": "atergang_arbete",
        "kand_fran": "2024-04-01T10:00:00",
    },
    "meddelanden": lambda at: {
        "meddelande_id": f"M-{at}", "intyg_id": "A-1", "datum": _days(at), "amne": "KOMPLT", "enhet_id": UNIT, "fraga": "7",
    },
    "mal": lambda at: {
        "niva": "enhet", "id": UNIT, "matt": f"startade_{at}", "giltig_fran": "2024-01-01", "typ": "mal",
        "riktning": "lagre", "varde": "10,5", "beslutad_av": "Hälso- och sjukvårdsnämnden", "kalla": "Protokoll 7",
    },
}  # fmt: skip
