"""What the dashboard needs to know: where the published releases are."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class DashboardSettings:
    published: Path
