"""The reports of the national systems and the orders made by hand, and which of our diagrams answers each.

Numbers are those of Intygsstatistik's menu; orders have none. A diagram is <measure>, <measure>-<breakdown>,
<measure>-<period> or <measure>-enheter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Report:
    """`differs` says what is counted otherwise here, or why there is no such report."""

    number: str
    name: str
    diagrams: tuple[str, ...]
    differs: str


ONCE = "Sjukfallet räknas en gång, hos enheten och i gruppen i det senaste intyget, så delar kan läggas ihop."
NO_DOCTORS = "Uppgifter om läkare levereras inte och visas aldrig."
NOT_FINER = "Kategori och kod visas inte: de är tusentals, och de flesta är under fem per kön även i en hel region."
NO_COUNTY = "Regionen är ett län: jämför med riket och länet på måttets sida."

REPORTS = (
    Report(
        number="1",
        name="Översikt",
        diagrams=("under_manaden", "under_manaden-diagnosgrupp", "under_manaden-alder_nationell",
                  "under_manaden-grad_nationell", "under_manaden-langd", "under_manaden-lang"),
        differs="Kvartal i stället för tre valfria månader; samma kvartal året före står i tabellen.",
    ),
    Report(
        number="2", name="Sjukfall, totalt", diagrams=("under_manaden", "under_manaden-manad", "under_manaden-r12"),
        differs="Månader visas för kvinnor och män tillsammans, kvartal och tolv månader för var och en.",
    ),
    Report(number="3", name="Vårdenhet", diagrams=("under_manaden-enheter",), differs=ONCE),
    Report(
        number="4", name="Vårdenhet, listningar", diagrams=("under_manaden-enheter",),
        differs="Per kön, med intervall, och med medelantalet listade 18–67 år.",
    ),
    Report(number="5", name="Diagnosgrupp", diagrams=("under_manaden-diagnosgrupp",), differs=ONCE),
    Report(
        number="6", name="Enskilt diagnoskapitel", diagrams=("under_manaden-kapitel", "under_manaden-avsnitt"),
        differs=f"Kapitel för område och region; avsnitt för regionen, tolv månader, ett kapitel i taget. {NOT_FINER}",
    ),
    Report(
        number="7", name="Jämför valfria diagnoser",
        diagrams=("under_manaden-diagnos5", "under_manaden-diagnosgrupp", "under_manaden-kapitel",
                  "under_manaden-avsnitt"),
        differs="Grupper, kapitel och ett kapitels avsnitt bredvid varandra; inga egna urval, för skillnaden mellan två "
        f"urval kan vara en person. {NOT_FINER}",
    ),
    Report(
        number="8", name="Åldersgrupp", diagrams=("under_manaden-alder_nationell",),
        differs="Patienter 18–67 år: den yngsta gruppen är 18–20 år och den äldsta 66–67.",
    ),
    Report(number="9", name="Sjukskrivningsgrad", diagrams=("under_manaden-grad_nationell",), differs=ONCE),
    Report(number="10", name="Sjukskrivningslängd", diagrams=("under_manaden-langd",), differs=""),
    Report(number="11", name="Mer än 90 dagar", diagrams=("under_manaden-lang", "langa_90"), differs=""),
    Report(number="12–14", name="Läkare, läkarålder och -kön, befattning", diagrams=(), differs=NO_DOCTORS),
    Report(number="15", name="Intyg per sjukfall", diagrams=("under_manaden-intyg",), differs=""),
    Report(number="16–17", name="Län och könsfördelning per län", diagrams=(), differs=NO_COUNTY),
    Report(number="18", name="Intyg, totalt", diagrams=("intyg", "intyg-manad", "intyg-intygstyp"), differs=""),
    Report(
        number="19", name="Meddelanden, totalt", diagrams=("meddelanden", "meddelanden-manad", "meddelanden-amne"),
        differs="Bara meddelanden om intyg som har levererats.",
    ),
    Report(number="20", name="Meddelanden, vårdenhet", diagrams=("meddelanden-enheter",), differs=""),
    Report(number="21", name="Meddelanden, läkare", diagrams=(), differs=NO_DOCTORS),
    Report(
        number="22", name="Komplettering, andel intyg", diagrams=("kompletterade",),
        differs="Nämnaren är alla läkarintyg för sjukpenning: vilka som skickats till Försäkringskassan levereras inte.",
    ),
    Report(number="23", name="Komplettering, per fråga", diagrams=("meddelanden-fraga",), differs="Område och region."),
    Report(
        number="", name="Nya och avslutade sjukfall per månad",
        diagrams=("startade-manad", "startade", "avslutade-manad", "avslutade"), differs="",
    ),
    Report(
        number="", name="Pågående en vald dag i månaden, efter grad och längd",
        diagrams=("pagaende_dag", "pagaende_dag-grad_nationell", "pagaende_dag-langd_dag"), differs="",
    ),
    Report(number="", name="Unika personer", diagrams=("unika_personer",), differs=""),
    Report(
        number="", name="Medelålder i nya och pågående sjukfall", diagrams=("alder_startade", "alder_pagaende"),
        differs="Åldern är den på intygets sista dag: födelsedatum levereras inte.",
    ),
    Report(
        number="", name="Avslutade sjukfalls längd: medelvärde, median, kvartiler och grupper",
        diagrams=("langd_avslutade", "langd_avslutade-fordelning", "avslutade-langd_ar"), differs="",
    ),
    Report(
        number="", name="Vanligaste diagnoser dag 91 och dag 181",
        diagrams=("dag_91-diagnosgrupp", "dag_91-kapitel", "dag_181-diagnosgrupp", "dag_181-kapitel"),
        differs="Grupper och kapitel, och alla som når dagen i perioden i stället för dem som avslutats under ett år.",
    ),
    Report(number="", name="Pågående sjukfall över 28 dagar", diagrams=("langa_28",), differs=""),
)  # fmt: skip
