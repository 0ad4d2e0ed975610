"""How people sign in: `config/inloggning.toml` and the environment (`SJUKVY_INLOGGNING_…`). Secrets are in files.

The environment goes before the file. Without a provider there are local accounts only.
"""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from dashboard.access.roles import ROLES

LOOPBACK = ("127.0.0.1", "localhost", "::1")
FILE = Path(__file__).parents[2] / "config" / "inloggning.toml"


class SignInSettings(BaseSettings):
    """Frozen; an unknown name in the file is an error."""

    model_config = SettingsConfigDict(
        env_prefix="SJUKVY_INLOGGNING_", toml_file=FILE, frozen=True, extra="forbid", env_ignore_empty=True
    )

    issuer: str = Field(default="", description="the provider, as its tokens name it; empty: none")
    client_id: str = ""
    client_secret_file: Path | None = Field(default=None, description="the secret is in a file, never in a setting")
    scopes: tuple[str, ...] = ("openid", "profile")
    acr: tuple[str, ...] = Field(default=(), description="levels of assurance of which one is required")
    leeway: int = Field(default=60, ge=0, le=300, description="seconds that two clocks may differ")
    name_claim: str = Field(default="name", description="what a person is called on screen and in what is written")
    userinfo: bool = Field(default=False, description="whether claims are asked for at the provider's own address too")
    essential: tuple[str, ...] = Field(default=(), description="claims that are asked for one by one as essential")
    required: dict[str, str] = Field(default={}, description="claims that must have a value, else nobody gets in")
    role_claim: str = Field(
        default="", description="claim (with dots into it) of groups or roles; empty: roles are given in Sjukvy"
    )
    roles: dict[str, str] = Field(default={}, description="value of that claim → role; * is any value")
    unit_claim: str = Field(default="", description="claim of the units that a role for own units is about")
    local_accounts: bool | None = Field(
        default=None, description="whether accounts that are kept here may sign in; unsaid: where there is no provider"
    )
    secret_file: Path | None = Field(
        default=None, description="the key that forms are signed with; without: made once, beside what people write"
    )

    @field_validator("issuer")
    @classmethod
    def _safe(cls, value: str) -> str:
        place = urlsplit(value)
        if value and place.scheme != "https" and not (place.scheme == "http" and place.hostname in LOOPBACK):
            raise ValueError("a provider is reached by https")
        return value

    @field_validator("roles")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        if unknown := set(value.values()) - set(ROLES):
            raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
        return value

    @model_validator(mode="after")
    def _whole(self) -> "SignInSettings":
        if self.issuer and not self.client_id:
            raise ValueError("a provider needs client_id")
        if self.role_claim and not self.roles:
            raise ValueError("role_claim needs roles: which value gives which role")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def local(self) -> bool:
        """Whether local accounts may sign in. Beside a provider they would be a way round the level that it vouches for, so
        they are opened there by name only."""
        return not self.issuer if self.local_accounts is None else self.local_accounts

    @property
    def client_secret(self) -> str:
        """Read when it is needed; empty for a public client."""
        return self.client_secret_file.read_text(encoding="utf-8").strip() if self.client_secret_file else ""

    @property
    def provider_origin(self) -> str:
        """Scheme, host and port of the provider, for the browser's policy of forms."""
        place = urlsplit(self.issuer)
        return f"{place.scheme}://{place.netloc}" if self.issuer else ""
