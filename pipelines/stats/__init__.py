"""Estimators: arrays in, arrays out. Nothing here knows of the product or of a database."""
