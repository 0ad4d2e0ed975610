"""Measures that differ in a number of days alone."""

from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED

REACHED_DAYS = (91, 181)  # the certified days that core.nadd_dag holds


def longer_than(days: int, *, order: int, within: str, history_days: int, featured: bool = False) -> Count:
    """Ongoing cases with more than so many certified days; `within` is the next shorter measure."""
    return Count(
        id=f"langa_{days}",
        order=order,
        name=f"Pågående sjukfall över {days} dagar",
        short=f"Sjukfall över {days} dagar",
        question=f"Hur många sjukfall har pågått i mer än {days} dagar?",
        definition=f"Pågående sjukfall som månadens sista dag har mer än {days} sjukskrivna dagar. Dagar mellan intyg räknas "
        "inte, och tidigare intyg hos samma vårdgivare räknas med.",
        population="Patienter 18–67 år",
        unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
        limits=(
            LISTED_ELSEWHERE,
            "Många långa sjukfall kan bero på många nya sjukfall, på långa sjukskrivningar eller på bådadera.",
            NOT_ADJUSTED,
        ),
        reading=(
            f"Varje punkt är antalet sjukfall över {days} dagar den sista dagen i en månad, i förhållande till antalet "
            "listade.",
            CHANCE_BAND,
        ),
        sources=("intyg", "enheter", "listade"),
        better=Better.NEITHER,
        base="mart.pagaende",
        requires=frozenset({"intyg"}),
        unless=frozenset(),
        featured=featured,
        where=f"langd_dagar > {days}",
        time=Time.STOCK,
        counted=Counted.CASES,
        periods=("manad",),
        history_days=history_days,
        needs=(),
        per=1000,
        rate_unit="per 1 000 listade",
        within=(within,),
        breakdowns=(),
    )


def reaching(day: int, *, order: int, history_days: int) -> Count:
    """Cases whose certified day number `day`, one of REACHED_DAYS, lies in the period."""
    return Count(
        id=f"dag_{day}",
        order=order,
        name=f"Sjukfall som når dag {day}",
        short=f"Når dag {day}",
        question=f"Hur många sjukfall når dag {day}, och i vilka diagnoser?",
        definition=f"Sjukfall vars {day}:a sjukskrivna dag ligger i perioden. Diagnosen är den i det senast påbörjade intyget "
        "som täcker dagen.",
        population="Patienter 18–67 år",
        unit_rule="Sjukfallet räknas hos enheten som utfärdat det intyg som gäller den dagen.",
        limits=(
            LISTED_ELSEWHERE,
            "Dagar mellan intyg räknas inte, och tidigare intyg hos samma vårdgivare räknas med.",
            "Intyg räknas när de är utfärdade: en dag kan nås i intyget utan att patienten är sjukskriven då.",
            NOT_ADJUSTED,
        ),
        reading=(
            f"Varje punkt är sjukfallen som nådde dag {day} under tolv månader; punkterna överlappar varandra.",
            CHANCE_BAND,
        ),
        sources=("intyg", "enheter", "listade"),
        better=Better.NEITHER,
        base="mart.dag_nadd",
        requires=frozenset({"intyg"}),
        unless=frozenset(),
        featured=False,
        where=f"dag = {day}",
        time=Time.FLOW,
        counted=Counted.CASES,
        periods=("r12",),
        history_days=history_days,
        needs=("har_floden",),
        per=1000,
        rate_unit="per 1 000 listade",
        within=(),
        breakdowns=("diagnosgrupp", "kapitel"),
    )
