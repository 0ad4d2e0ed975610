from schemas.measure import Better, Part, Selection
from schemas.phrases import NO_EFFECT, NOT_NEED

measure = Selection(
    id="kaskad",
    order=62,
    name="Från målgrupp till uppföljning",
    short="Koordineringens steg",
    question="Hur långt kommer koordineringen?",
    definition="Sjukfall i målgruppen efter hur långt de kommit under sjukfallet, senast 90 dagar från den dag då de kom in i "
    "målgruppen. Ett senare steg innehåller alla tidigare: den som fått insats räknas som erbjuden och som att ha "
    "samtyckt, och plan och uppföljning räknas bland dem som fått insats.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Händelser hos vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Koordinering ges efter behov och med samtycke: 100 procent är inte målet i något steg.",
        NOT_NEED,
        "Den som tackat nej räknas som erbjuden. Saknas registrering går det inte att skilja från att inget hänt.",
        NO_EFFECT,
    ),
    reading=(
        "Varje stapel är andelen av målgruppen som kommit minst så långt.",
        "Skillnaden mellan två staplar är de som inte kom vidare till nästa steg.",
    ),
    sources=("intyg", "enheter", "koordinering"),
    better=Better.NEITHER,
    base="mart.malgrupp",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    whole="malgrupp",
    needs=("har_nittio_dagar",),
    rate_unit="procent av målgruppen",
    parts=(
        Part(
            id="erbjuden",
            label="Erbjuden",
            definition="Erbjudande, samtycke, insats eller att patienten tackat nej är registrerat under sjukfallet, senast "
            "90 dagar från den dag då det kom in i målgruppen.",
            where="least(erbjuden, samtycke, insats) <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="samtycke",
            label="Samtycke",
            definition="Samtycke eller insats är registrerat under sjukfallet, senast 90 dagar från den dag då det kom in i "
            "målgruppen.",
            where="least(samtycke, insats) <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="insats",
            label="Insats",
            definition="Minst en koordineringsinsats (KVÅ GC001 eller status Aktiv, Uppföljning eller Avslutad i Rehabstöd) "
            "är registrerad under sjukfallet, senast 90 dagar från den dag då det kom in i målgruppen.",
            where="insats <= 90",
            within=(),
            rest_of=None,
            breakdowns=("diagnos5",),
        ),
        Part(
            id="plan",
            label="Plan",
            definition="Både insats och plan (KVÅ DV077 eller gemensam handlingsplan) är registrerade under sjukfallet, "
            "senast 90 dagar från den dag då det kom in i målgruppen.",
            where="insats <= 90 AND plan <= 90",
            within=("planering.plan_90",),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="uppfoljning",
            label="Uppföljning",
            definition="Insats, plan och uppföljning (följd plan eller bokad uppföljning) är registrerade under sjukfallet, "
            "senast 90 dagar från den dag då det kom in i målgruppen.",
            where="insats <= 90 AND plan <= 90 AND uppfoljning <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
    ),
    nested=True,
    headline="insats",
    note="Ett senare steg ingår i alla tidigare. 100 procent är inte målet.",
)
