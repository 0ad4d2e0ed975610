"""Takes deliveries in: whole or not at all, and every row accounted for."""

from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.boundary import crossing
from pipelines.deliveries import account, ledger
from pipelines.deliveries.identify import Delivery, identify
from pipelines.deliveries.ledger import FileResult
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.take import Intake, Progress, remove_leftovers, take_file, take_unit_list
from pipelines.deliveries.unit_list import UNIT_LIST, UnitListSaid
from pipelines.deliveries.withdraw import forget_keys, withdraw_absent
from pipelines.errors import DeliveryError
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse

NOTHING_SAID = UnitListSaid()
ADVICE = "Ingenting ur leveransen är inläst. Rätta hos avsändaren och läs in den igen; senaste utgåvan visas som förut."


def load(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: Progress,
    approved_by: str | None = None,
    unit_list: UnitListSaid = NOTHING_SAID,
    sender: str | None = None,
) -> list[FileResult]:
    """Load every path (a folder is one delivery, and so is a single file). Deliveries without fault are loaded even
    when another is refused. `approved_by` accepts large withdrawals; `unit_list` is what must be said of unit lists;
    `sender` tells whose headings those are that come without a manifest. Raises DeliveryError after everything has been
    examined, with every fault of every file."""
    with open_warehouse(settings) as connection:
        connection.execute("SET memory_limit = $most", {"most": settings.load_memory})
        # every row has its number: kept in order, ten million of them are written once more at the end
        connection.execute("SET preserve_insertion_order = false")
        remove_leftovers(settings)
        ledger.create_tables(connection)
        intake = Intake(
            connection=connection, settings=settings, progress=progress, approved_by=approved_by, unit_list=unit_list,
            sender=sender,
        )  # fmt: skip
        results: list[FileResult] = []
        faults: list[str] = []
        for path in paths:
            done, wrong = _load_delivery(intake, identify(path))
            results += done
            faults += wrong
    if faults:
        raise DeliveryError("Leveransen är avvisad.", faults=faults, advice=ADVICE)
    return results


def _load_delivery(intake: Intake, delivery: Delivery) -> tuple[list[FileResult], list[str]]:
    """One transaction: all its files, or none of them and a row in the ledger for each."""
    wrong: dict[str, list[str]] = {file.path.name: [file.fault] for file in delivery.files if file.fault}
    results: list[FileResult] = []
    left: list[str] = []
    parts = Counter(file.extract for file in delivery.files)
    crossing("leveransen börjar läsas in")
    intake.connection.execute("BEGIN")
    with _rolled_back_on_error(intake.connection):
        forget_keys(intake.connection)
        for file in delivery.files:
            if file.extract is None:
                continue
            try:
                if file.extract == UNIT_LIST:
                    results += take_unit_list(intake, file, delivery.manifest)
                else:
                    results += take_file(intake, file, delivery.manifest, parts=parts[file.extract])
            except FileRefused as refused:
                wrong[file.path.name] = list(refused.faults)
        if not wrong and not delivery.faults:
            try:
                results = withdraw_absent(
                    intake.connection, intake.settings, results, delivery.manifest, intake.approved_by
                )
                _compare(intake, results, delivery.manifest)
            except FileRefused as refused:
                left = list(refused.faults)
        faults = [*delivery.faults, *(fault for found in wrong.values() for fault in found), *left]
        crossing("leveransen bekräftas")
        intake.connection.execute("ROLLBACK" if faults else "COMMIT")
    crossing("leveransen är bekräftad")
    if faults:
        _record_refusal(intake, delivery, wrong, left)
        return [], faults
    return results, []


def _compare(intake: Intake, results: Sequence[FileResult], manifest: Manifest | None) -> None:
    """Each extract with the sender's delivery before, on the account of its last file."""
    for extract in {result.extrakt for result in results if result.status == "inlast"}:
        numbers = [result.leverans_nr for result in results if result.extrakt == extract]
        account.compare(intake.connection, intake.settings, extract, numbers, manifest)


@contextmanager
def _rolled_back_on_error(connection: duckdb.DuckDBPyConnection):
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _record_refusal(intake: Intake, delivery: Delivery, wrong: dict[str, list[str]], left: list[str]) -> None:
    for file in delivery.files:
        crossing("avvisningen skrivs")
        why = wrong.get(file.path.name) or left or ["en annan fil i leveransen är avvisad"]
        result = ledger.refused(ledger.next_number(intake.connection), file.path, file.extract or "okänt")
        ledger.write(
            intake.connection, result, sha256=file.sha256, manifest=delivery.manifest, sender=intake.sender,
            counted=False, orsak="; ".join(why),
        )  # fmt: skip
