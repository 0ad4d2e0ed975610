"""The groups of the national reports (Intygsstatistik), with their bounds, and of the orders that it delivers by hand.

Bounds: sklintyg/statistik, the same as codes/nationella_grupper.csv, which tests compare. Ages begin with 16–20 years,
because measures count patients of at least 18; the label "2- år" is written out. At an enhet most cells of a month or a
quarter hold fewer than five persons: there the groups are of twelve months.
"""

from schemas.dimension import Band, Breakdown, Category

YEAR, BOTH = ("r12",), ("kvartal", "r12")

DIAGNOSGRUPP = Breakdown(
    column="diagnosgrupp",
    label="Nationell diagnosgrupp",
    categories=(
        Category(id="psykiska", label="Psykiska sjukdomar", inside="psykiska"),
        Category(id="rorelse", label="Rörelseorganens sjukdomar", inside="rorelse"),
        Category(id="somatiska", label="Somatiska sjukdomar", inside="somatiska"),
        Category(id="symtom", label="Symtomdiagnoser", inside="symtom"),
        Category(id="graviditet", label="Graviditet och förlossning", inside="somatiska"),
        Category(id="faktorer", label="Faktorer av betydelse för hälsotillståndet", inside="somatiska"),
        Category(id="ovrigt", label="Övrigt", inside="skador"),
        Category(id="okand", label="Utan giltig diagnoskod", inside="okand"),
    ),
    enhet=YEAR,
    omrade=BOTH,
    region=BOTH,
    coarser="diagnos5",
)

# Titles of Socialstyrelsen's ICD-10-SE, shortened. A chapter lies within one of the groups above.
KAPITEL = Breakdown(
    column="kapitel",
    label="Diagnoskapitel",
    categories=(
        Category(id="A00-B99", label="A00–B99 Infektioner", inside="somatiska"),
        Category(id="C00-D48", label="C00–D48 Tumörer", inside="somatiska"),
        Category(id="D50-D89", label="D50–D89 Blod och immunsystem", inside="somatiska"),
        Category(id="E00-E90", label="E00–E90 Endokrina sjukdomar", inside="somatiska"),
        Category(id="F00-F99", label="F00–F99 Psykiska sjukdomar", inside="psykiska"),
        Category(id="G00-G99", label="G00–G99 Nervsystemet", inside="somatiska"),
        Category(id="H00-H59", label="H00–H59 Ögat", inside="somatiska"),
        Category(id="H60-H95", label="H60–H95 Örat", inside="somatiska"),
        Category(id="I00-I99", label="I00–I99 Cirkulationsorganen", inside="somatiska"),
        Category(id="J00-J99", label="J00–J99 Andningsorganen", inside="somatiska"),
        Category(id="K00-K93", label="K00–K93 Matsmältningsorganen", inside="somatiska"),
        Category(id="L00-L99", label="L00–L99 Huden", inside="somatiska"),
        Category(id="M00-M99", label="M00–M99 Rörelseorganen", inside="rorelse"),
        Category(id="N00-N99", label="N00–N99 Urin- och könsorganen", inside="somatiska"),
        Category(id="O00-O99", label="O00–O99 Graviditet och förlossning", inside="graviditet"),
        Category(id="P00-P96", label="P00–P96 Perinatala tillstånd", inside="ovrigt"),
        Category(id="Q00-Q99", label="Q00–Q99 Missbildningar", inside="ovrigt"),
        Category(id="R00-R99", label="R00–R99 Symtom", inside="symtom"),
        Category(id="S00-T98", label="S00–T98 Skador och förgiftningar", inside="ovrigt"),
        Category(id="U00-U99", label="U00–U99 Särskilda ändamål", inside="ovrigt"),
        Category(id="V01-Y98", label="V01–Y98 Yttre orsaker", inside="ovrigt"),
        Category(id="Z00-Z99", label="Z00–Z99 Faktorer av betydelse för hälsan", inside="faktorer"),
        Category(id="okand", label="Utan giltig diagnoskod", inside="okand"),
    ),
    enhet=(),
    omrade=YEAR,
    region=BOTH,
    coarser="diagnosgrupp",
)

