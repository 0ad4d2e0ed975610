from schemas.measure import Better, Part, Selection
from schemas.phrases import NO_EFFECT, NOT_NEED, UNREGISTERED

measure = Selection(
    id="insatser",
    order=63,
    name="Vad stödet består av",
    short="Insatser",
    question="Vad består stödet av?",
    definition="Andel av målgruppen som fått varje slags stöd minst en gång under sjukfallet, senast 90 dagar från den dag då "
    "det kom in i målgruppen. Ett sjukfall räknas i alla slag det fått, men bara en gång i varje: flera koder för samma "
    "händelse, och flera händelser av samma slag, räknas som en.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Händelser hos vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Koordinering ges efter behov och med samtycke: 100 procent är inte målet för något slag.",
        NOT_NEED,
        UNREGISTERED,
        "Slagen utesluter inte varandra och kan inte läggas ihop.",
        NO_EFFECT,
    ),
    reading=(
        "Varje par av staplar är ett slags stöd, det vanligaste överst.",
        "Slagen går in i varandra: ett och samma sjukfall kan finnas i flera staplar.",
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
            id="stod",
            label="Personligt stöd",
            definition="Händelse med lagens ben personligt stöd (ben = stod) under sjukfallet, senast 90 dagar från den dag "
            "då det kom in i målgruppen. Erbjudande, samtycke och avböjande räknas inte.",
            where="ben_stod <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="intern",
            label="Intern samordning",
            definition="Händelse med lagens ben intern samordning (ben = intern) under sjukfallet, senast 90 dagar från den "
            "dag då det kom in i målgruppen. Erbjudande, samtycke och avböjande räknas inte.",
            where="ben_intern <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="extern",
            label="Samverkan med andra",
            definition="Händelse med lagens ben samverkan med andra aktörer (ben = extern) under sjukfallet, senast 90 dagar "
            "från den dag då det kom in i målgruppen. Erbjudande, samtycke och avböjande räknas inte.",
            where="ben_extern <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="arbetsgivare",
            label="Kontakt med arbetsgivare",
            definition="Händelse med arbetsgivaren som part, eller KVÅ ZV506, under sjukfallet, senast 90 dagar från den dag "
            "då det kom in i målgruppen.",
            where="arbetsgivare <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="forsakringskassan",
            label="Kontakt med Försäkringskassan",
            definition="Händelse med Försäkringskassan som part, eller KVÅ ZV503 eller XS013, under sjukfallet, senast 90 "
            "dagar från den dag då det kom in i målgruppen.",
            where="forsakringskassan <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="arbetsformedlingen",
            label="Kontakt med Arbetsförmedlingen",
            definition="Händelse med Arbetsförmedlingen som part, eller KVÅ ZV502, under sjukfallet, senast 90 dagar från "
            "den dag då det kom in i målgruppen.",
            where="arbetsformedlingen <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="socialtjanst",
            label="Kontakt med socialtjänsten",
            definition="Händelse med socialtjänsten som part, eller KVÅ ZV509, under sjukfallet, senast 90 dagar från den "
            "dag då det kom in i målgruppen.",
            where="socialtjanst <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="avstamningsmote",
            label="Avstämningsmöte",
            definition="Försäkringskassans avstämningsmöte (händelsen avstämningsmöte eller KVÅ XS013) under sjukfallet, "
            "senast 90 dagar från den dag då det kom in i målgruppen.",
            where="avstamningsmote <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="flerpart",
            label="Flerpartssamtal",
            definition="Flerpartssamtal som vården kallat till under sjukfallet, senast 90 dagar från den dag då det kom in "
            "i målgruppen. Försäkringskassans avstämningsmöte räknas för sig.",
            where="flerpart <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="fk_information",
            label="Information enligt 30 kap. SFB",
            definition="Information till Försäkringskassan om behov av rehabilitering enligt 30 kap. socialförsäkringsbalken "
            "under sjukfallet, senast 90 dagar från den dag då det kom in i målgruppen. Ges bara med samtycke.",
            where="fk_information <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="annan_enhet",
            label="Första insats från annat än vårdcentral",
            definition="Sjukfall med insats under sjukfallet, senast 90 dagar från den dag då det kom in i målgruppen, där "
            "den första gavs av en enhet som inte är en vårdcentral, till exempel psykiatri eller "
            "smärtrehabilitering.",
            where="insats <= 90 AND coalesce(insats_vardcentral > insats, true)",
            within=("kaskad.insats",),
            rest_of=None,
            breakdowns=(),
        ),
    ),
    nested=False,
    headline="stod",
    note="Slagen går in i varandra och kan inte läggas ihop. 100 procent är inte målet.",
)
