"""enheter: the unit register, one row per unit and validity."""

from schemas.extracts import fields as f

ENHETSTYPER = ("vardcentral", "psykiatri", "beroende", "smartrehab", "sjukhusklinik", "annan")

schema = f.extract(
    "enheter",
    row="en rad per enhet och giltighetstid",
    text="Enhetsregistret. En enhet som inte finns här räknas som okänd enhet.",
    columns={
        "enhet_id": f.unit("Enhetens HSA-id", required=True, key=True),
        "giltig_fran": f.day("Första dag som raden gäller", required=True, key=True),
        "giltig_till": f.day("Sista dag som raden gäller; tom = tills vidare"),
        "namn": f.title("Enhetens namn", required=True),
        "vardgivare_id": f.unit("Vårdgivarens HSA-id", required=True),
        "vardgivare_namn": f.title("Vårdgivarens namn"),
        "enhetstyp": f.code("Slag av enhet", ENHETSTYPER, required=True),
        "overordnad_enhet_id": f.unit("Vårdenhet som enheten hör till"),
        "omrade": f.title("Område eller distrikt inom regionen"),
        "region": f.title("Region", required=True),
        "driftsform": f.code("Driftsform", ("offentlig", "privat")),
        "ersatt_av": f.unit("Enhet som tagit över, vid sammanslagning eller nytt id"),
    },
    checks=[f.not_before("giltig_till", "giltig_fran")],
)
