"""Series that others publish about sick leave, as they define them. Never a measure of ours: pure declarations.

Definitions: forsakringskassan.se, "Statistik om ohälsomått" and "Skillnaden Sjukpenningtalet 1.0/2.0"; SRS/MiDAS at
rattsjukskrivning.se for what a case is.
"""

from dataclasses import dataclass

RIKET = "Riket"


@dataclass(frozen=True, kw_only=True)
class Series:
    """`periodtyp` says what a period is: `manad` = the month's last day, `r12` = the twelve months that end with it.
    `beside` names the measures of ours that it is shown beside."""

    id: str
    name: str
    unit: str
    decimals: int
    periodtyp: str
    definition: str
    beside: tuple[str, ...]


CASE = (
    "Ett sjukfall är betald ersättning: sjukpenning, rehabiliteringspenning eller arbetsskadesjukpenning. Anställda kommer "
    "i regel med från dag 15. Räknas där personen bor, i alla åldrar."
)
INSURED = "anställda och arbetssökande 15–69 år"

SERIES: dict[str, Series] = {
    series.id: series
    for series in (
        Series(
            id="pagaende",
            name="Antal pågående sjukfall",
            unit="sjukfall",
            decimals=0,
            periodtyp="manad",
            definition=f"Sjukfall som pågår månadens sista dag. {CASE}",
            beside=("pagaende",),
        ),
        Series(
            id="pagaende_per_1000",
            name="Pågående sjukfall per 1\u00a0000 försäkrade",
            unit=f"per 1\u00a0000 {INSURED}",
            decimals=0,
            periodtyp="r12",
            definition=f"Medeltal av tolv månaders pågående sjukfall, delat med antalet {INSURED}. {CASE}",
            beside=("pagaende",),
        ),
        Series(
            id="pagaende_andel",
            name="Andel av pågående sjukfall, procent",
            unit="procent",
            decimals=1,
            periodtyp="manad",
            definition="Diagnoskapitlets andel av alla sjukfall som pågår månadens sista dag, för varje kön för sig. "
            f"{CASE}",
            beside=("pagaende",),
        ),
        Series(
            id="startade",
            name="Antal startade sjukfall",
            unit="sjukfall",
            decimals=0,
            periodtyp="r12",
            definition=f"Sjukfall som startat under tolv månader. {CASE}",
            beside=("startade",),
        ),
        Series(
            id="startade_per_1000",
            name="Startade sjukfall per 1\u00a0000 försäkrade",
            unit=f"per 1\u00a0000 {INSURED}",
            decimals=0,
            periodtyp="r12",
            definition=f"Sjukfall som startat under tolv månader, delat med antalet {INSURED}. {CASE}",
            beside=("startade",),
        ),
        Series(
            id="startade_andel",
            name="Andel av startade sjukfall, procent",
            unit="procent",
            decimals=1,
            periodtyp="r12",
            definition=f"Diagnoskapitlets andel av alla sjukfall som startat under tolv månader. {CASE}",
            beside=("startade",),
        ),
        Series(
            id="sjukpenningtal_1",
            name="Sjukpenningtal 1.0, nettodagar",
            unit="nettodagar per person 16–64 år",
            decimals=1,
            periodtyp="r12",
            definition="Dagar med sjukpenning och rehabiliteringspenning under tolv månader, delvisa dagar omräknade till "
            "hela, delat med befolkningen 16–64 år.",
            beside=("pagaende",),
        ),
        Series(
            id="sjukpenningtal_2",
            name="Sjukpenningtal 2.0, nettodagar",
            unit=f"nettodagar per person bland {INSURED}",
            decimals=1,
            periodtyp="r12",
            definition="Dagar med sjukpenning och rehabiliteringspenning under tolv månader, delvisa dagar omräknade till "
            f"hela, delat med antalet {INSURED}.",
            beside=("pagaende",),
        ),
        Series(
            id="ohalsotal",
            name="Ohälsotal, nettodagar",
            unit="nettodagar per försäkrad 16–64 år",
            decimals=1,
            periodtyp="r12",
            definition="Dagar med sjukpenning, rehabiliteringspenning, sjukersättning och aktivitetsersättning under tolv "
            "månader, delvisa dagar omräknade till hela, delat med antalet försäkrade 16–64 år.",
            beside=("pagaende",),
        ),
    )
}
