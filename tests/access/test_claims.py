"""From what a provider says to a person with roles: the forms that Keycloak, Entra ID and Inera give it."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.access.oidc.claims import Person, person
from dashboard.access.roles import Grant
from dashboard.access.settings import SignInSettings

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "inloggning.md"
WHO = {"iss": "https://login.example", "sub": "f3a1"}
CHEF = {"vc-chef": "verksamhetschef"}


def settings(**said):
    return SignInSettings(issuer=WHO["iss"], client_id="sjukvy", **said)


def grants(said, **claims):
    return [(one.roll, one.enhet_id) for one in person(settings(**said), WHO | claims).grants]


def test_the_examples_of_the_guide_are_settings():
    found = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(found) == 3
    for example in found:
        assert SignInSettings(**tomllib.loads(example)).issuer


@pytest.mark.parametrize(
    ("said", "claims", "expected"),
    [
        ({"role_claim": "groups", "roles": {"/sjukvy": "regionteam"}}, {"groups": ["/x", "/sjukvy"]}, [("regionteam", "")]),
        ({"role_claim": "realm_access.roles", "roles": CHEF, "unit_claim": "enhet"},
         {"realm_access": {"roles": ["vc-chef"]}, "enhet": ["SE1", "SE2"]},
         [("verksamhetschef", "SE1"), ("verksamhetschef", "SE2")]),
        ({"role_claim": "roles", "roles": {"Sjukvy.Admin": "admin"}}, {"roles": ["Sjukvy.Admin"]}, [("admin", "")]),
        ({"role_claim": "https://x.example/roles", "roles": CHEF, "unit_claim": "e"},
         {"https://x.example/roles": "vc-chef", "e": "SE1"}, [("verksamhetschef", "SE1")]),
        ({"role_claim": "commissionHsaId", "roles": {"*": "team"}, "unit_claim": "healthCareUnitHsaId"},
         {"commissionHsaId": "SE-U", "healthCareUnitHsaId": "SE-E"}, [("team", "SE-E")]),
        ({"role_claim": "groups", "roles": CHEF, "unit_claim": "enhet"}, {"groups": ["vc-chef"]}, []),
        ({"role_claim": "groups", "roles": CHEF}, {"groups": ["vc-chef"], "enhet": "SE1"}, []),
        ({"role_claim": "groups", "roles": {"*": "regionteam"}}, {}, []),
        ({"role_claim": "groups", "roles": CHEF, "unit_claim": "e"}, {"groups": [7, None, {}], "e": "SE1"}, []),
        ({"role_claim": "groups", "roles": CHEF, "unit_claim": "e"}, {"groups": "vc-chef", "e": "x" * 65}, []),
        ({"role_claim": "a.b", "roles": CHEF}, {"a": "b"}, []),
        ({}, {"groups": ["vc-chef"], "roles": ["admin"]}, []),
    ],
)  # fmt: skip
def test_roles_are_what_the_settings_say_of_the_claims_and_nothing_more(said, claims, expected):
    assert grants(said, **claims) == expected


def test_a_required_claim_has_its_value_or_nobody_comes():
    said = settings(required={"commissionPurpose": "Statistik"})
    assert person(said, WHO) is None
    assert person(said, WHO | {"commissionPurpose": "Vård och behandling"}) is None
    assert person(said, WHO | {"commissionPurpose": ["Vård", "Statistik"]}) is not None


def test_a_person_is_issuer_and_subject_and_the_name_is_only_what_to_call_them():
    found = person(settings(), WHO | {"name": "Anna", "email": "x@y.example"})
    assert found == Person(issuer=WHO["iss"], sub=WHO["sub"], name="Anna", grants=())
    assert person(settings(), WHO).name == WHO["sub"]
    assert Grant(roll="admin") not in found.grants
