from schemas.measure import Better, Part, Selection
from schemas.phrases import UNREGISTERED

measure = Selection(
    id="erbjudande",
    order=65,
    name="Tackat nej och inte erbjudna",
    short="Tackat nej och inte erbjudna",
    question="Vilka tackar nej, och vilka erbjuds inte?",
    definition="Andel av målgruppen som tackat nej till koordinering, och andel utan registrerat erbjudande, inom 90 "
    "dagar från den dag då sjukfallet kom in i målgruppen. De två hålls isär: den som tackat nej har erbjudits.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Händelser hos vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Den som inte erbjudits har inte nödvändigtvis behov av koordinering.",
        UNREGISTERED,
        "Den som tackat nej kan ha fått insats vid ett annat tillfälle under sjukfallet.",
    ),
    reading=(
        "Varje par av staplar är en del av målgruppen. De två delarna har inga sjukfall gemensamt.",
        "De övriga i målgruppen har erbjudits koordinering och inte tackat nej.",
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
            id="avbojt",
            label="Tackat nej",
            definition="Att patienten tackat nej (händelsen avböjt eller status Avböjt i Rehabstöd) är registrerat under "
            "sjukfallet, senast 90 dagar från den dag då det kom in i målgruppen.",
            where="avbojt <= 90",
            within=("kaskad.erbjuden",),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="ej_erbjuden",
            label="Inte erbjudna",
            definition="Varken erbjudande, samtycke, insats eller att patienten tackat nej är registrerat under sjukfallet, "
            "senast 90 dagar från den dag då det kom in i målgruppen.",
            where="NOT coalesce(least(erbjuden, samtycke, insats) <= 90, false)",
            within=(),
            rest_of="kaskad.erbjuden",
            breakdowns=(),
        ),
    ),
    nested=False,
    headline="ej_erbjuden",
    note="Tackat nej och inte erbjudna är skilda grupper.",
)
