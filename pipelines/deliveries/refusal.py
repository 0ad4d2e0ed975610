"""Why a file is refused, collected until everything has been examined."""


class FileRefused(Exception):
    """One file cannot be taken in. `faults` say what and where, never a value."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))
