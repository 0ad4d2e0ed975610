from schemas.measure import Better, Cascade, Step

measure = Cascade(
    id="kaskad",
    order=62,
    name="Från målgrupp till uppföljning",
    short="Koordineringens steg",
    question="Hur långt kommer koordineringen?",
    definition="Sjukfall i målgruppen efter hur långt de kommit inom 90 dagar från den dag då de kom in i målgruppen. Ett "
    "senare steg innehåller alla tidigare: den som fått insats räknas som erbjuden och som att ha samtyckt, och plan "
    "och uppföljning räknas bland dem som fått insats.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Händelser hos vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Koordinering ges efter behov och med samtycke: 100 procent är inte målet i något steg.",
        "Målgruppen är inte detsamma som behov. Behovet bedöms av människor.",
        "Den som tackat nej räknas som erbjuden. Saknas registrering går det inte att skilja från att inget hänt.",
        "Måttet säger inget om insatsens effekt.",
    ),
    reading=(
        "Varje stapel är andelen av målgruppen som kommit minst så långt.",
        "Skillnaden mellan två staplar är de som inte kom vidare till nästa steg.",
    ),
    sources=("intyg", "enheter", "koordinering"),
    better=Better.NEITHER,
    base="mart.kaskad",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    steps=(
        Step(id="malgrupp", label="Målgrupp", reached="true"),
        Step(id="erbjuden", label="Erbjuden", reached="least(erbjuden, samtycke, insats) <= $horizon"),
        Step(id="samtycke", label="Samtycke", reached="least(samtycke, insats) <= $horizon"),
        Step(id="insats", label="Insats", reached="insats <= $horizon"),
        Step(id="plan", label="Plan", reached="insats <= $horizon AND plan <= $horizon"),
        Step(
            id="uppfoljning",
            label="Uppföljning",
            reached="insats <= $horizon AND plan <= $horizon AND uppfoljning <= $horizon",
        ),
    ),
    horizon=90,
    headline="insats",
)
