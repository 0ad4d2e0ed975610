"""mal (optional): targets and re-baselining, decided by people, one row per decision."""

from schemas.extracts import fields as f

schema = f.extract(
    "mal",
    row="en rad per beslutat mål eller ombasering",
    text="Frivilligt. Mål räknas aldrig fram ur data: någon beslutar dem. De visas för mått som följs kvartal för kvartal, "
    "inte för kurvor och andra tolvmånadersmått: där överlappar perioderna, så att det inte går att säga om målet nås "
    "stabilt.",
    columns={
        "niva": f.code("Nivå", ("region", "omrade", "enhet"), required=True, key=True),
        "id": f.title("Regionens, områdets eller enhetens id", required=True, key=True),
        "matt": f.text("Måttets id", required=True, key=True),
        "giltig_fran": f.day("Gäller från och med", required=True, key=True),
        "typ": f.code("Slag", ("mal", "ombasering"), required=True, key=True),
        "riktning": f.code("Önskad riktning", ("hogre", "lagre")),
        "varde": f.decimal("Målets nivå", -1_000_000, 1_000_000),
        "beslutad_av": f.words("Roll eller organ som beslutade", required=True),
        "kalla": f.words("Protokoll eller annan källa", required=True),
    },
    checks=[],
)
