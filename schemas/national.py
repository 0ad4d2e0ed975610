"""The groups of the national reports (Intygsstatistik), with their bounds, and of the orders that it delivers by hand.

Bounds: sklintyg/statistik, the same as codes/nationella_grupper.csv, which tests compare. Ages begin with 16–20 years,
because measures count patients of at least 18; the label "2- år" is written out. At an enhet most cells of a month or a
quarter hold fewer than five persons: there the groups are of twelve months.
"""

from schemas.dimension import Band, Breakdown, Category

YEAR, BOTH = ("r12",), ("kvartal", "r12")

DIAGNOSGRUPP = Breakdown(
    column="diagnosgrupp",
    label="Diagnosgrupp",
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
    label="Ålder",
    categories=(
        Band(id="16-20", label="16–20 år", low=16, high=20),
        Band(id="21-25", label="21–25 år", low=21, high=25),
        Band(id="26-30", label="26–30 år", low=26, high=30),
        Band(id="31-35", label="31–35 år", low=31, high=35),
        Band(id="36-40", label="36–40 år", low=36, high=40),
        Band(id="41-45", label="41–45 år", low=41, high=45),
        Band(id="46-50", label="46–50 år", low=46, high=50),
        Band(id="51-55", label="51–55 år", low=51, high=55),
        Band(id="56-60", label="56–60 år", low=56, high=60),
        Band(id="61-65", label="61–65 år", low=61, high=65),
        Band(id="66-", label="Över 65 år", low=66, high=None),
    ),
    enhet=YEAR,
    omrade=BOTH,
    region=BOTH,
)

GRAD = Breakdown(
    column="grad_nationell",
    label="Sjukskrivningsgrad",
    categories=(
        Band(id="25", label="25 %", low=25, high=25),
        Band(id="50", label="50 %", low=50, high=50),
        Band(id="75", label="75 %", low=75, high=75),
        Band(id="100", label="100 %", low=100, high=100),
    ),
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
        Band(id="1", label="1 intyg", low=1, high=1),
        Band(id="2", label="2 intyg", low=2, high=2),
        Band(id="3", label="3 intyg", low=3, high=3),
        Band(id="4", label="4 intyg", low=4, high=4),
        Band(id="5", label="5 intyg", low=5, high=5),
        Band(id="6", label="6 intyg", low=6, high=6),
        Band(id="7", label="7 intyg", low=7, high=7),
        Band(id="8", label="8 intyg", low=8, high=8),
        Band(id="9", label="9 intyg", low=9, high=9),
        Band(id="10", label="10 intyg", low=10, high=10),
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
