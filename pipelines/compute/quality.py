"""What became of every delivered row, and what is counted as unknown: the table `kvalitet` before protection."""

import duckdb
import pandas as pd
import pandera.pandas as pa

from schemas.extracts import EXTRACTS
from schemas.extracts.fields import key_columns

ROWS = """
    -- a row that was withdrawn and came again is one row and a duplicate, as if it had come again before
    WITH igen AS ({again}),
    -- a file delivered again byte for byte changes nothing and is not counted twice
    filer AS (SELECT * FROM ledger.leverans WHERE status = 'inlast'),
    antal AS (
        SELECT extrakt, sum(rader_in) AS mottagna, sum(inlasta) - coalesce(max(igen.antal), 0) AS inlasta,
            sum(dubbletter) + coalesce(max(igen.antal), 0) AS dubbletter, sum(karantan) AS karantan
        FROM filer LEFT JOIN igen USING (extrakt) GROUP BY extrakt
    )
    SELECT extrakt, 'rader' AS slag, 'Mottagna rader' AS regel, 0 AS ordning, mottagna AS antal FROM antal
    UNION ALL SELECT extrakt, 'rader', 'Inlästa', 1, inlasta FROM antal
    UNION ALL SELECT extrakt, 'rader', 'Redan inlästa (dubbletter)', 2, dubbletter FROM antal
    UNION ALL SELECT extrakt, 'rader', 'I karantän', 3, karantan FROM antal
"""
QUARANTINE = """
    SELECT karantan.extrakt, 'karantan' AS slag, regler.regel, 10 AS ordning, count(*) AS antal
    FROM ledger.karantan AS karantan, unnest(karantan.regler) AS regler (regel)
    JOIN ledger.leverans AS leverans ON leverans.leverans_nr = karantan.leverans_nr AND leverans.status = 'inlast'
    GROUP BY karantan.extrakt, regler.regel
"""
LEFT_OUT = """
    SELECT 'intyg' AS extrakt, 'utelamnat' AS slag, utelamnad AS regel, 20 AS ordning, count(*) AS antal
    FROM core.intyg_provad WHERE utelamnad IS NOT NULL GROUP BY utelamnad
"""
UNKNOWN = """
    WITH raknade AS (SELECT * FROM core.intyg_provad WHERE utelamnad IS NULL)
    SELECT 'intyg' AS extrakt, 'okant' AS slag, 'Okänd enhet' AS regel, 30 AS ordning,
        count(*) FILTER (WHERE enhet_nr = 0) AS antal FROM raknade
    UNION ALL SELECT 'intyg', 'okant', 'Diagnos saknas eller är ogiltig', 31,
        count(*) FILTER (WHERE diagnosgrupp = 'okand') FROM raknade
    UNION ALL SELECT 'intyg', 'okant', 'Kön: uppgift saknas', 32, count(*) FILTER (WHERE kon = 'okand') FROM raknade
    UNION ALL SELECT 'koordinering', 'okant', 'Okänd enhet', 30, count(*) FILTER (WHERE enhet_nr = 0)
        FROM core.koordinering
"""
PEOPLE = ("intyg", "koordinering", "utfall", "meddelanden")


def quality_cells(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """extrakt, slag, regel, ordning, antal. Rows about registers of units, lists and staffing are no persons."""
    again = " UNION ALL ".join(_loaded_again(extract, schema) for extract, schema in EXTRACTS.items())
    parts = [connection.execute(query).df() for query in (ROWS.format(again=again), QUARANTINE, LEFT_OUT, UNKNOWN)]
    cells = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return cells.sort_values(["extrakt", "ordning", "regel"], ignore_index=True)


def _loaded_again(extract: str, schema: pa.DataFrameSchema) -> str:
    key, content = (", ".join(f'"{name}"' for name in names) for names in (key_columns(schema), schema.columns))
    return f"""SELECT '{extract}' AS extrakt, count(*) - count(DISTINCT row({content})) AS antal
        FROM raw.{extract} SEMI JOIN (SELECT {key} FROM raw.{extract} WHERE indragen_av IS NOT NULL) AS borta USING ({key})"""


def quality_relations(cells: pd.DataFrame) -> list[tuple[int, tuple[int, ...]]]:
    """Delivered = loaded + duplicates + quarantined, for every extract about people."""
    rows = cells[cells["slag"] == "rader"]
    found = []
    for extrakt, group in rows.groupby("extrakt"):
        if extrakt in PEOPLE:
            total, *parts = group.sort_values("ordning").index
            found.append((int(total), tuple(int(part) for part in parts)))
    return found
