"""What the measures of a landmark share; they differ in which end of a sjukfall they are about."""

from schemas.measure import Better, Cause, Landmark

LANDMARK_DAYS = (30, 60, 90)  # the days that core.landmark_dag holds
DESCRIPTION = "Beskrivning, inte effekt"
INDICATION = (
    "Insats ges efter behov: de som får en är ofta de som väntas vara sjukskrivna länge. Den skillnaden finns kvar också "
    "efter justeringen, så siffrorna säger inte vad en insats gör."
)


def landmark(
    *,
    id: str,
    order: int,
    short: str,
    ended: str,
    certain: str,
    sources: tuple[str, ...],
    base: str,
    requires: frozenset[str],
    unless: frozenset[str],
    event: Cause,
    competing: tuple[Cause, ...],
    phrase: str,
) -> Landmark:
    """`ended` says what the curves count, `certain` what must be said of it."""
    return Landmark(
        id=id,
        order=order,
        name=f"{short}: beskrivning, inte effekt",
        short=short,
        question="Hur går det för dem som har fått insats, och för dem som inte har fått det än?",
        definition=f"Bland sjukfall som pågår efter dag 30, 60 eller 90: andelen {ended}, dag för dag räknat från den dagen, "
        "för dem som hade fått en första koordineringsinsats senast den dagen och för dem som inte hade fått det än "
        "(kumulativ incidens). Båda är standardiserade till samma åldrar och diagnosgrupper, inom vart kön. Den som får "
        "insats senare räknas till inte ännu. Insats är KVÅ GC001 eller status Aktiv, Uppföljning eller Avslutad i "
        "Rehabstöd.",
        population="Sjukfall som startat under tolv månader och pågår efter dag 30, 60 eller 90, patienter 18–67 år",
        unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Insats av vilken enhet som helst hos samma "
        "vårdgivare räknas.",
        limits=(
            INDICATION,
            "Justerat för ålder, kön och diagnosgrupp. Arbete, svårighetsgrad, tidigare sjukskrivning och vad patienten "
            "själv vill är inte med.",
            "De som har haft insats jämförs aldrig med dem som aldrig fick: ett sjukfall måste vara länge för att hinna få "
            "en insats, så en sådan jämförelse är missvisande även när insatsen inte gör någon skillnad.",
            "Måttet beror på att insatser registreras med KVÅ eller i Rehabstöd.",
            certain,
        ),
        reading=(
            f"Kurvorna visar andelen {ended}, räknat från dagen i rubriken: heldragen för insats senast den dagen, streckad "
            "för inte ännu.",
            "Banden är osäkerheten för var kurva. Att kurvorna skiljer sig säger inte att insatsen är orsaken.",
        ),
        sources=sources,
        better=Better.NEITHER,
        base=base,
        requires=requires,
        unless=unless,
        featured=False,
        event=event,
        competing=competing,
        landmarks=LANDMARK_DAYS,
        first=60,
        horizons=(30, 60, 90, 180),
        headline=90,
        phrase=phrase,
        cohort="startade",
        needs=(),
        adjusted=("aldersgrupp", "diagnos5"),
    )
