"""The four kinds of error and their exit codes. Each lists all faults and what to do about them, and never a value
from a row."""

from collections.abc import Sequence


class SjukvyError(Exception):
    """An error that a person can act on: shown without a traceback."""

    exit_code = 1

    def __init__(self, message: str, *, faults: Sequence[str] = (), advice: str = "") -> None:
        self.message, self.faults, self.advice = message, tuple(faults), advice
        super().__init__(self.text)

    @property
    def text(self) -> str:
        lines = [self.message, *(f"  - {fault}" for fault in self.faults)]
        return "\n".join([*lines, self.advice] if self.advice else lines)


class DeliveryError(SjukvyError):
    """A delivery that cannot be taken in."""

    exit_code = 10


class CheckError(SjukvyError):
    """Tables that do not hold what must hold."""

    exit_code = 11


class DisclosureError(SjukvyError):
    """Figures that may not be published."""

    exit_code = 12


class MeasureError(SjukvyError):
    """A measure that cannot be computed."""

    exit_code = 13
