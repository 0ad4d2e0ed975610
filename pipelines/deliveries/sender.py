"""What a sender's files call things: config/avsandare/<namn>.toml, suggested by `sjukvy inspect` and kept by a person."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.deliveries.refusal import FileRefused
from pipelines.reading import plain
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS, vardenhetslista

FOLDER = "avsandare"


class ExtractForm(BaseModel):
    """One extract: heading → column, column → delivered value → code, the columns whose ten or twelve digits are the sender's
    own counting and no personnummer, and those that get pseudonyms at the door."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rubriker: dict[str, str] = Field(default_factory=dict)
    koder: dict[str, dict[str, str]] = Field(default_factory=dict)
    lopnummer: frozenset[str] = frozenset()
    pseudonymisera: frozenset[str] = frozenset()


AS_IS = ExtractForm()


def path_of(settings: Settings, sender: str) -> Path:
    return settings.config / FOLDER / f"{plain(sender) or 'avsandare'}.toml"


def form_of(settings: Settings, sender: str | None, extract: str) -> ExtractForm:
    """How the sender writes the extract; as the contract does, where nothing else is said. Raises FileRefused."""
    path = path_of(settings, sender) if sender else None
    if path is None or not path.is_file():
        return AS_IS
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        forms = {name: ExtractForm.model_validate(said) for name, said in content.items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError):
        raise FileRefused(f"{FOLDER}/{path.name}: kan inte läsas, eller har okända delar") from None
    form = forms.get(extract, AS_IS)
    named = {*form.rubriker.values(), *form.koder, *form.lopnummer, *form.pseudonymisera}
    unknown = sorted(named - set(_columns(extract)))
    if unknown:  # a heading that means no column would leave the column out in silence
        raise FileRefused(f"{FOLDER}/{path.name}: {extract} har ingen kolumn som heter {', '.join(unknown)}")
    return form


def _columns(extract: str) -> list[str]:
    schemas = EXTRACTS | {vardenhetslista.schema.name: vardenhetslista.schema}
    return list(schemas[extract].columns)
