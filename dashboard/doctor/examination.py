"""The list of checks, and examining a deployment by all of them."""

from collections.abc import Callable, Iterable, Iterator

from dashboard.doctor import files, service
from dashboard.doctor.facts import Deployment, Finding

Check = Callable[[Deployment], Finding | Iterable[Finding]]
CHECKS: tuple[Check, ...] = (
    files.users,
    files.rows_from_web,
    files.open_data,
    files.published_for_web,
    files.code_is_not_its_own,
    files.secret_files,
    files.secrets_in_environment,
    files.pseudonym_key_from_web,
    service.https,
    service.proxies,
    service.release,
    service.debug,
    service.other_settings,
    service.versions,
    service.backup,
    service.clock,
    service.disk,
    service.second_admin,
    service.trail,
)


def examine(deployment: Deployment) -> Iterator[Finding]:
    """Every finding, in the order of the list."""
    for check in CHECKS:
        found = check(deployment)
        yield from [found] if isinstance(found, Finding) else found
