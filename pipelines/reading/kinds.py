"""Which files can be read, by how their names end."""

from pathlib import Path

CSV, XLSX, PARQUET, PACKED = ".csv", ".xlsx", ".parquet", ".gz"
SUFFIXES = (CSV, XLSX, PARQUET)


def suffix_of(path: Path) -> str:
    """What the file is under its compression, in lower case: .csv for intyg.CSV.gz."""
    name = path.name.lower().removesuffix(PACKED)
    return Path(name).suffix


def is_packed(path: Path) -> bool:
    return path.name.lower().endswith(PACKED)
