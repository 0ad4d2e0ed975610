"""leverans.toml: what the sender says that the delivery is."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from identity.text import points_out_somebody
from pipelines.deliveries.refusal import FileRefused

MANIFEST = "leverans.toml"


class PromisedFile(BaseModel):
    """One file: its name, rows, hash, and rows per "ENHET|ÅÅÅÅ-MM"."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    fil: str
    rader: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-fA-F]{64}$")
    kontroll: dict[str, int] = Field(default_factory=dict)


class Manifest(BaseModel):
    """The whole delivery. `fullstandig` = the whole period again; `tillagg` = new and changed events only."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    avsandare: str = Field(min_length=1)
    skapad: date | datetime
    typ: Literal["fullstandig", "tillagg"]
    period_fran: date
    period_till: date
    filer: dict[str, PromisedFile] = Field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest, or None where there is none. Raises FileRefused with every fault."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise FileRefused(f"{MANIFEST}: kan inte läsas som TOML i UTF-8") from None
    if points_out_somebody(text):
        raise FileRefused(f"{MANIFEST}: innehåller ett personnummer, en e-postadress eller ett telefonnummer")
    try:
        manifest = Manifest.model_validate(content)
    except ValidationError as broken:
        places = {".".join(str(part) for part in fault["loc"]) for fault in broken.errors()}
        raise FileRefused(
            *(f"{MANIFEST}: {place} saknas, är okänd eller felaktig" for place in sorted(places))
        ) from None
    missing = [promised.fil for promised in manifest.filer.values() if not (folder / promised.fil).is_file()]
    if missing:
        raise FileRefused(*(f"{MANIFEST}: utlovad fil saknas: {name}" for name in missing))
    return manifest
