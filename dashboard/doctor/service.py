"""Checks of what is served, of versions, copies, clock and disk."""

import re
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path
from urllib.parse import urlsplit

from packaging.requirements import Requirement

from dashboard.doctor.facts import Deployment, Finding, age_in_days, fault, fine, time_in, warning
from dashboard.release import NothingPublished, Releases
from dashboard.state import Unavailable
from dashboard.trail.log import Trail
from dashboard.trail.sealed import folder_of
from dashboard.trail.verify import verify

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OLD_RELEASE, OLD_BACKUP = 45, 2  # days
LEAST_FREE, LEAST_SHARE = 1_000_000_000, 0.10  # bytes, and share of the disk
DEBUG = ("FLASK_DEBUG", "DASH_DEBUG", "PYTHONDEVMODE")
OFF = ("", "0", "false", "no")
REDIRECTION = re.compile(r"(?i)^(DASH|PLOTLY)_")


def https(deployment: Deployment) -> Finding:
    """Cookies and figures never go in the open."""
    place = urlsplit(deployment.address)
    if place.scheme == "https":
        return fine(f"Adressen {deployment.address} är krypterad.")
    if place.hostname in LOOPBACK:
        return warning(
            f"Adressen är {deployment.address}: den gäller bara på den här datorn.",
            'ange address = "https://…/" och ställ nginx framför (deploy/nginx.conf).',
        )
    return fault(
        f"Adressen {deployment.address} är inte krypterad.", "ställ nginx med TLS framför (deploy/nginx.conf)."
    )


def proxies(deployment: Deployment) -> Finding:
    """Behind a proxy that is not counted every address in the audit trail is the proxy's own."""
    behind = urlsplit(deployment.address).scheme == "https"
    if behind and not deployment.proxies:
        return warning("Granskningsloggen får proxyns adress i stället för användarens.", "ange proxies = 1.")
    if deployment.proxies and not behind:
        return warning("En proxy är angiven, men adressen är inte https.", "ange address, eller proxies = 0.")
    return fine(f"Antal betrodda proxyer: {deployment.proxies}.")


def release(deployment: Deployment) -> Iterator[Finding]:
    """There is one, it is whole, real and not old."""
    opened = Releases(deployment.published)
    try:
        shown = opened.current()
    except NothingPublished:
        yield fault("Ingen utgåva kan visas.", "sjukvy run MAPP, eller sjukvy status.")
        return
    if opened.refused is not None:
        yield fault(f"Utgåva {opened.refused} är skadad; {shown.name} visas.", "sjukvy rollback, och bygg om.")
    if shown.is_demo and not deployment.demo:
        yield fault("Utgåvan som visas är påhittad (demo).", "läs in och publicera regionens egna uppgifter.")
    made = time_in(shown.name)
    if made is not None:
        age = age_in_days(made, deployment.now)
        old = warning(f"Utgåvan är {age:.0f} dagar gammal.", "se sjukvy status och timern sjukvy-pipeline.")
        yield old if age > OLD_RELEASE else fine(f"Utgåva {shown.name} visas.")


def debug(deployment: Deployment) -> Finding:
    """Debugging shows the program's inside to whoever meets an error."""
    on = [name for name in DEBUG if deployment.environment.get(name, "").lower() not in OFF]
    return fault(f"Felsökningsläge är på: {', '.join(on)}.", "ta bort variabeln.") if on else fine("Felsökning är av.")


def other_settings(deployment: Deployment) -> Finding:
    """Dash and plotly take settings from the environment: one of them opens the callbacks to language models."""
    on = sorted(name for name in deployment.environment if REDIRECTION.match(name) and name not in DEBUG)
    if "DASH_MCP_ENABLED" in on and deployment.environment["DASH_MCP_ENABLED"].lower() not in OFF:
        return fault("DASH_MCP_ENABLED är satt: det öppnar sidornas frågor för språkmodeller.", "ta bort variabeln.")
    if on:
        return warning(f"Miljövariabler som styr Dash är satta: {', '.join(on)}.", "ta bort dem.")
    return fine("Inga miljövariabler styr Dash.")


