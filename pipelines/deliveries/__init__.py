"""Delivered files in, checked rows in the warehouse, everything accounted for."""

from pipelines.deliveries.ledger import FileResult, create_tables, deliveries
from pipelines.deliveries.load import load

__all__ = ["FileResult", "create_tables", "deliveries", "load"]
