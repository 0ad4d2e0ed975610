"""Tries quarantined rows again, when a rule, a code list or a sender's file has changed. What now holds is loaded."""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pandera.pandas as pa

from pipelines.boundary import crossing
from pipelines.deliveries import ledger
from pipelines.deliveries.check import FAULTS, SUSPECTED, check, suspect
from pipelines.deliveries.identifiers import find
from pipelines.deliveries.merge import merge, typed
from pipelines.deliveries.presence import say_again, withdraw_outdated
from pipelines.deliveries.read import STAGED, in_form, stage_as
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.sender import ExtractForm, form_of
from pipelines.deliveries.take import tell_rules
from pipelines.errors import CheckError, DeliveryError
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from schemas.extracts import EXTRACTS

AGAIN = "omprovning"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One delivery's quarantine: rows tried = loaded + duplicates + still in quarantine."""

    leverans_nr: int
    filnamn: str
    extrakt: str
    provade: int
    inlasta: int
    dubbletter: int
    kvar: int


def requeue(settings: Settings, number: int | None = None) -> list[Tried]:
    """Try the quarantine of one delivery, or of all, in the order in which they came. Raises DeliveryError where there is
    nothing to try."""
    with open_warehouse(settings) as connection:
        ledger.create_tables(connection)
        waiting = connection.execute(
            """SELECT leverans_nr, extrakt, filnamn, avsandare, coalesce(sagd, mottagen) AS sagd FROM ledger.leverans
            WHERE status = 'inlast' AND karantan > 0 AND ($nr IS NULL OR leverans_nr = $nr) ORDER BY leverans_nr""",
            {"nr": number},
        ).fetchall()
        # published figures have rows of another form, read again by loading the file again
        waiting = [one for one in waiting if one[1] in EXTRACTS]
        if not waiting:
            raise DeliveryError("Det finns inga rader i karantän att pröva.", advice="Se leveranserna: sjukvy status")
        return [_try(connection, settings, *one) for one in waiting]


def _try(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    number: int,
    extract: str,
    name: str,
    sender: str | None,
    said: datetime,
) -> Tried:
    schema = EXTRACTS[extract]
    form = _form(settings, sender, extract)
    crossing("karantänen prövas")
    connection.execute("BEGIN")
    try:
        stage_as(connection, _held(schema, number, form), kept=True)
        rows = connection.execute(f"SELECT count(*) FROM {STAGED}").fetchall()[0][0]
        suspect(connection, schema)
        found = find(connection, STAGED, SUSPECTED, schema, serial=form.lopnummer)
        if found:
            raise CheckError(
                f"{name}: karantänen innehåller {found[0].kind} i kolumn {found[0].column}", advice="sjukvy gallra"
            )
        check(connection, schema, rows, progress=lambda done: None)
        typed(connection, schema)
        new = ledger.next_number(connection)
        loaded, again = _merged(connection, schema, new, said, number)
        left = connection.execute(f"SELECT count(DISTINCT rad_nr) FROM {FAULTS}").fetchall()[0][0]
        if rows != loaded + again + left:
            raise CheckError(f"{name}: raderna går inte ihop: prövade = inlästa + dubbletter + karantän gäller inte.")
        _settle(connection, schema, number, new, loaded, again)
        if sender is not None:
            withdraw_outdated(connection, schema, [new], sender)
        crossing("omprövningen bekräftas")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return Tried(
        leverans_nr=number, filnamn=name, extrakt=extract, provade=rows, inlasta=loaded, dubbletter=again, kvar=left
    )


def _merged(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, new: int, said: datetime, tried: int
) -> tuple[int, int]:
    found = merge(connection, schema.name, schema, new, said, tried=tried)
    say_again(connection, schema, new, said, whole=False)
    return found


def _form(settings: Settings, sender: str | None, extract: str) -> ExtractForm:
    try:
        return form_of(settings, sender, extract)
    except FileRefused as refused:
        raise DeliveryError("Karantänen kan inte prövas.", faults=refused.faults) from None


def _held(schema: pa.DataFrameSchema, number: int, form: ExtractForm) -> str:
    """The query for a delivery's rows in quarantine, as its file was staged, with the sender's codes of today."""
    cells = ", ".join(
        f"""{in_form(f"json_extract_string(innehall, '$.{column}')", column, schema.columns[column], form)} AS "{column}\""""
        for column in schema.columns
    )
    return f"SELECT rad_nr, {cells} FROM ledger.karantan WHERE leverans_nr = {number}"


def _settle(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, number: int, new: int, loaded: int, again: int
) -> None:
    """The rows that hold leave the quarantine. They belong to their delivery's account; a row in the ledger of its own
    with no rows says when they came, so that the next build derives what they touch."""
    if loaded + again:
        connection.execute(
            f"""DELETE FROM ledger.karantan WHERE leverans_nr = $nr AND rad_nr NOT IN (SELECT rad_nr FROM {FAULTS})""",
            {"nr": number},
        )
        connection.execute(
            """UPDATE ledger.leverans SET inlasta = inlasta + $loaded, dubbletter = dubbletter + $again,
                karantan = karantan - $loaded - $again WHERE leverans_nr = $nr""",
            {"loaded": loaded, "again": again, "nr": number},
        )
        connection.execute(
            """INSERT INTO ledger.leverans
            SELECT $new, sha256, avsandare, filnamn, extrakt, $kind, period_fran, period_till, skapad, now()::TIMESTAMP,
                'inlast', 'ur karantän från leverans ' || $nr, kontrollsummor, NULL, 0, 0, 0, 0, 0, sagd
            FROM ledger.leverans WHERE leverans_nr = $nr""",
            {"new": new, "kind": AGAIN, "nr": number},
        )
    tell_rules(connection, schema.name, number)
