"""koordinering: what coordinators did, one row per event."""

from schemas.extracts import fields as f

HANDELSER = (
    "erbjuden", "samtycke", "avbojt", "kontaktad", "insats", "plan", "plan_uppfoljd", "gemensam_handlingsplan",
    "uppfoljning_bokad", "avstamningsmote", "flerpart", "fk_information_30kap", "screenad_ej_behov",
    "medicinsk_rehab", "avslut",
)  # fmt: skip
REKO = tuple(f"REKO_{number}" for number in range(1, 9))

schema = f.extract(
    "koordinering",
    row="en rad per händelse",
    text="Koordineringsinsatser enligt lag (2019:1297), även av psykiatri, smärtrehabilitering och andra enheter. "
    "Minst en av handelse, kva_koder och reko_status ska finnas.",
    columns={
        "handelse_id": f.text("Händelsens id hos avsändaren", required=True, key=True),
        "kand_fran": f.instant("När avsändaren fick veta detta; senaste gäller", required=True, key=True),
        "handelse_status": f.code("Gäller händelsen", ("gallande", "makulerat"), required=True),
        "patient_id": f.text("Nyckelpseudonym, samma som i intyg", required=True),
        "vardgivare_id": f.unit("Vårdgivarens HSA-id", required=True),
        "enhet_id": f.unit("Enheten som koordinerar", required=True),
        "datum": f.day("Dagen då det skedde", required=True),
        "handelse": f.code("Vad som skedde; annars härleds det ur koderna", HANDELSER),
        "kva_koder": f.open_code("KVÅ-koder, skilda med |. Flera på samma patient, dag och utförare är en händelse"),
        "reko_status": f.code("Status i Rehabstöd", REKO),
        "ben": f.code("Lagens tre delar", ("stod", "intern", "extern")),
        "aktor": f.code(
            "Extern part",
            (
                "arbetsgivare",
                "forsakringskassan",
                "arbetsformedlingen",
                "socialtjanst",
                "foretagshalsovard",
                "annan",
            ),
        ),
        "kontaktform": f.code("Kontaktform", ("besok", "telefon", "video", "brev", "mote", "utan_patient")),
        "utforare_id": f.text("Utförarens pseudonym, bara för att slå ihop dubbla koder"),
        "yrkesgrupp": f.words("Utförarens yrkesgrupp"),
    },
    checks=[f.some_of("handelse", "kva_koder", "reko_status")],
)
