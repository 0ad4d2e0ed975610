"""The audit trail: who did what, when and with what outcome; never a value."""

import logging
from enum import StrEnum

log = logging.getLogger("sjukvy.spar")


class Event(StrEnum):
    """What is worth a line."""

    INLOGGNING = "inloggning"
    UTLOGGNING = "utloggning"
    NEKAD_INLOGGNING = "nekad_inloggning"
    NEKAD_ATKOMST = "nekad_atkomst"
    ENHET_VISAD = "enhet_visad"
    EXPORT = "export"
    RAPPORT = "rapport"
    BESLUT = "beslut"
    ROLLANDRING = "rollandring"
    KONTOANDRING = "kontoandring"


class Trail:
    """Events, at one address."""

    def __init__(self, address: str) -> None:
        self.address = address

    def record(
        self, event: Event, *, user: str, role: str, enhet: str = "", what: str = "", outcome: str = "ok",
        address: str = "", request_id: str = "",
    ) -> None:  # fmt: skip
        """Keep one event."""
        said = (event, user, role, enhet, what, outcome, address, request_id)
        log.info("%s", " ".join(repr(part) for part in said))
