"""What the dashboard needs to know: where the published releases are, and what people write."""

from dataclasses import dataclass
from pathlib import Path

from dashboard.state import address_of


@dataclass(frozen=True, kw_only=True)
class DashboardSettings:
    """`published` is the folder of the releases, `state` the address of the database of what people write; without one it
    is a file in `state` beside the releases. `address` is where the dashboard is reached, with its last slash: files that
    are made without a browser lead back there. `forward_trail` sends the rows of the audit trail to standard error too,
    from where the system's log takes them. `proxies` is how many proxies of ours stand in front: what they say of the
    asker's address is believed, and no more."""

    published: Path
    state: str = ""
    address: str = "http://127.0.0.1:8050/"
    forward_trail: bool = False
    proxies: int = 0

    @property
    def state_address(self) -> str:
        return self.state or address_of(self.published.parent / "state")
