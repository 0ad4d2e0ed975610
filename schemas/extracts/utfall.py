"""utfall (optional): what became of the patient, one row per registered outcome."""

from schemas.extracts import fields as f

UTFALL = (
    "atergang_arbete", "atergang_arbetssokande", "atergang_studier", "sjukersattning", "aktivitetsersattning",
    "alderspension", "avliden", "flyttat", "okand",
)  # fmt: skip

schema = f.extract(
    "utfall",
    row="en rad per registrerat utfall",
    text="Frivilligt. Utan det visas sjukfallets slut, inte återgång i arbete.",
    columns={
        "patient_id": f.text("Nyckelpseudonym, samma som i intyg", required=True, key=True),
        "vardgivare_id": f.unit("Vårdgivarens HSA-id", required=True, key=True),
        "datum": f.day("Dagen då utfallet inträffade", required=True, key=True),
        "utfall": f.code("Utfall", UTFALL, required=True),
        "kand_fran": f.instant("När avsändaren fick veta detta; senaste gäller"),
    },
    checks=[],
)
