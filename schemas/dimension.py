"""What a breakdown is: a column, its categories with Swedish labels in order, and where it may be published."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Category:
    """`inside` is the category of the coarser dimension that it is a part of."""

    id: str
    label: str
    inside: str = ""


@dataclass(frozen=True, kw_only=True)
class Band(Category):
    """Whole years, days or certificates from `low` to `high`, both included; without `high` there is no upper bound."""

    low: int
    high: int | None


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


@dataclass(frozen=True, kw_only=True)
class Breakdown(Dimension):
    """A dimension that measures may be broken down by. `enhet`, `omrade` and `region` are the kinds of period that it is
    published for at each level: no others exist anywhere in a release. A stock has the last day of a quarter instead.
    `coarser` is the column of the breakdown that its categories are parts of, if there is one; `one_at_a_time`: they are
    so many that only those inside one coarser category are shown together. `harmless_zero`: that a category is empty
    tells nothing about persons, so that a 0 may be shown."""

    enhet: tuple[str, ...]
    omrade: tuple[str, ...]
    region: tuple[str, ...]
    coarser: str = ""
    one_at_a_time: bool = False
    harmless_zero: bool = False

    def inside(self, coarser: str) -> tuple[Category, ...]:
        """The categories that one of the coarser breakdown is the sum of."""
        return tuple(category for category in self.categories if category.inside == coarser)

    def kinds(self, niva: str) -> tuple[str, ...]:
        return {"enhet": self.enhet, "omrade": self.omrade, "region": self.region}[niva]