ALDER = Breakdown(
    column="alder_nationell",
    label="Ålder i femårsgrupper",
    categories=(
        *(Band(id=f"{low}-{low + 4}", label=f"{low}–{low + 4} år", low=low, high=low + 4) for low in range(16, 66, 5)),
        Band(id="66-", label="Över 65 år", low=66, high=None),
    ),
    enhet=YEAR,
    omrade=BOTH,
    region=BOTH,
)

GRAD = Breakdown(
    column="grad_nationell",
    label="Sjukskrivningsgrad",
    categories=tuple(Band(id=str(grad), label=f"{grad} %", low=grad, high=grad) for grad in (25, 50, 75, 100)),
    enhet=YEAR,
    omrade=BOTH,
    region=BOTH,
)

LANG = Breakdown(
    column="lang",
    label="Mer än 90 dagar",
    categories=(
        Band(id="0-90", label="Högst 90 dagar", low=0, high=90),
        Band(id="91-", label="Mer än 90 dagar", low=91, high=None),
    ),
    enhet=BOTH,
    omrade=BOTH,
    region=BOTH,
)

LANGD = Breakdown(
    column="langd",
    label="Sjukskrivningslängd",
    categories=(
        Band(id="0-14", label="Under 15 dagar", low=0, high=14, inside="0-90"),
        Band(id="15-30", label="15–30 dagar", low=15, high=30, inside="0-90"),
        Band(id="31-60", label="31–60 dagar", low=31, high=60, inside="0-90"),
        Band(id="61-90", label="61–90 dagar", low=61, high=90, inside="0-90"),
        Band(id="91-180", label="91–180 dagar", low=91, high=180, inside="91-"),
        Band(id="181-364", label="181–364 dagar", low=181, high=364, inside="91-"),
        Band(id="365-730", label="1–2 år", low=365, high=730, inside="91-"),
        Band(id="731-", label="Över 2 år", low=731, high=None, inside="91-"),
    ),
    enhet=YEAR,
    omrade=BOTH,
    region=BOTH,
    coarser="lang",
)

INTYG = Breakdown(
    column="intyg",
    label="Intyg per sjukfall",
    categories=(
        *(Band(id=str(number), label=f"{number} intyg", low=number, high=number) for number in range(1, 11)),
        Band(id="11-", label="Över 10 intyg", low=11, high=None),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=BOTH,
)

# The order of a region for the sjukfall that are ongoing on a day of the month.
LANGD_DAG = Breakdown(
    column="langd_dag",
    label="Sjukskrivna dagar hittills",
    categories=(
        Band(id="1-90", label="1–90 dagar", low=1, high=90),
        Band(id="91-180", label="91–180 dagar", low=91, high=180),
        Band(id="181-365", label="181–365 dagar", low=181, high=365),
        Band(id="366-", label="Över 365 dagar", low=366, high=None),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

# The order for the sjukfall that ended in a year.
LANGD_AR = Breakdown(
    column="langd_ar",
    label="Sjukfallets längd",
    categories=(
        Band(id="0-7", label="Under 8 dagar", low=0, high=7),
        Band(id="8-14", label="8–14 dagar", low=8, high=14),
        Band(id="15-30", label="15–30 dagar", low=15, high=30),
        Band(id="31-60", label="31–60 dagar", low=31, high=60),
        Band(id="61-90", label="61–90 dagar", low=61, high=90),
        Band(id="91-180", label="91–180 dagar", low=91, high=180),
        Band(id="181-365", label="181–365 dagar", low=181, high=365),
        Band(id="366-", label="Över 365 dagar", low=366, high=None),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

NATIONAL = (DIAGNOSGRUPP, KAPITEL, ALDER, GRAD, LANG, LANGD, INTYG, LANGD_DAG, LANGD_AR)
