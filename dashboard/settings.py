"""What the dashboard needs to know: where the published releases are, what people write, and how they sign in."""

from dataclasses import dataclass, field
from pathlib import Path

from dashboard.access.settings import SignInSettings
from dashboard.state import address_of


@dataclass(frozen=True, kw_only=True)
class DashboardSettings:
    """`published` is the folder of the releases, `state` the address of the database of what people write; without one it
    is a file in `state` beside the releases. `address` is where the dashboard is reached, with its last slash: files that
    are made without a browser lead back there. `forward_trail` sends the rows of the audit trail to standard error too,
    from where the system's log takes them. `proxies` is how many proxies of ours stand in front: what they say of the
    asker's address is believed, and no more. `demo`: the demo's users may come in, if the release is one."""

    published: Path
    state: str = ""
    address: str = "http://127.0.0.1:8050/"
    forward_trail: bool = False
    proxies: int = 0
    demo: bool = False
    signin: SignInSettings = field(default_factory=SignInSettings, hash=False)

    @property
    def state_address(self) -> str:
        return self.state or address_of(self.state_folder)

    @property
    def state_folder(self) -> Path:
        return self.published.parent / "state"
