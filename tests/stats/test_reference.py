"""Our functions against every reference figure there is, and a runner that cannot pass by not looking."""

import json
import re
import shutil

import numpy as np
import pytest

from tests.architecture.source import ROOT
from tests.reference.run import cases, file_cases, main
from tests.reference.source import Pair, Source

# what may be skipped, and nothing else
WITHOUT_METHOD = (
    "regression model",
    "quantile groups",
    "slope index",
    "peer's",
    "disclosure",
    "CUSUM",
    "Aalen's variance",
)


@pytest.fixture(scope="module")
def run(shared):
    return list(cases(shared / "oracles"))


def test_every_reference_figure_is_reproduced(run):
    assert [case.line() for case in run if case.outcome == "failed"] == []
    assert sum(case.outcome == "passed" for case in run) > 250


def test_a_skipped_figure_names_the_method_that_is_missing(run):
    skipped = [case for case in run if case.outcome == "skipped"]
    assert [case.line() for case in skipped if not any(word in case.line() for word in WITHOUT_METHOD)] == []


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("spc_mdc/expected_spc.json", lambda text: text.replace('"lpl":[', '"lpl":[1e3,', 1)),
        ("survival_r/expected.json", lambda text: re.sub(r'"chisq":\s*10\.3', '"chisq": 11.3', text)),
        ("survival_curves/km_lung_log.json", lambda text: re.sub(r'"surv":\s*0\.99', '"surv": 0.98', text, count=1)),
        ("phe/Rate__testdata_Rate.csv", lambda text: text.replace("1.62348639011842", "1.62348639511842")),
        ("phe/DSR_ISR__testdata_err1.csv", lambda text: text.replace("-26", "26")),
    ],
)
def test_a_changed_figure_fails(shared, tmp_path, file, damage):
    """err1 is no fault when nothing in it is wrong: then there is no case left, and that shows in the count."""
    folder = shutil.copytree(shared / "oracles" / file.split("/")[0], tmp_path / "copy")
    path = folder / file.split("/")[1]
    before = [case.outcome for case in file_cases(Source(path), path.name)]
    text = path.read_text(encoding="utf-8-sig")
    assert damage(text) != text
    for writable in (folder, path):
        writable.chmod(0o755)
    path.write_text(damage(text), encoding="utf-8")
    after = [case.outcome for case in file_cases(Source(path), path.name)]
    assert "failed" not in before
    assert "failed" in after or len(after) < len(before)


def test_a_file_that_nobody_knows_fails(tmp_path, capsys):
    (tmp_path / "news.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 2 failed, 0 skipped"


def test_the_command_ends_with_the_sum(shared, capsys):
    folder = shared / "oracles" / "decomposition"
    assert main([str(folder)]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert last == f"{len(lines)} passed, 0 failed, 0 skipped"
    assert main([str(folder / "nothing")]) == 2
    assert '-m tests.reference.run "$(DIR)"' in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_pairs_compare_shape_missing_and_text():
    assert Pair("same", [1.0, np.nan], [1.0, np.nan]).fault() is None
    assert Pair("missing", [1.0, 2.0], [1.0, np.nan]).fault()
    assert Pair("shape", [1.0], [1.0, 1.0]).fault()
    assert Pair("text", np.array(["a"]), np.array(["b"])).fault()
    assert Pair("close", 1.0, 1.0 + 1e-8).fault()
