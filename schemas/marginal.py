"""What a piece of the lattice is: the cells of one published table for a measure, a level and a kind of period."""

from dataclasses import dataclass
from math import prod

from schemas.dimensions import NO_BREAKDOWN

Value = str | int
NO_DAY = -1  # `dag` of what has no days


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Columns of a table and every combination of values that they have."""

    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]


def axis(column: str, *values: Value) -> Axis:
    return Axis(columns=(column,), values=tuple((value,) for value in values))


@dataclass(frozen=True, kw_only=True)
class Marginal:
    """The cells of `table` for `measure` ("" where the table is about none) at the level `niva`, in each period of a kind:
    every combination of the `axes`. Of months there are those that end a quarter where it is `quarterly`; of units the
    vårdcentraler where it is of `centres`. A table about the whole release has neither level nor period.

    `complete`: every place has a row in every period that the measure has, but for what is not recorded (sex, group),
    which has rows where it occurs. The others have rows where there is something to tell."""

    table: str
    measure: str
    niva: str
    periodtyp: str
    axes: tuple[Axis, ...]
    quarterly: bool = False
    centres: bool = False
    complete: bool = False

    @property
    def size(self) -> int:
        """Cells in one place and period."""
        return prod(len(one.values) for one in self.axes)

    @property
    def indelning(self) -> str:
        """The breakdown, where it is of one."""
        said = next((one.values for one in self.axes if one.columns == ("indelning",)), ((NO_BREAKDOWN,),))
        return str(said[0][0])

    def values(self, column: str) -> frozenset[Value]:
        """The values that a column has, none where the table does not have it."""
        return frozenset(
            value[one.columns.index(column)] for one in self.axes if column in one.columns for value in one.values
        )
