"""Rows → figures, tables and sentences, as plain data: the page, the notebook and the export show the same."""
