"""From checked text to the types of the warehouse.

Timestamps are kept as Swedish local time without offset. One that is delivered with an offset is moved to UTC and then
to local time by the rule of directive 2000/84/EC (summer time from 01:00 UTC on the last Sunday of March to 01:00 UTC on
the last Sunday of October, in force in Sweden in this form since 1996), because the database's own time zones need an
extension that cannot be fetched everywhere. One without offset is taken to be local time already.
"""

import duckdb
import pandera.pandas as pa

UNIT_FORM = "HSA-id"
_MACROS = (
    # the end of the text that says the offset, empty when there is none; every month has day 28, March and October 31
    """CREATE OR REPLACE TEMP MACRO offset_of(given) AS
        coalesce(regexp_extract(given, '(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$'), '')""",
    """CREATE OR REPLACE TEMP MACRO offset_minutes(said) AS
        CASE WHEN said = 'Z' THEN 0
            ELSE (CASE WHEN left(said, 1) = '-' THEN -1 ELSE 1 END)
                * (CAST(substr(said, 2, 2) AS INTEGER) * 60 + CAST(substr(said, 5, 2) AS INTEGER)) END""",
    """CREATE OR REPLACE TEMP MACRO last_sunday(year, month) AS
        make_timestamp(year, month, 31, 1, 0, 0.0) - to_days(CAST(dayofweek(make_date(year, month, 31)) AS INTEGER))""",
    """CREATE OR REPLACE TEMP MACRO from_utc(utc) AS
        utc + CASE WHEN utc >= last_sunday(year(utc), 3) AND utc < last_sunday(year(utc), 10)
            THEN INTERVAL 2 HOUR ELSE INTERVAL 1 HOUR END""",
    """CREATE OR REPLACE TEMP MACRO local_time(given) AS
        CASE WHEN length(given) IN (10, 16, 19) THEN TRY_CAST(given AS TIMESTAMP)  -- too short for an offset
            WHEN offset_of(given) = '' THEN CASE WHEN length(given) <= 26 THEN TRY_CAST(given AS TIMESTAMP) END
            ELSE from_utc(
                TRY_CAST(left(given, length(given) - length(offset_of(given))) AS TIMESTAMP)
                - to_minutes(offset_minutes(offset_of(given)))
            ) END""",
)


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `local_time(text)` known to this connection."""
    for macro in _MACROS:
        connection.execute(macro)


def as_unit(text: str) -> str:
    """The SQL expression for a unit's or provider's id: compared without regard to case and white space."""
    return f"upper(regexp_replace({text}, '\\s+', '', 'g'))"


def typed(column: pa.Column, text: str) -> str:
    """The SQL expression that turns the text expression into the column's warehouse type; NULL when it cannot be."""
    kind = column.metadata["sql"]
    if kind == "TIMESTAMP":
        return f"local_time({text})"
    if kind == "DOUBLE":
        return f"TRY_CAST(replace({text}, ',', '.') AS DOUBLE)"
    if kind == "VARCHAR":
        return as_unit(text) if column.metadata["form"] == UNIT_FORM else text
    return f"TRY_CAST({text} AS {kind})"
