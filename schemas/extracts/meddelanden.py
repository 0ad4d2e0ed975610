"""meddelanden (optional): questions about certificates, one row per message."""

from schemas.extracts import fields as f

schema = f.extract(
    "meddelanden",
    row="en rad per meddelande",
    text="Frivilligt. Försäkringskassans frågor om intyg; aldrig meddelandets text.",
    columns={
        "meddelande_id": f.text("Meddelandets id", required=True, key=True),
        "intyg_id": f.text("Intyget som frågan gäller", required=True),
        "datum": f.day("Dagen då frågan kom", required=True),
        "amne": f.code("Ämne", ("KOMPLT", "AVSTMN", "KONTKT", "PAMINN", "OVRIGT"), required=True),
        "enhet_id": f.unit("Enheten som fick frågan", required=True),
        "fraga": f.open_code("Fältnummer i FK 7804"),
    },
    checks=[],
)
