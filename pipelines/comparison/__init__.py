"""Published series from elsewhere, with their own definitions: beside our measures, never among them."""

from pipelines.comparison.load import load, published
from pipelines.comparison.read import is_published

__all__ = ["is_published", "load", "published"]
