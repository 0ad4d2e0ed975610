"""Compares the unit tests of Intygsstatistik: chains, lengths and group queries asked of the same SQL."""

import re
from datetime import date, timedelta

import duckdb

from pipelines.views import National
from tests.conformance.counts import Answer, band, count
from tests.conformance.deliver import moved, spelt
from tests.conformance.questions import WHOLE, Directory, month

OWN = "enhet1"
CHAIN = """SELECT rad.patient_nr, rad.sjukfall_nr, gallande.intyg_id, gallande.diagnos
    FROM core.sjukfall_period AS rad
    JOIN (SELECT DISTINCT patient_nr, intyg_nr, intyg_id, diagnos FROM core.intyg_gallande) AS gallande
        USING (patient_nr, intyg_nr)
    JOIN core.patient AS patient USING (patient_nr)
    WHERE starts_with(patient.patient_id, ?) ORDER BY rad.patient_nr, rad.plats"""
GROUPED = {
    "alder": "alder",
    "alder_oversikt": "alder",
    "langd": "langd_dagar",
    "langd_lang": "langd_dagar",
    "langd_ar": "langd_dagar",
    "grad": "grad",
    "intyg": "antal_intyg",
}
SKIPPED_FIELDS = {"doctors": "per läkare: läkare levereras inte"}


def question(directory: Directory, prefix: str, case: dict) -> National:
    """What a unit test asks: all the care provider's sjukfall, or those of some units in some periods."""
    params = case["params"]
    chosen = params.get("unit_filter")
    if any((row.get("role") or "").startswith("other") for row in case["certificates"]):
        chosen = sorted({row.get("enhet", OWN) for row in case["certificates"]})
    return National(
        vardgivare=tuple(sorted({prefix + spelt(row.get("vardgivare") or "vg1") for row in case["certificates"]})),
        perioder=_periods(case),
        enheter=directory.units(prefix, chosen) if chosen else None,
    )


def _periods(case: dict) -> tuple[tuple[date, date], ...]:
    params = case["params"]
    if not params.get("period_from"):
        return WHOLE
    first = date.fromisoformat(params["period_from"]) + moved(case)
    if params.get("period_to"):
        return ((first, date.fromisoformat(params["period_to"]) + moved(case)),)
    step = params["period_months"]
    return tuple(
        (month(first, at * step)[0], month(first, at * step + step - 1)[1]) for at in range(params["n_periods"])
    )


def compare(
    connection: duckdb.DuckDBPyConnection, prefix: str, case: dict, answer: Answer, directory: Directory
) -> list:
    """(what, expected, got) for everything that differs."""
    expected, rows = case["expected"], answer.sjukfall
    number = len(_periods(case))
    got: dict[str, object] = {
        "n_sjukfall": len(rows),
        "n_in_period": len(rows),
        "length_days": int(rows["langd_dagar"].sum()),
        "n_sjukfall_per_period": [int((rows["period_nr"] == at).sum()) for at in range(number)],
    }
    wrong = []
    for name in got.keys() & expected.keys():
        wanted = [one["n"] for one in expected[name]] if name == "n_sjukfall_per_period" else expected[name]
        if wanted != got[name]:
            wrong.append((name, wanted, got[name]))
    if "first" in expected:
        wrong += _first(case, answer)
    if "sjukfall" in expected:
        wrong += _sjukfall(connection, prefix, case, answer)
    if "groups" in expected:
        wrong += _groups(expected["groups"], answer, directory)
    return wrong + _certificates(case, answer, directory)


def _first(case: dict, answer: Answer) -> list:
    first = answer.sjukfall.sort_values(["start_datum", "slut_datum"]).iloc[0]
    return _different(case, case["expected"]["first"], first, {})


