"""Where a region's data lie and the parameters of its figures. Built once, passed down, never global.

Order of precedence: environment (`SJUKVY_…`), then `config/region.toml`, then what stands here.
"""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipelines.reading import Limits
from schemas import limits

FLOOR = limits.LEAST_THRESHOLD  # a disclosure rule, not a preference


class Settings(BaseSettings):
    """Frozen; an unknown name in the file is an error."""

    model_config = SettingsConfigDict(
        env_prefix="SJUKVY_",
        toml_file=Path(__file__).parent.parent / "config" / "region.toml",
        frozen=True,
        extra="forbid",
    )

    data: Path = Path("data")
    config: Path = Path(__file__).parent.parent / "config"
    demo: bool = False
    threshold: int = Field(default=limits.THRESHOLD, description="fewest persons in a published cell")
    curve_persons: int = Field(
        default=limits.CURVE_PERSONS, ge=limits.CURVE_PERSONS, description="fewest cases behind a published curve"
    )
    curve_events: int = Field(
        default=limits.CURVE_EVENTS, ge=limits.CURVE_EVENTS, description="fewest events behind a published curve"
    )
    curve_at_risk: int = Field(
        default=limits.CURVE_AT_RISK, ge=limits.CURVE_AT_RISK, description="a curve is cut where fewer are at risk"
    )
    least_listed: int = Field(
        default=limits.LISTED, ge=limits.LISTED, description="fewest listade behind a published rate"
    )
    told_anew_from: date | None = Field(
        default=None,
        description="curves and medians of releases before this day may be told again; after a gross fault",
    )
    gap_days: int = Field(default=limits.GAP_DAYS, ge=0, le=90, description="most free days within a sjukfall")
    target_day: int = Field(default=limits.TARGET_DAY, description="the day a sjukfall enters the målgrupp")
    outcome_window: int = Field(default=28, ge=0, description="days after the last certified day to look for utfall")
    late_days: int = Field(
        default=limits.LATE_DAYS, ge=0, description="days after a month in which late certificates still come"
    )
    age_from: int = limits.AGE_FROM
    age_to: int = limits.AGE_TO
    stock_day: int = Field(default=25, ge=1, le=28, description="the day of the month of pagaende_dag")
    withdrawal_stop: float = Field(default=0.05, description="share of a unit's rows a full delivery may withdraw")
    deviation_stop: float = Field(
        default=0.25, description="share by which a unit's month may differ from the full delivery before, unsigned"
    )
    count_unknown_units: bool = Field(
        default=True, description="count certificates of units that the register does not hold, under Okänd enhet"
    )
    list_region: str = Field(default="", description="region of the units in a delivered unit list")
    list_provider: str = Field(default="", description="HSA-id of the provider of the units in a delivered unit list")
    list_unit_type: str = Field(default="vardcentral", description="what the units in a delivered unit list are")
    county: str = Field(default="", description="the region's county, as Försäkringskassan writes it")
    state_url: str = Field(default="", description="database of what people write; empty: SQLite in data/state")
    address: str = Field(
        default="http://127.0.0.1:8050/", description="where the dashboard is reached, with last slash"
    )
    proxies: int = Field(default=0, ge=0, le=3, description="proxies of ours in front of the dashboard (nginx: 1)")
    smtp_host: str = Field(default="", description="the server that takes mail; empty: nothing is sent")
    smtp_port: int = 25
    smtp_starttls: bool = True
    smtp_user: str = ""
    smtp_password_file: Path | None = Field(default=None, description="the password is in a file, never in a setting")
    smtp_from: str = Field(default="", description="the address that mail is sent from")
    mail_domains: tuple[str, ...] = Field(default=(), description="the domains that reports may be sent to")
    memory_limit: str = "2GB"
    load_memory: str = Field(default="1500MB", description="memory for taking a delivery in; the rest goes to disk")
    threads: int = 2
    log: Literal["text", "json"] = Field(default="text", description="how long work tells how far it has come")
    pseudonym_key: Path | None = Field(default=None, description="file with the key of pseudonyms made at the door")
    pseudonym_domain: str = Field(default="", description="what the pseudonyms are for; others have other pseudonyms")
    audit_keep_years: int = Field(
        default=5, ge=5, description="years that the audit trail is kept at hand; HSLF-FS 2016:40 4 kap. 9 § says five"
    )
    audit_forward: bool = Field(default=False, description="write each row of the audit trail on standard error too")
    keep_years: int | None = Field(
        default=None, ge=1, description="calendar years before this one that rows are kept; None: nothing is decided"
    )
    keep_quarantine_days: int | None = Field(
        default=None, ge=1, description="days that rows are kept in quarantine; None: nothing is decided"
    )
    reading_memory: int = Field(default=2 << 30, description="bytes of memory that reading one file may take")
    reading_seconds: int = Field(default=3600, description="seconds that reading one file may take")
    reading_expanded: int = Field(default=40 << 30, description="bytes that one file may be unpacked to")

    @field_validator("threshold")
    @classmethod
    def _at_least_the_floor(cls, value: int) -> int:
        if value < FLOOR:
            raise ValueError(f"the threshold is never below {FLOOR}")
        return value

    @field_validator("target_day")
    @classmethod
    def _declared_target_days(cls, value: int) -> int:
        if value not in (14, 30, 60, 90):
            raise ValueError("the target day is 14, 30, 60 or 90")
        return value

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
    def warehouse(self) -> Path:
        return self.data / "warehouse" / "sjukvy.duckdb"

    @property
    def access_log(self) -> Path:
        """Who has opened the warehouse."""
        return self.warehouse.parent / "atkomst.jsonl"

    @property
    def protocols(self) -> Path:
        """What has been removed by decision."""
        return self.data / "gallring"

    @property
    def reading(self) -> Limits:
        """What opening one delivered file may take."""
        return Limits(
            memory=self.reading_memory, seconds=self.reading_seconds, expanded=self.reading_expanded,
            threads=self.threads,
        )  # fmt: skip

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def audits(self) -> Path:
        """What releases were held against: small numbers, so it lies with the rows and not with what is published."""
        return self.data / "granskning"

    @property
    def unfinished(self) -> Path:
        """What an interrupted build had done of the protection: beside the rows, and gone when a release is published."""
        return self.data / "warehouse" / "skydd"
