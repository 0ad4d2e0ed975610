"""The key that forms and a sign-in under way are signed with: the same for every process, in a file that only the server's
user can read."""

import os
import secrets
from pathlib import Path
from tempfile import mkstemp

from dashboard.access.settings import SignInSettings

FILE = "formularnyckel"
SHORTEST = 32  # letters


def secret_of(settings: SignInSettings, folder: Path) -> str:
    """What stands in the file that the settings name, or in one that is made once in the folder. Raises ValueError for a key
    that is too short, and OSError."""
    if settings.secret_file is not None:
        found = settings.secret_file.read_text(encoding="utf-8").strip()
    else:
        found = _made_once(folder / FILE).strip()
    if len(found) < SHORTEST:
        raise ValueError(f"the key of forms must have at least {SHORTEST} letters")
    return found


def _made_once(path: Path) -> str:
    """Whole or not there, also where two processes make it at the same time."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, passing = mkstemp(dir=path.parent, prefix=".nyckel-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(passing, path)
            except FileExistsError:
                pass  # the other one was first: its key counts
        finally:
            os.unlink(passing)
    return path.read_text(encoding="utf-8")
