"""Where to go after sign-in: a page of ours, whatever the address says."""

from urllib.parse import quote, urlsplit

LONGEST = 2_000
SIGN_IN = "/logga-in"


def own_path(asked: str) -> str:
    """The path as it is, or the first page where it leads elsewhere, to the sign-in itself, or is none."""
    plain = asked.isprintable() and "\\" not in asked and len(asked) <= LONGEST
    try:
        place = urlsplit(asked)
    except ValueError:
        return "/"
    inside = asked.startswith("/") and not asked.startswith("//") and not place.scheme and not place.netloc
    return asked if plain and inside and not place.path.startswith("/logga-") else "/"


def asked_onward(path: str) -> str:
    """The sign-in page, which leads on to a path."""
    onward = own_path(path)
    return SIGN_IN if onward == "/" else f"{SIGN_IN}?vidare={quote(onward, safe='/')}"
