"""Delivered files in, checked rows in the warehouse, everything accounted for."""

from pipelines.deliveries.ledger import FileResult, create_tables, deliveries
from pipelines.deliveries.load import NOTHING_SAID, load
from pipelines.deliveries.unit_list import UnitListSaid

__all__ = ["NOTHING_SAID", "FileResult", "UnitListSaid", "create_tables", "deliveries", "load"]
