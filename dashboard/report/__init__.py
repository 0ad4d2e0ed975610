"""The same rows as files."""
