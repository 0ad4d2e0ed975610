"""From claims to a person and roles: groups of Keycloak, roles of Entra ID, the assignment of Inera."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.access.roles import ROLES, Grant
from dashboard.access.settings import SignInSettings

ANY = "*"
LONGEST_NAME, LONGEST_UNIT = 120, 64


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who came: issuer and subject are who, the name is only what to call them."""

    issuer: str
    sub: str
    name: str
    grants: tuple[Grant, ...]


def person(settings: SignInSettings, claims: Mapping[str, Any]) -> Person | None:
    """Who came and with which roles; None where a required claim has another value (an assignment for something else than
    statistics, say)."""
    if any(value not in _texts(claims, name) for name, value in settings.required.items()):
        return None
    called = next(iter(_texts(claims, settings.name_claim)), "") or claims["sub"]
    grants = _grants(settings, claims) if settings.role_claim else ()
    return Person(issuer=claims["iss"], sub=claims["sub"], name=called[:LONGEST_NAME], grants=grants)


def _grants(settings: SignInSettings, claims: Mapping[str, Any]) -> tuple[Grant, ...]:
    told = _texts(claims, settings.role_claim)
    roles = [settings.roles[one] for one in told if one in settings.roles]
    if told and ANY in settings.roles:
        roles.append(settings.roles[ANY])
    units = [unit for unit in _texts(claims, settings.unit_claim) if len(unit) <= LONGEST_UNIT]
    found = [
        Grant(roll=role, enhet_id=unit)
        for role in dict.fromkeys(roles)
        for unit in (units if ROLES[role].own_units else [""])
    ]
    return tuple(found)


def _texts(claims: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a claim, alone or in a list; a name with dots leads into it, unless a claim is called so."""
    found: Any = claims.get(name)
    if found is None and name:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str) and one]
