"""Which files make up a delivery, and which extract each of them is."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from identity.text import name_without_number, points_out_somebody
from pipelines.deliveries.manifest import MANIFEST, Manifest, read_manifest
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.unit_list import UNIT_LIST, is_unit_list
from pipelines.reading import SUFFIXES, suffix_of
from schemas.extracts import EXTRACTS

NOTES = {".md", ".txt", ".html", ".pdf"}  # what people lay beside a delivery


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """One file, `inside` its delivery under that name. `extract` is what its header or its name says, UNIT_LIST for a
    list that carries two, and None when neither says any; then `fault` tells why."""

    path: Path
    extract: str | None
    fault: str | None
    sha256: str
    inside: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One folder, or one file by itself: taken in whole or not at all."""

    files: tuple[Delivered, ...]
    manifest: Manifest | None
    faults: tuple[str, ...]


def identify(path: Path) -> Delivery:
    """Look at a path without reading rows; what is wrong is collected, not raised."""
    if path.is_file():
        return Delivery(files=(_delivered(path, path.parent),), manifest=None, faults=())
    if not path.is_dir():
        return Delivery(
            files=(), manifest=None, faults=(f"{name_without_number(path.name)}: mappen eller filen finns inte",)
        )
    found = sorted(entry for entry in [*path.iterdir(), *_parts(path)] if entry.is_file() and not _ignored(entry))
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
    return Delivery(files=tuple(_delivered(entry, path) for entry in found), manifest=manifest, faults=faults)


def _parts(folder: Path) -> list[Path]:
    """Files in a folder that is called as an extract: its parts, whatever they are called."""
    return [part for name in EXTRACTS for part in (folder / name).glob("*")]


def _ignored(path: Path) -> bool:
    return path.name.startswith(".") or path.name == MANIFEST or path.suffix.lower() in NOTES


def _delivered(path: Path, delivery: Path) -> Delivered:
    extract, fault = _extract_of(path)
    inside = path.relative_to(delivery).as_posix()
    return Delivered(path=path, extract=extract, fault=fault, sha256=sha256_of(path), inside=inside)


def sha256_of(path: Path) -> str:
    """What identifies a file: its bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _extract_of(path: Path) -> tuple[str | None, str | None]:
    if points_out_somebody(path.name):
        return None, "filnamnet innehåller ett personnummer, en e-postadress eller ett telefonnummer"
    if suffix_of(path) not in SUFFIXES:
        return None, f"{path.name}: filtypen läses inte (läses: {', '.join(SUFFIXES)}, även packade med .gz)"
    if is_unit_list(path):
        return UNIT_LIST, None
    stem = path.stem.lower()
    if path.parent.name in EXTRACTS:
        return path.parent.name, None
    for name in EXTRACTS:
        rest = stem.removeprefix(name)
        if rest != stem and (not rest or not rest[0].isalnum()):
            return name, None
    return None, f"{path.name}: filnamnet börjar inte med ett extrakts namn ({', '.join(EXTRACTS)})"
