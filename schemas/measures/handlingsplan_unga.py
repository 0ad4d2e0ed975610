from schemas.measure import Better, Counted, Share, Time
from schemas.phrases import CHANCE_BAND, OVERLAPPING, UNREGISTERED

measure = Share(
    id="handlingsplan_unga",
    order=68,
    name="Gemensam handlingsplan för patienter under 30 år",
    short="Gemensam handlingsplan, under 30 år",
    question="Får de yngsta en gemensam handlingsplan?",
    definition="Andel av sjukfallen i målgruppen med en patient under 30 år där en gemensam handlingsplan har registrerats "
    "under sjukfallet, senast 90 dagar från den dag då det kom in i målgruppen.",
    population="Patienter 18–29 år i målgruppen: sjukfall som nått dag 30 och startat under tolv månader",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Händelser hos vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Målgruppen är inte detsamma som behov: 100 procent är inte målet.",
        UNREGISTERED,
        "Måttet säger inget om planens effekt.",
    ),
    reading=(
        OVERLAPPING,
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "koordinering"),
    better=Better.NEITHER,
    base="mart.malgrupp",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    where="alder < 30 AND gemensam_plan <= 90",
    time=Time.FLOW,
    counted=Counted.CASES,
    periods=("r12",),
    history_days=0,
    needs=("har_nittio_dagar",),
    per=100,
    rate_unit="procent av målgruppen under 30 år",
    within=("malgrupp_unga", "planering.plan_90"),
    breakdowns=(),
)