def _sjukfall(connection: duckdb.DuckDBPyConnection, prefix: str, case: dict, answer: Answer) -> list:
    """Every expected sjukfall is one of the patient's."""
    chains: dict[tuple, list] = {}
    for patient, number, certificate, diagnosis in connection.execute(CHAIN, [prefix]).fetchall():
        chains.setdefault((patient, number), []).append((certificate.removeprefix(prefix), diagnosis))
    names = dict(connection.execute("SELECT patient_nr, patient_id FROM core.patient").fetchall())
    wrong = []
    for wanted in case["expected"]["sjukfall"]:
        tried = [
            _different(case, wanted, row, _told(chains[row["patient_nr"], row["sjukfall_nr"]]))
            for _, row in answer.sjukfall.iterrows()
            if names[row["patient_nr"]].removeprefix(prefix).split("-")[0] == wanted["patient"]
        ]
        wrong += min(tried, key=len, default=[("sjukfall", wanted, None)])
    return wrong


def _told(chain: list[tuple[str, str | None]]) -> dict[str, object]:
    diagnoses = [diagnosis for _, diagnosis in chain]
    return {
        "first_certificate": chain[0][0],
        "first_diagnosis": diagnoses[0],
        "last_diagnosis": diagnoses[-1],
        "diagnoses": diagnoses,
    }


def _different(case: dict, wanted: dict, row, told: dict[str, object]) -> list:
    shift: timedelta = moved(case)
    got = told | {
        "patient": wanted.get("patient"),
        "start": f"{row['start_datum'].date() - shift}",
        "end": f"{row['slut_datum'].date() - shift}",
        "length_days": int(row["langd_dagar"]),
        "n_certificates": int(row["antal_intyg"]),
        "diagnosis": None if row["diagnos"] is None or row["diagnos"] != row["diagnos"] else row["diagnos"],
        "county": f"{int(row['lan_nr']):02}" if row["lan_nr"] else None,
        "age": int(row["alder"]),
        "sex": {"K": "F", "M": "M"}.get(row["kon"]),
        "degree": int(row["grad"]),
    }
    asked = {name: value for name, value in wanted.items() if name not in SKIPPED_FIELDS}
    return [(name, value, got.get(name)) for name, value in asked.items() if got.get(name) != value]


def _groups(expected: list, answer: Answer, directory: Directory) -> list:
    """Labels say which division of the sjukfall is meant; "0-20 (label "Under 20 år")" gives bounds and label."""
    wanted = [((re.search(r'"(.+)"', label) or [None, label])[1], number) for label, number in expected]
    for kind, column in GROUPED.items():
        if all(label in [name for name, _, _ in directory.bands[kind]] for label, _ in wanted):
            found = count(answer.sjukfall, band(directory, kind, column), 1, 0)
            return [(label, number, found.both(label, 0)) for label, number in wanted if found.both(label, 0) != number]
    return [("groups", expected, None)]


def _certificates(case: dict, answer: Answer, directory: Directory) -> list:
    """Certificates per sjukfall, by group and sex; what is not listed is 0."""
    expected = case["expected"]
    if not {"rows", "all_groups"} & expected.keys():
        return []
    periods = _periods(case)
    cutoff = case["params"].get("cutoff", 0) if case["params"].get("level") in ("region", "national") else 0
    found = count(answer.sjukfall, band(directory, "intyg", "antal_intyg"), len(periods), cutoff)
    labels = [label for label, _, _ in directory.bands["intyg"]]
    wanted = {
        (f"{periods[at][0]:%Y-%m}" if len(periods) > 1 else None, label, sex): 0
        for at in range(len(periods)) for label in labels for sex in ("men", "women")
    }  # fmt: skip
    for row in expected.get("rows", []):
        wanted |= {(row.get("month"), row["group"], sex): row[sex] for sex in ("men", "women")}
    months = [f"{first:%Y-%m}" for first, _ in periods]
    wrong = [("groups_in_order", expected["groups_in_order"], labels)] if _order_differs(expected, labels) else []
    for (when, label, sex), number in wanted.items():
        got = found.at(label, months.index(when) if when else 0, "M" if sex == "men" else "K")
        if got != number:
            wrong.append((f"{when or ''} {label} {sex}".strip(), number, got))
    return wrong


def _order_differs(expected: dict, labels: list[str]) -> bool:
    return "groups_in_order" in expected and expected["groups_in_order"] != labels


def skipped(case: dict) -> list[str]:
    """Reasons of what the case asks that is not compared."""
    return [
        why for name, why in SKIPPED_FIELDS.items() if any(name in row for row in case["expected"].get("sjukfall", []))
    ]
