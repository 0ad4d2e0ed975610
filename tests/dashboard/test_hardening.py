"""What the connection to a release refuses, whatever is asked of it, and how long a question may take."""

import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard.deadline import Deadline
from dashboard.release import LOCKED, Releases


@pytest.fixture
def connection(region):
    return Releases(region.published).current().connection.cursor()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/etc/passwd')",
        "COPY fakta TO '{tmp}/ut.csv'",
        "COPY fakta FROM '/etc/passwd'",
        "EXPORT DATABASE '{tmp}/ut'",
        "ATTACH '{tmp}/annan.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE SECRET (TYPE s3)",
        "SET threads = 8",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "SET temp_directory = '{tmp}'",
        "INSERT INTO fakta VALUES ('a', 'b')",
        "UPDATE fakta SET varde = 'b'",
        "DELETE FROM fakta",
        "CREATE TABLE annan (a INTEGER)",
        "DROP TABLE fakta",
        "SELECT * FROM frame",
        "SELECT getenv('HOME')",
    ],
)
def test_the_connection_refuses(connection, tmp_path, statement):
    frame = pd.DataFrame({"a": [1]})  # a replacement scan would find it
    assert len(frame) == 1
    with pytest.raises(duckdb.Error):
        connection.execute(statement.format(tmp=tmp_path)).fetchall()
    assert list(tmp_path.iterdir()) == []
    assert connection.execute("SELECT count(*) FROM fakta").fetchone()[0] > 0


def test_every_setting_holds(connection):
    for name, value in LOCKED.items():
        found = connection.execute("SELECT value FROM duckdb_settings() WHERE name = ?", [name]).fetchone()[0]
        if name in ("memory_limit", "max_temp_directory_size"):
            assert found.endswith("iB") and float(found.split()[0]) < 1000
        else:
            assert found == value, name
    spill = connection.execute("SELECT current_setting('temp_directory')").fetchone()[0]
    assert Path(spill).name.startswith("sjukvy-") and Path(spill).stat().st_mode & 0o777 == 0o700


def test_a_question_that_takes_too_long_is_interrupted_and_the_next_is_answered(connection):
    deadline = Deadline(0.2, every=0.05)
    begun = time.monotonic()
    endless = "SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c WHERE a.range + b.range < c.range"
    with pytest.raises(duckdb.InterruptException), deadline.on(connection):
        connection.execute(endless).fetchall()
    assert time.monotonic() - begun < 10
    with deadline.on(connection):
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_a_question_in_time_is_not_interrupted(connection):
    deadline = Deadline(60, every=0.01)
    for _ in range(20):
        with deadline.on(connection):
            assert connection.execute("SELECT count(*) FROM range(100000)").fetchall() == [(100000,)]
