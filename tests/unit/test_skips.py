"""A skip that is not listed with its reason fails the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import listed_skips

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path):
    """Runs one test file under the guard of tests/conftest.py alone."""

    def run(body: str, **variables: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
        (tmp_path / "skips.txt").write_text("# listed\n*::test_listed  no cat here\n")
        (tmp_path / "test_it.py").write_text(body)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "", **variables}
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        command = [sys.executable, "-m", "pytest", "--rootdir", str(tmp_path)]
        return subprocess.run(
            [*command, str(tmp_path)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


LISTED = "import pytest\ndef test_listed(): pytest.skip('no cat here')\n"


def test_it_works(run):
    assert run(LISTED).returncode == 0


def test_another_reason_fails(run):
    result = run(LISTED.replace("cat", "dog"))
    assert result.returncode == 1
    assert "UNLISTED SKIP test_it.py::test_listed: no dog here" in result.stdout


def test_another_test_fails(run):
    result = run(LISTED.replace("test_listed", "test_other"))
    assert result.returncode == 1
    assert "UNLISTED SKIP test_it.py::test_other: no cat here" in result.stdout


def test_a_whole_file_that_is_skipped_fails(run):
    result = run("import pytest\npytest.skip('no cat here', allow_module_level=True)\n")
    assert result.returncode == 1
    assert "UNLISTED SKIP test_it.py: no cat here" in result.stdout


def test_in_continuous_integration_no_skip_may_be(run):
    result = run(LISTED, CI="1")
    assert result.returncode == 1
    assert "UNLISTED SKIP test_it.py::test_listed: no cat here" in result.stdout


def test_every_line_of_our_list_has_a_reason():
    for pattern, reason in listed_skips((ROOT / "tests" / "skips.txt").read_text()):
        assert pattern.startswith("tests/")
        assert len(reason.split()) > 3