def versions(deployment: Deployment) -> Iterator[Finding]:
    """Nothing is older than what the product asks for: the floors are where known holes are mended."""
    old = []
    for line in requires("sjukvy") or ():
        wanted = Requirement(line)
        found = deployment.versions(wanted.name) if wanted.marker is None else None
        if found is not None and not wanted.specifier.contains(found, prereleases=True):
            old.append(f"{wanted.name} {found} (ska vara {wanted.specifier})")
    if old:
        yield fault(f"Paket av fel version: {', '.join(old)}.", "installera ur requirements.lock.")
    else:
        yield fine("Alla paket har de versioner som krävs.")


def backup(deployment: Deployment) -> Finding:
    """A copy that is made, and lately."""
    if deployment.backups is None:
        return warning("Det går inte att se när säkerhetskopior gjordes.", "ange --kopior MAPP.")
    made = [time for path in deployment.backups.glob("sjukvy-*") if (time := time_in(path.name)) is not None]
    if not made:
        return fault(f"Ingen säkerhetskopia finns i {deployment.backups}.", "sjukvy backup MAPP, varje dygn.")
    age = age_in_days(max(made), deployment.now)
    if age > OLD_BACKUP:
        return fault(f"Den senaste säkerhetskopian är {age:.0f} dagar gammal.", "se varför sjukvy backup inte körs.")
    return fine("Säkerhetskopian är från det senaste dygnet.")


def clock(deployment: Deployment) -> Finding:
    """Times of the trail, of sessions and of releases are worth what the clock is."""
    names = [path.name for path in deployment.published.glob("[0-9]*")] if deployment.published.is_dir() else []
    later = [name for name in names if (made := time_in(name)) and age_in_days(made, deployment.now) < -1 / 288]
    if later:
        return fault(f"Klockan går fel: utgåva {max(later)} är gjord senare än nu.", "ställ klockan (NTP).")
    is_set = deployment.clock_is_set()
    if is_set is None:
        return warning("Det går inte att se om klockan ställs.", "kontrollera NTP (timedatectl, chronyc).")
    return fine("Klockan ställs av systemet.") if is_set else fault("Klockan ställs inte.", "slå på NTP.")


def disk(deployment: Deployment) -> Iterator[Finding]:
    """A full disk stops what people write and the next release."""
    for folder in (deployment.published, deployment.state_folder, *deployment.rows):
        if not folder.is_dir():
            continue
        whole, free = deployment.disk(folder)
        said = f"{folder}: {free / 1e9:.0f} GB ledigt av {whole / 1e9:.0f}."
        if free < LEAST_FREE:
            yield fault(said, "gör plats: sjukvy gallra, äldre utgåvor, eller en större disk.")
        elif free < LEAST_SHARE * whole:
            yield warning(said, "gör plats innan den är full.")
        else:
            yield fine(said)


def second_admin(deployment: Deployment) -> Iterator[Finding]:
    """One who is away, or whose account is taken, locks everybody out."""
    if deployment.admins is None:
        return
    if deployment.admins < 2:
        yield warning(f"Antal administratörer: {deployment.admins}.", "ge en person till rollen admin.")
    else:
        yield fine(f"Antal administratörer: {deployment.admins}.")


def trail(deployment: Deployment) -> Iterator[Finding]:
    """The audit trail is whole, and goes somewhere that this machine cannot change."""
    url = deployment.state_address
    if url.startswith("sqlite") and not Path(url.partition("///")[2]).is_file():
        yield warning("Granskningsloggen är inte påbörjad.", "inget, om tjänsten är ny; annars anmäl en incident.")
    else:
        try:
            shown = Trail(url)
            faults = verify(shown, folder_of(shown), with_sealed=folder_of(shown) is not None).faults
        except Unavailable:
            yield fault("Databasen för det som skrivs kan inte nås.", "se state_url och mappens rättigheter.")
            return
        if faults:
            yield fault("Granskningsloggen är inte hel.", "sjukvy audit-log verify, och anmäl en incident.")
        else:
            yield fine("Granskningsloggen är hel.")
    if not deployment.forward_trail:
        yield warning(
            "Granskningsloggen skickas inte till systemets logg.", "audit_forward = true, och vidare till SIEM."
        )
