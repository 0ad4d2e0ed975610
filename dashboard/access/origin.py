"""Whether a request that writes comes from a page of ours."""

from collections.abc import Mapping
from urllib.parse import urlsplit

OWN = ("same-origin", "none")


def from_own_page(headers: Mapping[str, str], host: str) -> bool:
    """A browser says where a page that sends something was loaded from, and no page can say otherwise. Without the word of
    a browser nothing is written."""
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    if not origin or (site is not None and site not in OWN):
        return False
    return urlsplit(origin).scheme in ("http", "https") and urlsplit(origin).netloc == host
