"""Takes in whatever a user names: deliveries from the region, and figures that others publish."""

from collections.abc import Sequence
from pathlib import Path

from pipelines import comparison, deliveries
from pipelines.deliveries import FileResult, UnitListSaid
from pipelines.deliveries.load import Progress
from pipelines.errors import DeliveryError
from pipelines.settings import Settings


def take_in(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: Progress,
    approved_by: str | None,
    unit_list: UnitListSaid,
    sender: str | None = None,
) -> list[FileResult]:
    """Load every path as what its header and name say that it is. What can be loaded is, even when another is refused.
    Raises DeliveryError with every fault of every file."""
    published = [path for path in paths if comparison.is_published(path)]
    rest = [path for path in paths if path not in published]
    results: list[FileResult] = []
    refused: list[DeliveryError] = []
    try:
        results += comparison.load(published, settings) if published else []
    except DeliveryError as fault:
        refused.append(fault)
    try:
        if rest:
            results += deliveries.load(
                rest, settings, progress=progress, approved_by=approved_by, unit_list=unit_list, sender=sender
            )  # fmt: skip
    except DeliveryError as fault:
        refused.append(fault)
    if refused:
        faults = [fault for found in refused for fault in found.faults]
        raise DeliveryError(refused[-1].message, faults=faults, advice=refused[-1].advice)
    return results
