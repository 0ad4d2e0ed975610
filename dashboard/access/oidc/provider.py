"""What the provider says of itself: where things are, and the keys that its tokens are signed with."""

import logging
import math
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from dashboard.access.settings import LOOPBACK, SignInSettings

SECONDS = 4  # that the provider may take to answer
IN_LINE = 1  # second that somebody waits for the answer that another has asked for
SILENT = 30  # seconds that one which did not answer is left alone: a thread that waits for it answers nobody else
KEPT = 60 * 60  # seconds that what it says of itself is believed
AT_MOST = 24 * 60 * 60  # seconds that it is believed while the provider does not answer
AGAIN = 60  # seconds before its keys are fetched again for a token that none of them fits
SIGNED = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA", "Ed25519")
LARGEST = 1 << 20  # bytes of an answer


log = logging.getLogger("sjukvy.inloggning")


class ProviderDown(Exception):
    """The provider cannot be reached, or says something that makes no sense."""


class Untrue(Exception):
    """What came back from a sign-in cannot be believed; the reason is for the log."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The provider's metadata and keys, and when they were fetched."""

    facts: dict[str, Any]
    keys: KeySet
    at: float


class Provider:
    """One provider, found by its issuer. Nothing is asked before somebody signs in."""

    def __init__(self, settings: SignInSettings) -> None:
        self.settings = settings
        self._said: Said | None = None
        self._silent_at = -math.inf
        self._lock = threading.Lock()

    def said(self, *, older_than: float = KEPT) -> Said:
        """What it says, fetched again where that is older; what it said before, for a day, while it does not answer. Nobody
        waits long for it. Raises ProviderDown and Untrue."""
        known = self._kept(older_than)
        if known is None and not self.is_silent and self._lock.acquire(timeout=IN_LINE):
            try:
                known = self._kept(older_than)
                if known is None:
                    known = self._said = self._fetched()
            except ProviderDown as fault:
                self.note_silent()
                log.warning("the provider does not answer: %s", fault)
            finally:
                self._lock.release()
        known = known or self._kept(AT_MOST)
        if known is None:
            raise ProviderDown("it did not answer just now")
        return known

    @property
    def is_silent(self) -> bool:
        """Whether it has just been asked in vain."""
        return time.monotonic() - self._silent_at < SILENT

    def note_silent(self) -> None:
        self._silent_at = time.monotonic()

    def _kept(self, seconds: float) -> Said | None:
        said = self._said
        return said if said is not None and time.monotonic() - said.at <= seconds else None

    def _fetched(self) -> Said:
        issuer = self.settings.issuer
        facts = fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if facts.get("issuer") != issuer:
            raise Untrue("the provider calls itself something else")
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(_is_safe(facts.get(name)) for name in needed):
            raise ProviderDown("the provider lacks an address")
        try:
            keys = KeySet.import_key_set(fetched(facts["jwks_uri"]))
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise ProviderDown("the provider's keys cannot be read") from fault
        return Said(facts=facts, keys=keys, at=time.monotonic())

    def opened(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token that the provider has signed. Keys may have been changed: they are fetched again, not
        more than once a minute. Raises Untrue and ProviderDown."""
        said = self.said()
        try:
            found = jwt.decode(token, said.keys, algorithms=SIGNED)
        except (JoseError, ValueError):
            newer = self.said(older_than=AGAIN)
            if newer is said:
                raise Untrue("the token is not signed by the provider") from None
            return self.opened(token)
        return dict(found.header), dict(found.claims)


def fetched(address: str, **more: Any) -> dict[str, Any]:
    """JSON from an address of the provider; nothing leads elsewhere. Raises ProviderDown."""
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False, **more)
        if answer.status_code != 200 or len(answer.content) > LARGEST:
            raise ProviderDown(f"the provider answered {answer.status_code}")
        found = answer.json()
    except (requests.RequestException, ValueError) as fault:
        raise ProviderDown(type(fault).__name__) from fault
    if not isinstance(found, dict):
        raise ProviderDown("the provider's answer is no object")
    return found


def _is_safe(address: Any) -> bool:
    place = urlsplit(address) if isinstance(address, str) else None
    return place is not None and (place.scheme == "https" or (place.scheme == "http" and place.hostname in LOOPBACK))
