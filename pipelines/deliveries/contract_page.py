"""The page that a data steward sends to the sender: made from the contracts, so it cannot say anything else."""

import pandera.pandas as pa

from pipelines.deliveries.control import TIME
from schemas.extracts import EXTRACTS, OPTIONAL, vardenhetslista

INTRO = """# Vad en region levererar till Sjukvy

Den här sidan är gjord ur de kontrakt som leveranserna prövas mot (`sjukvy docs`). Ändra den inte för hand.

Lämna en mapp med en fil per extrakt. Filen heter som extraktet, till exempel `intyg.csv` eller `intyg_2026-10.csv`.

- **CSV** med semikolon, komma eller tabb; UTF-8 (med eller utan BOM), UTF-16 eller cp1252; rubrikrad med kolumnnamnen
  nedan, radslut efter sista raden. **XLSX** (bladet med rubrikerna, titelrader ovanför går bra) och **Parquet**. Alla får
  vara packade med gzip (`intyg.csv.gz`).
- En period får delas på flera filer: `intyg_2026-09.csv` och `intyg_2026-10.csv`, eller en mapp `intyg/` med delarna i.
- Datum skrivs `ÅÅÅÅ-MM-DD`, månader `ÅÅÅÅ-MM` och tidpunkter enligt ISO 8601. `ÅÅÅÅMMDD` och Excels dagnummer förstås
  också, liksom decimalkomma. Dag före månad gissas aldrig. Tom cell betyder att uppgift saknas.
- Heter kolumnerna något annat hos er: skicka en provfil. Mottagaren kör `sjukvy inspect FIL`, som föreslår en fil med era
  rubriker och koder.
- Allt är **pseudonymiserat**: samma patient har samma pseudonym inom vårdgivaren, i alla extrakt. **Inga personnummer,
  samordningsnummer, reservnummer, födelsedatum, namn, e-postadresser, telefonnummer, adresser, läkare eller fritext.**
  Ett sådant någonstans i en fil stoppar hela filen; vi talar om vilken kolumn och vilka rader, aldrig vad där stod.
  Kolumner utanför kontraktet avvisas.
"""

MANIFEST_PART = """
## leverans.toml (rekommenderas)

Filen säger vad leveransen är, så att en avkortad eller förväxlad fil upptäcks.

```toml
avsandare = "region-exempel"
skapad = "2026-11-05"
typ = "tillagg"            # fullstandig = hela perioden på nytt; det som saknas dras in
period_fran = "2026-10-01"
period_till = "2026-10-31"

[filer.intyg]
fil = "intyg.csv"
rader = 1234
sha256 = "64 hexadecimala tecken"

[filer.intyg.kontroll]     # frivilligt: rader per enhet och månad
"SE0000000001-1001|2026-10" = 310
```

Är extraktet delat på flera filer har varje fil ett eget avsnitt, till exempel `[filer.intyg_2026-10]`.

`skapad` är när uppgifterna togs ut. Av två leveranser rättar den senast skapade den andra, i vilken ordning de än kommer fram:
ange tid också (`2026-11-05T08:30:00`) om ni lämnar flera samma dag.

Avviker en månad i en fullständig leverans mer än en fjärdedel från er förra fullständiga leverans publiceras inget förrän
någon har godkänt det. För varje fil kan mottagaren skicka ett kvitto (`sjukvy kvitto NUMMER`): antal mottagna rader =
inlästa + redan inlästa + i karantän, med regel och radnummer för det som är fel.

Utan `leverans.toml` räknas leveransen som tillägg, och den märks "utan kontrollsummor". En fullständig leverans som skulle
dra in mer än fem procent av en enhets rader stannar tills någon har godkänt den.
"""

UNIT_LIST_PART = """
- Rubriker som känns igen: {headers}.
- Sådant som listan inte säger måste någon säga; ingenting gissas. **Månaden** anges varje gång, **regionens namn** och
  **vårdgivaren** då eller en gång för alla som `list_region` och `list_provider` i `config/region.toml`:
  `sjukvy load FIL --manad 2026-10 --region "Region Exempel" --vardgivare SE0000000001-0001`. Enheterna läses in som
  vårdcentraler om inte `list_unit_type` i samma fil säger annat.
- Regionens eget enhetsregister (`enheter`) går alltid före listan, vilken dag dess rader än gäller från.
- Enheter och antal har var sin räkning av rader. Dubbletter och id i fel form hamnar i karantän i båda; negativa tal och
  tal i ord (Tretton) i `listade`, medan enheten läses in; en rad med bara id hamnar i karantän i `enheter`.
- Den gamla filtypen `.xls` läses inte: spara om den som `.xlsx`.
"""

