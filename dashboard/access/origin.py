"""Whether a request comes from a page of ours."""

from collections.abc import Mapping
from urllib.parse import urlsplit

OWN = ("same-origin", "none")


def from_own_page(headers: Mapping[str, str], host: str) -> bool:
    """A browser says where a page that sends something was loaded from, and no page can say otherwise. Without the word of
    a browser nothing is written."""
    return bool(headers.get("Origin")) and not from_elsewhere(headers, host, "POST")


def from_elsewhere(headers: Mapping[str, str], host: str, method: str) -> bool:
    """Whether a browser says that another site's page asks. A link that leads here from a letter or a provider is followed as
    any other: only the browser itself can show what it leads to."""
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if origin and (urlsplit(origin).scheme not in ("http", "https") or urlsplit(origin).netloc != host):
        return True
    if site is None or site in OWN:
        return False
    followed = headers.get("Sec-Fetch-Mode") == "navigate" and headers.get("Sec-Fetch-Dest") == "document"
    return not (method == "GET" and followed)
