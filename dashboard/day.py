"""The day that it is where the units are, whatever clock the server goes by."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")


def today() -> str:
    """ÅÅÅÅ-MM-DD."""
    return datetime.now(ZONE).date().isoformat()
