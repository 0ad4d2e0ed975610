"""intyg: sick-leave certificates, one row per certified period."""

from schemas.extracts import fields as f

SYSSELSATTNING = ("NUVARANDE_ARBETE", "ARBETSSOKANDE", "FORALDRALEDIG", "STUDIER")

schema = f.extract(
    "intyg",
    row="en rad per intygsperiod",
    text="Läkarintyg för sjukpenning. Ett intyg med två grader har två rader.",
    columns={
        "intyg_id": f.text("Intygets id hos avsändaren, pseudonymiserat", required=True, key=True),
        "period_nr": f.integer("Periodens nummer inom intyget", 1, 99, required=True, key=True),
        "handelse": f.code(
            "Vad som hänt. Makulerat gäller hela intyget och får komma före det",
            ("utfardat", "makulerat", "ersatt"),
            required=True,
        ),
        "kand_fran": f.instant("När avsändaren fick veta detta; senaste gäller", required=True, key=True),
        "patient_id": f.text("Nyckelpseudonym, stabil inom vårdgivaren", required=True),
        "vardgivare_id": f.unit("Vårdgivarens HSA-id", required=True),
        "enhet_id": f.unit("Utfärdande enhets HSA-id", required=True),
        "listad_enhet_id": f.unit("Enheten där patienten är listad, om det är känt"),
        "typ": f.open_code("Intygstyp. Bara FK7804 (LISJP) och FK7263 bildar sjukfall", required=True),
        "signerad": f.instant("När intyget signerades"),
        "fran": f.day("Periodens första dag", required=True),
        "tom": f.day("Periodens sista dag, inräknad", required=True),
        "grad": f.integer(
            "Nedsättning i procent: 25, 50, 75 eller 100. Annat räknas som utelämnat", 0, 999, required=True
        ),
        "diagnos": f.open_code("Huvuddiagnos, fullständig kod enligt ICD-10-SE. Saknad eller ogiltig räknas som okänd"),
        "bidiagnoser": f.open_code("Bidiagnoser, skilda med |"),
        "kon": f.code("Kön", ("K", "M", "okand"), required=True),
        "alder": f.integer(
            "Ålder på intygets sista dag, som den räknas ur födelsedatumet; är det fel kan den bli negativ",
            -9999,
            9999,
            required=True,
        ),
        "lan_kod": f.open_code("Länskod"),
        "kommun_kod": f.open_code("Kommunkod"),
        "sysselsattning": f.codes("Sysselsättning enligt intyget", SYSSELSATTNING),
        "har_sgi": f.code("Har sjukpenninggrundande inkomst", ("ja", "nej", "okand")),
        "ersattning": f.code("Ersättning", ("sjukpenning", "aktivitetsersattning", "sjukersattning", "ingen", "okand")),
        "ersatter_intyg_id": f.text("Intyg som detta ersätter"),
        "kompletterar_intyg_id": f.text("Intyg som detta kompletterar"),
    },
    checks=[f.not_before("tom", "fran")],
)
