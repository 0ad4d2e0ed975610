"""The breakdowns: column, Swedish labels and order. Kvinnor always come before män."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Category:
    id: str
    label: str


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
