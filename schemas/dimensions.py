"""The breakdowns: column, Swedish labels and order. Kvinnor always come before män."""

from schemas.dimension import Band, Breakdown, Category, Dimension
from schemas.messages import MESSAGES
from schemas.national import BOTH, NATIONAL, YEAR
from schemas.sections import AVSNITT

KON = Dimension(
    column="kon",
    label="Kön",
    categories=(
        Category(id="K", label="Kvinnor"),
        Category(id="M", label="Män"),
        Category(id="okand", label="Uppgift saknas"),
        Category(id="alla", label="Totalt"),
    ),
)

NIVA = Dimension(
    column="niva",
    label="Nivå",
    categories=(
        Category(id="enhet", label="Enhet"),
        Category(id="omrade", label="Område"),
        Category(id="region", label="Region"),
    ),
)

PERIODTYP = Dimension(
    column="periodtyp",
    label="Period",
    categories=(
        Category(id="manad", label="Månad"),
        Category(id="kvartal", label="Kvartal"),
        Category(id="r12", label="Tolv månader"),
    ),
)

# Five groups that a vårdcentral has persons in, and the certificates without a valid code. Each is one or more of the
# national groups (codes/diagnos5.csv): sex by eight groups is mostly below five persons at a median vårdcentral.
DIAGNOS5 = Breakdown(
    column="diagnos5",
    label="Diagnosgrupp",
    categories=(
        Category(id="psykiska", label="Psykiska sjukdomar"),
        Category(id="rorelse", label="Rörelseorganens sjukdomar"),
        Category(id="somatiska", label="Övriga sjukdomar, graviditet och faktorer"),
        Category(id="skador", label="Skador, missbildningar och övrigt"),
        Category(id="symtom", label="Symtomdiagnoser"),
        Category(id="okand", label="Utan giltig diagnoskod"),
    ),
    enhet=YEAR,
    omrade=BOTH,
    region=BOTH,
)

# Ten-year bands that whole five-year bands of listade fit into.
ALDERSGRUPP = Breakdown(
    column="aldersgrupp",
    label="Ålder",
    categories=(
        Band(id="18-27", label="18–27 år", low=18, high=27),
        Band(id="28-37", label="28–37 år", low=28, high=37),
        Band(id="38-47", label="38–47 år", low=38, high=47),
        Band(id="48-57", label="48–57 år", low=48, high=57),
        Band(id="58-67", label="58–67 år", low=58, high=67),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

# Who a landmark compares, among those still on sick leave that day: never those who ever and who never had an insats.
ARM = Dimension(
    column="arm",
    label="Insats",
    categories=(
        Category(id="insats", label="Insats"),
        Category(id="inte_annu", label="Inte ännu"),
    ),
)

# The parts of a difference between women and men: the composition of the two, and what differs within it.
UPPDELNING = Dimension(
    column="del",
    label="Del av skillnaden",
    categories=(
        Category(id="alder", label="Olika ålder"),
        Category(id="diagnos", label="Olika diagnoser"),
        Category(id="niva", label="Resten"),
    ),
)

ERSATTNING = Breakdown(
    column="ersattning",
    label="Ersättning",
    categories=(
        Category(id="sjukpenning", label="Sjukpenning"),
        Category(id="aktivitetsersattning", label="Aktivitetsersättning"),
        Category(id="sjukersattning", label="Sjukersättning"),
        Category(id="ingen", label="Ingen ersättning"),
        Category(id="okand", label="Uppgift saknas"),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

STARTGRAD = Breakdown(
    column="startgrad",
    label="Grad vid start",
    categories=(
        Category(id="100", label="100 procent"),
        Category(id="75", label="75 procent"),
        Category(id="50", label="50 procent"),
        Category(id="25", label="25 procent"),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

# As the certificate says it (LISJP), each of the four alone.
SYSSELSATTNING = Breakdown(
    column="sysselsattning",
    label="Sysselsättning",
    categories=(
        Category(id="nuvarande_arbete", label="Nuvarande arbete"),
        Category(id="arbetssokande", label="Arbetssökande"),
        Category(id="foraldraledig", label="Föräldraledig"),
        Category(id="studier", label="Studier"),
        Category(id="flera", label="Flera sysselsättningar"),
        Category(id="okand", label="Uppgift saknas"),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

# Not groups but figures about the whole: the statistics of a distribution (schemas.measure.Statistic).
FORDELNING = Breakdown(
    column="fordelning",
    label="Fördelning",
    categories=(
        Category(id="medel", label="Medelvärde"),
        Category(id="kvartil1", label="Undre kvartil"),
        Category(id="median", label="Median"),
        Category(id="kvartil3", label="Övre kvartil"),
    ),
    enhet=YEAR,
    omrade=YEAR,
    region=YEAR,
)

OFFERED = (DIAGNOS5, ALDERSGRUPP, ERSATTNING, STARTGRAD, SYSSELSATTNING, FORDELNING, *NATIONAL, AVSNITT, *MESSAGES)
BREAKDOWNS = {dimension.column: dimension for dimension in OFFERED}
BOTH = ("K", "M")  # the sexes that are compared, kvinnor first
NO_BREAKDOWN, WHOLE = "ingen", "alla"  # the values of indelning and grupp where nothing is broken down

EXTRAKT = Dimension(
    column="extrakt",
    label="Extrakt",
    categories=(
        Category(id="intyg", label="Intyg"),
        Category(id="koordinering", label="Koordinering"),
        Category(id="utfall", label="Utfall"),
        Category(id="enheter", label="Enheter"),
        Category(id="listade", label="Listade"),
        Category(id="bemanning", label="Bemanning"),
        Category(id="meddelanden", label="Meddelanden"),
        Category(id="mal", label="Mål"),
        Category(id="jamforelse", label="Riket och länet"),
    ),
)

# Faults that load but make figures wrong (mart.datafel).
DATAFEL = Dimension(
    column="fel",
    label="Fel",
    categories=(
        Category(id="slutar mer än ett år fram", label="Slut över ett år fram"),
        Category(id="ålder över 100", label="Ålder över 100"),
        Category(id="överlappar ett tidigare intyg", label="Överlappande"),
        Category(id="grad över 100 tillsammans", label="Grad över 100 %"),
        Category(id="delat mellan vårdgivare", label="Delade sjukfall"),
        Category(id="okänd diagnos", label="Okänd diagnos"),
    ),
)
