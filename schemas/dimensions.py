"""The breakdowns: column, Swedish labels and order. Kvinnor always come before män."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Category:
    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Band(Category):
    """Whole years (or days) from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Dimension:
    column: str
    label: str
    categories: tuple[Category, ...]

    def label_of(self, category_id: str) -> str:
        return next(category.label for category in self.categories if category.id == category_id)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(category.id for category in self.categories)


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

# The seven groups of Intygsstatistik and the certificates without a valid code (codes/diagnosgrupper.csv).
DIAGNOSGRUPP = Dimension(
    column="diagnosgrupp",
    label="Diagnosgrupp",
    categories=(
        Category(id="psykiska", label="Psykiska sjukdomar"),
        Category(id="rorelse", label="Rörelseorganens sjukdomar"),
        Category(id="somatiska", label="Somatiska sjukdomar"),
        Category(id="symtom", label="Symtomdiagnoser"),
        Category(id="graviditet", label="Graviditet och förlossning"),
        Category(id="faktorer", label="Faktorer av betydelse för hälsotillståndet"),
        Category(id="ovrigt", label="Övrigt"),
        Category(id="okand", label="Utan giltig diagnoskod"),
    ),
)

# Five groups that a vårdcentral has persons in, and the certificates without a valid code. Each is one or more of the
# groups above (codes/diagnos5.csv): sex by eight groups is mostly below five persons at a median vårdcentral.
DIAGNOS5 = Dimension(
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
)

# Ten-year bands that whole five-year bands of listade fit into.
ALDERSGRUPP = Dimension(
    column="aldersgrupp",
    label="Ålder",
    categories=(
        Band(id="18-27", label="18–27 år", low=18, high=27),
        Band(id="28-37", label="28–37 år", low=28, high=37),
        Band(id="38-47", label="38–47 år", low=38, high=47),
        Band(id="48-57", label="48–57 år", low=48, high=57),
        Band(id="58-67", label="58–67 år", low=58, high=67),
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

ERSATTNING = Dimension(
    column="ersattning",
    label="Ersättning",
    categories=(
        Category(id="sjukpenning", label="Sjukpenning"),
        Category(id="aktivitetsersattning", label="Aktivitetsersättning"),
        Category(id="sjukersattning", label="Sjukersättning"),
        Category(id="ingen", label="Ingen ersättning"),
        Category(id="okand", label="Uppgift saknas"),
    ),
)

BREAKDOWNS = {dimension.column: dimension for dimension in (DIAGNOS5, ALDERSGRUPP, ERSATTNING)}
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
