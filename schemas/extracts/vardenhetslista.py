"""The unit list that regions upload to Intygsstatistik: a format that carries both `enheter` and `listade`.

Its columns and rules are those of the national service's template (sklintyg/statistik): HSA-id of letters, digits and
hyphens, no duplicates, no negative or written-out numbers, whole numbers as text accepted, a blank number allowed.
"""

from schemas.extracts import enheter, listade
from schemas.extracts import fields as f

# what the list does not say since when: a row of the unit register, whatever day it gives, comes after it
SINCE = "0001-01-01"

schema = f.extract(
    "vardenhetslista",
    row="en rad per vårdenhet",
    text="Listan som regioner laddar upp till Intygsstatistik läses som den är, i CSV eller XLSX, och känns igen på "
    "rubrikraden; filen får heta vad som helst. Varje rad blir en enhet i `enheter` och, om antalet finns, en total i "
    "`listade` (kon alla, aldersgrupp alla).",
    columns={
        "namn": f.title("Enhetens namn; en rad med bara id hamnar i karantän", required=True),
        "enhet_id": f.unit("Enhetens HSA-id", required=True, key=True),
        "antal": f.integer("Antal listade i alla åldrar; tomt = enhet utan uppgift", 0, 999_999),
    },
    checks=[],
    headers=(
        {"Vårdenhetsnamn": "namn", "HSA-id": "enhet_id", "Antal listade patienter": "antal"},
        {"enhetsnamn": "namn", "hsa_id": "enhet_id", "antal_listade": "antal"},
    ),
)
CARRIES = (enheter.schema, listade.schema)
