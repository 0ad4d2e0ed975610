"""Why a file cannot be read, in words that a sender understands, without its name and without a value from it."""


class Unreadable(Exception):
    """The file cannot be read as rows of text."""
