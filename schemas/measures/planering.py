from schemas.measure import Better, Part, Selection
from schemas.phrases import NOT_NEED, UNREGISTERED

measure = Selection(
    id="planering",
    order=64,
    name="Plan och bokad uppföljning",
    short="Planering",
    question="Har sjukfallen en plan?",
    definition="Andel av målgruppen med en plan inom 60 och 90 dagar, utan vidare planering, och med en bokad uppföljning, "
    "från den dag då sjukfallet kom in i målgruppen. En plan är KVÅ DV077 eller en gemensam handlingsplan, registrerad under "
    "sjukfallet; den härleds aldrig ur intyg.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Händelser hos vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Alla behöver ingen uttrycklig plan: i enkla fall räcker en anteckning i journalen, och den syns inte här.",
        NOT_NEED,
        UNREGISTERED,
        "Måttet säger inget om planens effekt.",
    ),
    reading=(
        "Varje par av staplar är en del av målgruppen. Den som har plan inom 60 dagar har det också inom 90.",
        "Utan vidare planering är resten av målgruppen: de som inte fått någon plan inom 90 dagar.",
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
            id="plan_60",
            label="Plan inom 60 dagar",
            definition="Plan (KVÅ DV077 eller gemensam handlingsplan) är registrerad under sjukfallet, senast 60 dagar från "
            "den dag då det kom in i målgruppen.",
            where="plan <= 60",
            within=("planering.plan_90",),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="plan_90",
            label="Plan inom 90 dagar",
            definition="Plan (KVÅ DV077 eller gemensam handlingsplan) är registrerad under sjukfallet, senast 90 dagar från "
            "den dag då det kom in i målgruppen.",
            where="plan <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
        Part(
            id="utan",
            label="Utan vidare planering",
            definition="Ingen plan (KVÅ DV077 eller gemensam handlingsplan) är registrerad under sjukfallet, senast 90 dagar "
            "från den dag då det kom in i målgruppen. Resten av målgruppen när de med plan är borträknade.",
            where="NOT coalesce(plan <= 90, false)",
            within=(),
            rest_of="planering.plan_90",
            breakdowns=(),
        ),
        Part(
            id="uppfoljning_bokad",
            label="Bokad uppföljning",
            definition="Bokad uppföljning är registrerad under sjukfallet, senast 90 dagar från den dag då det kom in i "
            "målgruppen.",
            where="uppfoljning_bokad <= 90",
            within=(),
            rest_of=None,
            breakdowns=(),
        ),
    ),
    nested=False,
    headline="plan_90",
    note="Utan vidare planering är målgruppen minus de som fått plan inom 90 dagar.",
)
