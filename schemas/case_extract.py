"""What an analyst's extract of sjukfall holds: what a case could be recognised by, how coarse each may become, and the
values that are kept. Column names are those of the table mart.utdrag."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Quasi:
    """A quasi-identifier: something about a person that others may know. `levels` are columns from fine to coarse."""

    column: str
    levels: tuple[str, ...]


QUASI = (
    Quasi(column="kon", levels=("kon",)),
    Quasi(column="aldersgrupp", levels=("aldersgrupp", "alder20", "alla")),
    Quasi(column="diagnosgrupp", levels=("diagnosgrupp", "diagnos5", "alla")),
    Quasi(column="enhet", levels=("enhet_id", "omrade_id", "region_id")),
    Quasi(column="start", levels=("manad", "kvartal", "ar")),
)

# One column becomes one level coarser at each step: what an analysis misses least goes first.
ORDER = ("diagnosgrupp", "aldersgrupp", "start", "enhet", "start", "enhet", "aldersgrupp", "diagnosgrupp")

VALUES = {
    "langd_dagar": "olika intygade dagar i sjukfallet",
    "antal_intyg": "antal intyg i sjukfallet",
    "forsta_grad": "grad i procent i det första intyget",
    "foljd_dagar": "dagar från första dagen till slutet, eller till den sista dag då sjukfallet kunde följas",
    "slut": "registrerat utfall; okand = inget registrerat, pagar = inte slut så långt det följts",
    "insats_dag": "dag i sjukfallet för första koordineringsinsatsen; tomt = ingen så långt det följts",
    "insats_egen": "om den insatsen gavs av enheten som utfärdat det första intyget",
}
OUTCOME = "slut"  # the value that nobody should be able to infer from a class alone
