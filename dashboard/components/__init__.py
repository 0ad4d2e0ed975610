"""Layout pieces: plain functions of plain data."""
