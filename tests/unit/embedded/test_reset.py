"""Forgetting the demo: everything or, while something runs, nothing."""

import pytest

from embedded import services
from embedded.errors import EmbeddedError
from embedded.locks import FileLock
from embedded.reset import reset


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_it_works(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "image").touch()
    (tmp_path / "demo.json").touch()
    gone = reset(tmp_path)
    assert gone == ["demo.json", "media", "services.lock", "supervisor.lock"]
    assert names(tmp_path) == []


def test_nothing_to_forget(tmp_path):
    assert reset(tmp_path / "absent") == []


def test_refused_while_the_demo_runs(tmp_path):
    (tmp_path / "demo.json").touch()
    lock = FileLock(tmp_path / "supervisor.lock")
    assert lock.try_own()
    with pytest.raises(EmbeddedError, match=r"^the demo runs on .*: stop it first"):
        reset(tmp_path)
    assert "demo.json" in names(tmp_path)
    lock.close()


def test_refused_while_a_command_uses_the_servers(root):
    before = names(root / "var")
    with services.use(root), pytest.raises(EmbeddedError, match=r"^a command runs on "):
        reset(root / "var")
    assert set(before) <= set(names(root / "var"))
