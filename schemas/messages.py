"""The groups of certificates and of Försäkringskassan's messages about them.

Topics and field numbers: sklintyg/refdata, the texts of LISJP (FK 7804) version 1.3.
"""

from schemas.dimension import Breakdown, Category
from schemas.national import BOTH, YEAR

INTYGSTYP = Breakdown(
    column="intygstyp",
    label="Intygstyp",
    categories=(
        Category(id="fk7804", label="Läkarintyg för sjukpenning (FK 7804, FK 7263)"),
        Category(id="ag", label="Intyg till arbetsgivaren (AG1-14, AG7804)"),
        Category(id="okand", label="Annan eller okänd intygstyp"),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=BOTH,
    harmless_zero=True,
)

AMNE = Breakdown(
    column="amne",
    label="Ämne",
    categories=(
        Category(id="AVSTMN", label="Avstämningsmöte"),
        Category(id="KOMPLT", label="Komplettering"),
        Category(id="KONTKT", label="Kontakt"),
        Category(id="PAMINN", label="Påminnelse"),
        Category(id="OVRIGT", label="Övrigt"),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=BOTH,
    harmless_zero=True,
)

FRAGA = Breakdown(
    column="fraga",
    label="Fråga i FK 7804 (kompletteringar)",
    categories=(
        Category(id="1", label="Grund för intyget", inside="KOMPLT"),
        Category(id="27", label="Smittskydd", inside="KOMPLT"),
        Category(id="28", label="Sysselsättning", inside="KOMPLT"),
        Category(id="29", label="Yrke", inside="KOMPLT"),
        Category(id="6", label="Diagnos", inside="KOMPLT"),
        Category(id="35", label="Funktionsnedsättning", inside="KOMPLT"),
        Category(id="17", label="Aktivitetsbegränsning", inside="KOMPLT"),
        Category(id="19", label="Pågående behandling", inside="KOMPLT"),
        Category(id="20", label="Planerad behandling", inside="KOMPLT"),
        Category(id="32", label="Bedömning av arbetsförmåga", inside="KOMPLT"),
        Category(id="37", label="Längre än beslutsstödet", inside="KOMPLT"),
        Category(id="33", label="Arbetstidens förläggning", inside="KOMPLT"),
        Category(id="34", label="Resor", inside="KOMPLT"),
        Category(id="39", label="Prognos", inside="KOMPLT"),
        Category(id="40", label="Åtgärder", inside="KOMPLT"),
        Category(id="25", label="Övriga upplysningar", inside="KOMPLT"),
        Category(id="26", label="Kontakt med Försäkringskassan", inside="KOMPLT"),
        Category(id="okand", label="Okänd fråga", inside="KOMPLT"),
    ),
    enhet=(),
    omrade=YEAR,
    region=YEAR,
    coarser="amne",
    harmless_zero=True,
)

MESSAGES = (INTYGSTYP, AMNE, FRAGA)
