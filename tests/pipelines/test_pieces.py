"""Work in pieces: the same answers in one process as in several, and nothing done twice after an interruption."""

import multiprocessing
import os

import pandas as pd
import pytest

from pipelines.pieces import WORTH_IT, Kept, Piece, in_pieces, key_of


def squared(number, folder):
    """Leaves a file for each time that it is asked, in the process that it is asked in."""
    (folder / f"{number}-{os.getpid()}").touch()
    if number < 0:
        raise ValueError("refused")
    return number * number


def pieces(numbers, folder, size=WORTH_IT):
    return [Piece(name=str(one), key=key_of(one), size=size, arguments=(one, folder)) for one in numbers]


@pytest.fixture
def kept(tmp_path):
    return Kept(
        folder=tmp_path / "kept", write=lambda path, answer: path.write_text(str(answer)),
        read=lambda path: int(path.read_text()),
    )  # fmt: skip


def test_processes_give_what_one_gives_in_order(tmp_path):
    told = []
    assert in_pieces(squared, pieces([3, 1, 2], tmp_path), processes=2, progress=told.append) == [9, 1, 4]
    assert sorted(told) == ["1", "2", "3"]
    assert all(not path.name.endswith(f"-{os.getpid()}") for path in tmp_path.iterdir())
    assert multiprocessing.active_children() == []


def test_little_work_stays_in_this_process(tmp_path):
    assert in_pieces(squared, pieces([3, 1], tmp_path, size=1), processes=2, progress=lambda name: None) == [9, 1]
    assert all(path.name.endswith(f"-{os.getpid()}") for path in tmp_path.iterdir())


@pytest.mark.parametrize("size", [1, WORTH_IT])
def test_what_is_done_is_not_done_again(tmp_path, kept, size):
    calls = tmp_path / "calls"
    calls.mkdir()
    with pytest.raises(ValueError, match="refused"):
        in_pieces(squared, pieces([4, 5, -1], calls, size), processes=2, progress=lambda name: None, kept=kept)
    done = {path.name for path in kept.folder.iterdir()}
    assert done <= {key_of(4), key_of(5)}
    assert done
    assert multiprocessing.active_children() == []
    for path in calls.iterdir():
        path.unlink()
    told = []
    assert in_pieces(squared, pieces([4, 5, 6], calls, size), processes=2, progress=told.append, kept=kept) == [
        16,
        25,
        36,
    ]
    again = {key_of(int(path.name.split("-")[0])) for path in calls.iterdir()}
    assert again == {key_of(4), key_of(5), key_of(6)} - done
    assert sorted(told) == ["4", "5", "6"]


def test_a_key_tells_tables_and_texts_apart():
    table = pd.DataFrame({"a": ["x", None], "b": [1.0, 2.0]})
    keys = {
        key_of(table), key_of(table.iloc[::-1]), key_of(table.rename(columns={"a": "c"})), key_of(table, "x"),
        key_of(table.assign(b=[1.0, 3.0])), key_of("x"),
    }  # fmt: skip
    assert len(keys) == 6
    assert key_of(table) == key_of(table.copy())
