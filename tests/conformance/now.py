"""Compares the cases of Rehabstöd with the view of a day (schema nu)."""

from datetime import date

import duckdb

from pipelines.views import Now
from tests.conformance.deliver import spelt
from tests.conformance.questions import Directory

ANCHOR = "ankare-som-steget-utgar-fran"
LINKED = """SELECT gallande.intyg_id, min(led.steg) AS steg
    FROM nu.led AS led JOIN core.intyg_gallande AS gallande USING (patient_nr, intyg_nr)
    JOIN core.patient AS patient USING (patient_nr)
    WHERE led.fraga_nr = ? AND patient.patient_id LIKE ? GROUP BY gallande.intyg_id ORDER BY steg"""


def prepared(case: dict) -> dict:
    """A case of one step gets the certificate that the step starts from: one day, signed last, active on that day."""
    day = case["params"].get("compare_start") or case["params"].get("compare_end")
    if day is None:
        return case
    like = case["certificates"][0]
    anchor = like | {
        "certificate_id": ANCHOR, "start": day, "end": day, "signed": "2999-12-31T00:00:00",
        "order": len(case["certificates"]) + 1,
    }  # fmt: skip
    anchor.pop("periods", None)
    params = case["params"] | {"active_date": day}
    return case | {"params": params, "certificates": [*case["certificates"], anchor]}


def question(directory: Directory, prefix: str, case: dict) -> Now:
    params = case["params"]
    providers = {prefix + spelt(row.get("vardgivare") or "vg1") for row in case["certificates"]}
    units = [row.get("enhet") or "enhet1" for row in case["certificates"]]
    return Now(
        vardgivare=min(providers, default=prefix),
        enheter=directory.units(prefix, units),
        dag=date.fromisoformat(params["active_date"]) if params.get("active_date") else None,
        glapp=params.get("gap_days", 5),
        dagar_efter=params.get("max_days_since_ended") or 0,
    )


def compare(connection: duckdb.DuckDBPyConnection, number: int, prefix: str, case: dict) -> list:
    """(what, expected, got) for everything that differs."""
    expected = case["expected"]
    got = _got(connection, number, prefix, case)
    wrong = [
        (name, expected[name], got.get(name))
        for name in expected.keys() - {"sjukfall", "order"}
        if got.get(name) != expected[name]
    ]
    if "sjukfall" in expected:
        wrong += _sjukfall(connection, number, prefix, expected["sjukfall"])
    return wrong


def _one(connection: duckdb.DuckDBPyConnection, query: str, number: int) -> object:
    return connection.execute(query, [number]).fetchall()[0][0]


def _got(connection: duckdb.DuckDBPyConnection, number: int, prefix: str, case: dict) -> dict[str, object]:
    view = case["params"].get("view") or "unit"
    block = connection.execute("SELECT fran, tom, ar_aktivt FROM nu.block WHERE fraga_nr = ?", [number]).fetchall()
    linked = _linked(connection, number, prefix, view)
    active = connection.execute(
        """SELECT DISTINCT gallande.intyg_id FROM nu.ankare AS ankare
        JOIN core.intyg_gallande AS gallande USING (patient_nr, intyg_nr) WHERE ankare.fraga_nr = ?""",
        [number],
    ).fetchall()
    history = "SELECT count(*) FROM nu.historik WHERE fraga_nr = ?"
    shown = {
        "patient, before future sjukfall are dropped": history,
        "patient": history + " AND NOT ar_framtida",
    }.get(view, "SELECT count(*) FROM nu.sjukfall WHERE fraga_nr = ?")
    return {
        "block_start": str(block[0][0]) if block else None,
        "block_end": str(block[0][1]) if block else None,
        "active": bool(block[0][2]) if block else None,
        "length_days": _one(
            connection, "SELECT coalesce(sum(langd_dagar), 0) FROM nu.langd WHERE fraga_nr = ?", number
        ),
        "linked_certificates_in_order": linked,
        "n_linked": len(linked),
        "active_certificate": active[0][0].removeprefix(prefix) if active else None,
        "n_sjukfall": _one(connection, shown, number),
        "n_patients_before": _one(
            connection, "SELECT count(DISTINCT patient_nr) FROM nu.block WHERE fraga_nr = ?", number
        ),
        "n_patients_with_active_certificate": _one(
            connection, "SELECT count(*) FROM nu.ankare WHERE fraga_nr = ?", number
        ),
    }


def _linked(
    connection: duckdb.DuckDBPyConnection, number: int, prefix: str, view: str, patient: str = "%"
) -> list[str]:
    """In order from the earliest; of one step only that step's side, without the certificate it starts from."""
    rows = connection.execute(LINKED, [number, prefix + patient]).fetchall()
    if "backward step" in view:
        rows = [row for row in rows if row[1] < 0]
    if "forward step" in view:
        rows = [row for row in rows if row[1] > 0]
    return [certificate.removeprefix(prefix) for certificate, _ in rows]


def _sjukfall(connection: duckdb.DuckDBPyConnection, number: int, prefix: str, expected: list[dict]) -> list:
    rows = connection.execute(
        """SELECT patient.patient_id, start_datum, slut_datum, langd_dagar, antal_intyg, sjukfall.diagnos, kon, alder,
            aktuell_grad FROM nu.sjukfall AS sjukfall JOIN core.patient AS patient USING (patient_nr) WHERE fraga_nr = ?""",
        [number],
    ).fetchall()
    names = ("patient", "start", "end", "length_days", "n_certificates", "diagnosis", "sex", "age", "degree")
    found = {row[0].removeprefix(prefix): dict(zip(names, row, strict=True)) for row in rows}
    wrong = [("sjukfall", len(expected), len(found))] if len(expected) != len(found) else []
    for wanted in expected:
        got = found.get(wanted["patient"], {})
        got |= {"start": str(got.get("start")), "end": str(got.get("end")), "patient": wanted["patient"]}
        got["certificate_ids"] = sorted(_linked(connection, number, prefix, "unit", wanted["patient"]))
        for name, value in wanted.items():
            value = sorted(value) if name == "certificate_ids" else value
            if got.get(name) != value:
                wrong.append((f"{wanted['patient']} {name}", value, got.get(name)))
    return wrong
