"""Which files make up a delivery, and which extract each of them is."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.identifiers import holds_identity_number, name_without_number
from pipelines.deliveries.manifest import MANIFEST, Manifest, read_manifest
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.unit_list import UNIT_LIST, is_unit_list
from schemas.extracts import EXTRACTS

SUFFIXES = (".csv", ".xlsx", ".parquet")


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """One file. `extract` is what its header or its name says, UNIT_LIST for a list that carries two, and None when
    neither says any; then `fault` tells why."""

    path: Path
    extract: str | None
    fault: str | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One folder, or one file by itself: taken in whole or not at all."""

    files: tuple[Delivered, ...]
    manifest: Manifest | None
    faults: tuple[str, ...]


def identify(path: Path) -> Delivery:
    """Look at a path without reading rows; what is wrong is collected, not raised."""
    if path.is_file():
        return Delivery(files=(_delivered(path),), manifest=None, faults=())
    if not path.is_dir():
        return Delivery(
            files=(), manifest=None, faults=(f"{name_without_number(path.name)}: mappen eller filen finns inte",)
        )
    found = sorted(entry for entry in path.iterdir() if entry.is_file() and not _ignored(entry))
    manifest: Manifest | None = None
    faults: tuple[str, ...] = ()
    try:
        manifest = read_manifest(path)
    except FileRefused as refused:
        faults = refused.faults
    if not found and not faults:
        return Delivery(
            files=(), manifest=None, faults=(f"{name_without_number(path.name)}: mappen har inga filer att läsa in",)
        )
    files = tuple(_delivered(entry) for entry in found)
    return Delivery(files=files, manifest=manifest, faults=(*faults, *_split_extracts(files, manifest)))


def _split_extracts(files: tuple[Delivered, ...], manifest: Manifest | None) -> list[str]:
    """A full delivery withdraws what its file lacks, so an extract in two files would withdraw itself."""
    if manifest is None or manifest.typ != "fullstandig":
        return []
    names = [file.extract for file in files if file.extract]
    split = [name for name in EXTRACTS if names.count(name) > 1]
    return [f"{MANIFEST}: en fullständig leverans ska ha {name} i en enda fil" for name in split]


def _ignored(path: Path) -> bool:
    return path.name.startswith(".") or path.name == MANIFEST or path.suffix.lower() in {".md", ".txt"}


def _delivered(path: Path) -> Delivered:
    extract, fault = _extract_of(path)
    return Delivered(path=path, extract=extract, fault=fault, sha256=sha256_of(path))


def sha256_of(path: Path) -> str:
    """What identifies a file: its bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _extract_of(path: Path) -> tuple[str | None, str | None]:
    if holds_identity_number(path.name):
        return None, "filnamnet innehåller ett personnummer"
    if path.suffix.lower() not in SUFFIXES:
        return None, f"{path.name}: filtypen läses inte (läses: {', '.join(SUFFIXES)})"
    if is_unit_list(path):
        return UNIT_LIST, None
    stem = path.stem.lower()
    for name in EXTRACTS:
        rest = stem.removeprefix(name)
        if rest != stem and (not rest or not rest[0].isalnum()):
            return name, None
    return None, f"{path.name}: filnamnet börjar inte med ett extrakts namn ({', '.join(EXTRACTS)})"
