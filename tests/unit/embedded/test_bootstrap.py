"""The environment: made by uv or by pip, not made again, what is missing is named."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CODE = Path(__file__).resolve().parents[3]


def fill(root: Path) -> None:
    """Make a clone that needs no package, so that no index is asked."""
    (root / "embedded").mkdir()
    for name in ("Makefile", *(f"embedded/{n}.py" for n in ("__init__", "errors", "bootstrap"))):
        shutil.copy(CODE / name, root / name)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text("# nothing\n")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    fill(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment without packages, made by pip's road."""
    root = tmp_path_factory.mktemp("made")
    fill(root)
    result = bootstrap(root, path="/nowhere")
    assert result.returncode == 0, result.stderr
    assert "-m pip install" in result.stdout
    return root


@pytest.fixture
def made(clone: Path, made_once: Path) -> Path:
    """A clone whose environment stands."""
    shutil.copytree(made_once / ".venv", clone / ".venv", symlinks=True)
    return clone


def bootstrap(clone: Path, *words: str, path: str | None = None, **variables: str):
    environment = {**os.environ, "PATH": os.environ["PATH"] if path is None else path, **variables}
    command = [sys.executable, "-m", "embedded.bootstrap", *words]
    return subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_it_works(made):
    known = json.loads((made / ".venv" / "editjury.json").read_text())
    assert list(known) == ["requirements.txt"]
    kept = made / ".venv" / "kept"
    kept.touch()
    again = bootstrap(made, path="/nowhere")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    dev = bootstrap(made, "--dev", path="/nowhere")
    assert "-r requirements-dev.txt" in dev.stdout
    assert "venv .venv" not in dev.stdout
    assert kept.exists()


def test_a_changed_pin_is_installed(made):
    (made / "requirements.txt").write_text("# changed\n")
    assert "pip install" in bootstrap(made, path="/nowhere").stdout


def test_a_broken_environment_is_made_anew(made):
    (made / ".venv" / "bin" / "python").unlink()
    (made / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    result = bootstrap(made, path="/nowhere")
    assert result.returncode == 0, result.stderr
    assert "-m venv .venv" in result.stdout


def test_uv_is_taken_where_there_is_one(clone, tmp_path):
    """A stand-in notes how uv is called, since not every machine has one."""
    uv = tmp_path / "tools" / "uv"
    uv.parent.mkdir()
    words = f"exec {sys.executable} -m venv --without-pip .venv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n{words}\n')
    uv.chmod(0o755)
    mirror = "https://mirror.example/simple"
    result = bootstrap(clone, path=f"{uv.parent}:/usr/bin:/bin", PIP_INDEX_URL=mirror)
    assert result.returncode == 0, result.stderr
    first, second = (tmp_path / "calls").read_text().splitlines()
    assert first.startswith("venv -q --clear --python ")
    assert second.startswith("pip install -q --python ")
    assert second.endswith("-r requirements.txt")


def test_an_installer_that_fails_leaves_no_stamp(made):
    (made / ".venv" / "editjury.json").unlink()
    (made / "requirements.txt").write_text("a-package-that-no-index-has==1\n")
    result = bootstrap(made, path="/nowhere", PIP_NO_INDEX="1")
    assert result.returncode == 1
    assert "The packages could not be installed; the words above say why." in result.stderr
    assert not (made / ".venv" / "editjury.json").exists()


def test_a_python_without_ensurepip_is_told_the_package(clone):
    hidden = (
        "import importlib.util as u, runpy, sys; find = u.find_spec; "
        "u.find_spec = lambda name: None if name in ('ensurepip', 'virtualenv') else find(name); "
        "runpy.run_module('embedded.bootstrap', run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-c", hidden],
        cwd=clone,
        env={**os.environ, "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"apt install python{version}-venv" in result.stderr
    assert not (clone / ".venv").exists()


def test_without_a_new_enough_python_make_says_what_to_install(clone):
    result = subprocess.run(
        ["make", "env", "PYTHON="], cwd=clone, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "Python 3.11 or later is needed and none is on the PATH." in result.stdout
    assert "apt install python3 python3-venv" in result.stdout
