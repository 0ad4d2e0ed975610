"""Checks of folders, users and secrets."""

import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from dashboard.doctor.facts import Deployment, Finding, fault, files_below, fine, open_to_others, warning

SECRET = re.compile(r"(PASSWORD|LOSEN|SECRET|HEMLIG|TOKEN|KEY|NYCKEL)", re.IGNORECASE)
UNITS = "enheterna i deploy/systemd gör det"


def users(deployment: Deployment) -> Finding:
    """Two users, neither of them root."""
    web, pipeline = deployment.web, deployment.pipeline
    if web is None or pipeline is None:
        return warning(
            "Det går inte att se vilka användare som kör webben och inläsningen.", "ange --webb och --pipeline."
        )
    both = f"Webben körs av {deployment.person(web)}, inläsningen av {deployment.person(pipeline)}"
    if web.uid == pipeline.uid:
        return fault(f"{both}: samma användare når både rader och webb.", f"kör dem som två användare; {UNITS}.")
    if 0 in (web.uid, pipeline.uid):
        return fault(f"{both}: root ska inte köra någon av dem.", f"kör dem som två vanliga användare; {UNITS}.")
    return fine(f"{both}.")


def rows_from_web(deployment: Deployment) -> Iterator[Finding]:
    """The user of the dashboard reads no folder of rows."""
    web = deployment.web
    for folder in deployment.rows if web is not None else ():
        if web is not None and (web.reads(folder) or web.writes(folder)):
            yield fault(
                f"{folder} kan läsas av {deployment.person(web)}, som kör webben.",
                f"chown till inläsningens användare och chmod 700 {folder}.",
            )
        elif folder.exists():
            yield fine(f"{folder} är stängd för webben.")


def open_data(deployment: Deployment) -> Iterator[Finding]:
    """Nothing that is kept is readable or writable by everybody."""
    for folder in (*deployment.rows, deployment.state_folder, deployment.published):
        if not folder.exists():
            continue
        if any(not passable(above) for above in folder.absolute().parents):
            yield fine(f"{folder} ligger i en mapp som är stängd för andra.")
            continue
        found = next((path for path in _until_closed(folder) if open_to_others(path)), None)
        if found is None:
            yield fine(f"{folder} är stängd för andra användare på datorn.")
        else:
            yield fault(f"{found} är öppen för alla på datorn.", f"chmod -R o-rwx {folder}.")


def passable(folder: Path) -> bool:
    return open_to_others(folder, 0o001)


def _until_closed(folder: Path) -> Iterator[Path]:
    """What lies in a folder that others cannot pass is closed whatever its own mode says."""
    yield from files_below(folder) if passable(folder) else (folder,)


def published_for_web(deployment: Deployment) -> Finding:
    """The dashboard reads releases and cannot change them."""
    web, folder = deployment.web, deployment.published
    if web is None or not folder.exists():
        return warning(f"{folder} kan inte prövas.", "ange --webb, och publicera en utgåva.")
    if not web.reads(folder):
        return fault(f"{deployment.person(web)} kan inte läsa {folder}.", "ge mappens grupp läsrätt: deploy/systemd.")
    if web.uid != 0 and web.writes(folder):
        return fault(f"{deployment.person(web)} kan ändra utgåvorna i {folder}.", f"chmod g-w,o-w {folder}.")
    return fine(f"Webben kan läsa {folder} men inte ändra i den.")


def code_is_not_its_own(deployment: Deployment) -> Finding:
    """Who runs the program cannot change it."""
    for who in (deployment.web, deployment.pipeline):
        if who is not None and who.uid != 0 and who.writes(deployment.code):
            return fault(
                f"{deployment.person(who)} kan ändra programmet i {deployment.code}.", "låt root äga programmet."
            )
    return fine("Programmet kan inte ändras av dem som kör det.")


def secret_files(deployment: Deployment) -> Iterator[Finding]:
    """Secrets are files that only their owner reads."""
    for name, path in deployment.secrets.items():
        if not path.is_file():
            yield fault(f"{name} pekar på {path}, som inte finns.", "skriv filen, eller ta bort inställningen.")
        elif open_to_others(path, 0o077):
            yield fault(f"{path} ({name}) kan läsas av andra än sin ägare.", f"chmod 400 {path}.")
        else:
            yield fine(f"{path} ({name}) läses bara av sin ägare.")


def secrets_in_environment(deployment: Deployment) -> Iterator[Finding]:
    """A secret in the environment is seen by whoever lists the processes, and follows along into every child."""
    wrong = [
        name
        for name, value in deployment.environment.items()
        if name.startswith("SJUKVY_") and SECRET.search(name) and value and not Path(value).is_absolute()
    ]
    for name in wrong:
        yield fault(f"Miljövariabeln {name} ser ut att innehålla en hemlighet.", "lägg den i en fil och peka ut filen.")
    if not wrong:
        yield fine("Ingen hemlighet ligger i miljövariablerna.")
    url = make_url(deployment.state_address)
    if url.password:
        yield warning(
            "Adressen till databasen (state_url) innehåller ett lösenord.",
            "använd en socket med peer-inloggning, eller en .pgpass-fil.",
        )


def pseudonym_key_from_web(deployment: Deployment) -> Finding:
    """With the key of the pseudonyms a pseudonym can be told from a personal number."""
    key = deployment.pseudonym_key
    if key is None:
        return fine("Ingen nyckel för pseudonymer är angiven här.")
    if deployment.web is not None and deployment.web.reads(key):
        return fault(
            f"Nyckeln för pseudonymer, {key}, kan läsas av {deployment.person(deployment.web)}, som kör webben.",
            "flytta den till en mapp som bara inläsningen når, och byt nyckel om den kan ha lästs.",
        )
    return fine("Nyckeln för pseudonymer är stängd för webben.")
