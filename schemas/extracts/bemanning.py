"""bemanning: coordinator and insurance-medicine staffing, one row per unit, month and role."""

from schemas.extracts import fields as f

schema = f.extract(
    "bemanning",
    row="en rad per enhet, månad och roll",
    text="Tjänstgöringsgrad för rehabkoordinator och försäkringsmedicinskt ansvarig läkare.",
    columns={
        "enhet_id": f.unit("Enhetens HSA-id", required=True, key=True),
        "manad": f.month("Månad", required=True, key=True),
        "roll": f.code("Roll", ("rehabkoordinator", "forsakringsmedicinskt_ansvarig_lakare"), required=True, key=True),
        "fte": f.decimal("Heltidsekvivalenter", 0, 20, required=True),
        "yrkesgrupp": f.words("Yrkesgrupp"),
    },
    checks=[],
)
