"""listade: listed patients, one row per unit, month, sex and age band, or a total."""

from schemas.extracts import fields as f

TOTAL = "alla"

schema = f.extract(
    "listade",
    row="en rad per enhet, månad, kön och åldersgrupp",
    text="Listade patienter den sista dagen i månaden: femårsgrupper som bryter vid 18 och 68 "
    "(18-22, 23-27 … 63-67); 0-17 och 68+ får vara en grupp var. "
    "Den som bara har totalen lämnar en rad per enhet och månad med kon alla och aldersgrupp alla: den visas som "
    "upplysning, ger ingen andel och delas aldrig upp genom antaganden.",
    columns={
        "enhet_id": f.unit("Enhetens HSA-id", required=True, key=True),
        "manad": f.month("Månad", required=True, key=True),
        "kon": f.code("Kön", ("K", "M", "okand", TOTAL), required=True, key=True),
        "aldersgrupp": f.age_band(
            "Åldersgrupp, till exempel 18-22 eller 68+; alla för totalen", TOTAL, required=True, key=True
        ),
        "antal": f.integer("Antal listade", 0, 999_999, required=True),
    },
    checks=[f.in_both(TOTAL, "kon", "aldersgrupp")],
)