PUBLISHED_PART = """
## Riket och länet: Försäkringskassans statistik (frivilligt)

Den som sköter Sjukvy kan hämta filer hos Försäkringskassan och läsa in dem som de är, med `sjukvy load FIL`. De känns igen
på rubrikraden, visas för sig med Försäkringskassans definition och källa, och räknas aldrig ihop med regionens tal.

- Statistikdatabasens XLSX eller CSV: år, månad, län, kön och ett av måtten sjukpenningtal, ohälsotal och andel pågående
  sjukfall per diagnoskapitel, även med titelrader ovanför rubriken. Riket och län läses in; rader om kommuner hamnar i
  karantän.
- Öppna data om pågående sjukfall per kvartal, kön och diagnoskapitel. `..` och `-` behålls som tecken och blir aldrig 0. En
  rad där antalet inte är summan av kvinnor och män hamnar i karantän.
- En nyare fil rättar äldre tal. Skriv länets namn som `county` i `config/region.toml`, till exempel
  `county = "Dalarnas län"`, så visas bara det länet bredvid riket.
"""

FAULTS: tuple[tuple[str, str], ...] = (
    (
        "filen kan inte läsas, är tom eller avkortad; obligatorisk kolumn saknas; kolumn utanför kontraktet; personnummer; "
        "fel kontrollsummor",
        "**hela leveransen avvisas**: ingenting läses in, och senaste statistiken visas som förut",
    ),
    (
        "omöjligt datum, okänd kod i ett obligatoriskt fält, värde saknas i ett obligatoriskt fält, tom före fran, samma "
        "nyckel flera gånger",
        "**raden hamnar i karantän** med skäl; resten läses in",
    ),
    (
        "okänd enhet, okänd eller saknad diagnos, kön okänt",
        "läses in och räknas som okänt; syns på Datakvalitet",
    ),
    (
        "fran före 2010-01-01, tom mer än fem år fram, grad utanför 25, 50, 75 och 100",
        "perioden utelämnas enligt den nationella regeln och räknas som utelämnad",
    ),
)
FAULTS_HEAD = """
## Vad som händer vid fel

| Fel | Vad som händer |
|---|---|"""
FAULTS_FOOT = """
För varje fil gäller: mottagna rader = inlästa + dubbletter + karantän.
"""


def contract_page() -> str:
    """The whole page as Markdown."""
    faults = "\n".join([FAULTS_HEAD, *(f"| {fault} | {answer} |" for fault, answer in FAULTS), FAULTS_FOOT])
    extracts = (_extract(schema, _demanded(schema)) for schema in EXTRACTS.values())
    parts = [INTRO, *extracts, _unit_list(), PUBLISHED_PART, MANIFEST_PART, faults]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _demanded(schema: pa.DataFrameSchema) -> str:
    return "frivilligt" if schema.name in OPTIONAL else "obligatoriskt"


def _unit_list() -> str:
    schema = vardenhetslista.schema
    spellings = [" · ".join(f"`{name}`" for name in spelling) for spelling in schema.metadata["headers"]]
    said = UNIT_LIST_PART.format(headers=" eller ".join(spellings))
    return f"{_extract(schema, 'i stället för enheter och listade')}\n{said}"


def _extract(schema: pa.DataFrameSchema, kind: str) -> str:
    lines = [f"## {schema.name}: {schema.title} ({kind})", "", schema.description, ""]
    lines += ["| kolumn | krav | form | förklaring |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {_demand(column)} | {_escaped(column.metadata['form'])} | {_escaped(column.description)} |"
        for name, column in schema.columns.items()
    ]
    rules = [f"- Regel över raden: {check.error}." for check in schema.checks]
    if schema.name in TIME:
        rules.append(f"- Raden hör till månaden i `{TIME[schema.name]}`.")
    return "\n".join([*lines, "", *rules]) if rules else "\n".join(lines)


def _demand(column: pa.Column) -> str:
    words = [word for word, holds in (("obligatorisk", column.required), ("nyckel", column.metadata["key"])) if holds]
    return ", ".join(words)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
