"""The state on SQLite and, where a server is installed, on PostgreSQL: the same tests for both."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from dashboard.state import State, address_of

BINARIES = next((path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of a PostgreSQL server of its own, on a socket in a folder of its own."""
    if BINARIES is None:
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("pg")
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    for path in (folder, *folder.parents):
        if (
            not path.stat().st_mode & 0o001
        ):  # pytest's own folders, also those of a worker, are closed for the server's user
            path.chmod(0o755)
    if as_user:
        shutil.chown(folder, "postgres", "postgres")

    def run(*command):
        subprocess.run([*as_user, *map(str, command)], check=True, capture_output=True, timeout=120, cwd=folder)

    run(BINARIES / "initdb", "-D", folder / "data", "-A", "trust", "-U", "sjukvy", "--no-sync")
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    command = [*as_user, BINARIES / "postgres", "-D", folder / "data", *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*map(str, command)], stdout=log, stderr=log, cwd=folder)
    while not (folder / ".s.PGSQL.5432").exists():
        assert process.poll() is None, (folder / "log").read_text()
        time.sleep(0.1)
    yield f"postgresql+pg8000://sjukvy@/{{name}}?unix_sock={folder}/.s.PGSQL.5432"
    process.send_signal(signal.SIGINT)  # a fast shutdown
    process.wait(60)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        return address_of(tmp_path / "state")
    made = request.getfixturevalue("server")
    name = f"t{abs(hash(request.node.nodeid))}"
    administering = create_engine(made.format(name="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administering.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return made.format(name=name)


@pytest.fixture
def state(address):
    opened = State(address)
    yield opened
    opened.engine.dispose()
