from schemas.measure import Better, Counted, Share, Time
from schemas.phrases import CHANCE_BAND, NOT_NEED, OVERLAPPING

measure = Share(
    id="malgrupp_unga",
    order=67,
    name="Patienter under 30 år i målgruppen",
    short="Under 30 år",
    question="Hur stor del av målgruppen är under 30 år?",
    definition="Sjukfall i målgruppen där patienten var yngre än 30 år när sjukfallet började.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        NOT_NEED,
        "Skillnaden mellan kvinnor och män är inte justerad för diagnos.",
    ),
    reading=(
        OVERLAPPING,
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.malgrupp",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    where="alder < 30",
    time=Time.FLOW,
    counted=Counted.CASES,
    periods=("r12",),
    history_days=0,
    needs=("har_nittio_dagar",),
    per=100,
    rate_unit="procent av målgruppen",
    within=("malgrupp",),
    breakdowns=(),
)
