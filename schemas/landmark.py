"""The landmark: those still on sick leave on a day, with an insats by then beside those without one yet."""

from dataclasses import dataclass
from typing import Any

from schemas.measure_base import Better, Cause, Measure

LANDMARK_DAYS = (30, 60, 90)  # the days that core.landmark_dag holds
ANY_LANDMARK = f"dag {', '.join(map(str, LANDMARK_DAYS[:-1]))} eller {LANDMARK_DAYS[-1]}"
DESCRIPTION = "Beskrivning, inte effekt"
DEFINITION = (
    f"Bland sjukfall som pågår efter {ANY_LANDMARK}: andelen {{ended}}, dag för dag räknat från den dagen, för dem som hade "
    "fått en första koordineringsinsats senast den dagen och för dem som inte hade fått det än (kumulativ incidens). Båda är "
    "standardiserade till samma åldrar och diagnosgrupper, inom vart kön. Den som får insats senare räknas till inte ännu. "
    "Insats är KVÅ GC001 eller status Aktiv, Uppföljning eller Avslutad i Rehabstöd."
)
LIMITS = (
    "Insats ges efter behov: de som får en är ofta de som väntas vara sjukskrivna länge. Den skillnaden finns kvar också efter "
    "justeringen, så siffrorna säger inte vad en insats gör.",
    "Justerat för ålder, kön och diagnosgrupp. Små grupper är sammanslagna, så på en liten enhet jämnas mindre ut. Arbete, "
    "svårighetsgrad, tidigare sjukskrivning och vad patienten själv vill är inte med.",
    "De som har haft insats jämförs aldrig med dem som aldrig fick: ett sjukfall måste vara länge för att hinna få en insats, "
    "så en sådan jämförelse är missvisande även när insatsen inte gör någon skillnad.",
    "Måttet beror på att insatser registreras med KVÅ eller i Rehabstöd.",
)
READING = (
    "Kurvorna visar andelen {ended}, räknat från dagen i rubriken: heldragen för insats senast den dagen, streckad för inte "
    "ännu.",
    "Banden är osäkerheten för var kurva. Att kurvorna skiljer sig säger inte att insatsen är orsaken.",
)


@dataclass(frozen=True, kw_only=True)
class Landmark(Measure):
    """How the cases still open after a landmark go on, in two arms (schemas.dimensions.ARM): those with an insats by that
    day, and those without one yet. `landmarks` are days of the case and `first` the one shown first; `horizons` are days
    after the landmark, of which `headline` is the one in words, that `phrase` ends a sentence with. The shares of both
    arms are standardised for the columns `adjusted`, within each sex. `cohort` and `needs` as for curves.

    A case must last to be coordinated, so arms exist at a landmark only: there are none of ever and never."""

    event: Cause
    competing: tuple[Cause, ...]
    landmarks: tuple[int, ...]
    first: int
    horizons: tuple[int, ...]
    headline: int
    phrase: str
    cohort: str
    needs: tuple[str, ...]
    adjusted: tuple[str, ...]

    @property
    def causes(self) -> tuple[Cause, ...]:
        return (self.event, *self.competing)

    @property
    def own_unit(self) -> bool:
        """Events are told by whichever unit: what ends a case is nobody's own."""
        return False


def landmark(*, short: str, ended: str, certain: str, **own: Any) -> Landmark:
    """A landmark measure; they differ in which end of a sjukfall they are about. `ended` says what the curves count,
    `certain` what must be said of it."""
    return Landmark(
        name=f"{short}: {DESCRIPTION.lower()}",
        short=short,
        question="Hur går det för dem som har fått insats, och för dem som inte har fått det än?",
        definition=DEFINITION.format(ended=ended),
        population=f"Sjukfall som startat under tolv månader och pågår efter {ANY_LANDMARK}, patienter 18–67 år",
        unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Insats av vilken enhet som helst hos samma "
        "vårdgivare räknas.",
        limits=(*LIMITS, certain),
        reading=(READING[0].format(ended=ended), READING[1]),
        better=Better.NEITHER,
        featured=False,
        landmarks=LANDMARK_DAYS,
        first=30,
        horizons=(30, 60, 90, 180),
        headline=90,
        cohort="startade",
        needs=(),
        adjusted=("aldersgrupp", "diagnosgrupp", "diagnos5"),
        **own,
    )
