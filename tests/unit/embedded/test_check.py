"""`make check` and `make test`: all is run, what fails is named, what lacks is named."""

from pathlib import Path

import pytest

from embedded import browser, check, fonts, testing
from embedded.check import Check


def test_it_works(capsys):
    assert check.run_all([Check("one", lambda: 0), Check("two", lambda: 0)]) == []
    assert "== two: ok" in capsys.readouterr().out


def test_what_follows_a_failed_check_runs_as_well(capsys):
    checks = [Check("one", lambda: 1), Check("two", lambda: 0), Check("three", lambda: 2)]
    assert check.run_all(checks) == ["one", "three"]
    said = capsys.readouterr().out
    assert "== one: FAILED" in said
    assert "== two: ok" in said


def test_a_generated_file_that_differs_is_shown(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    committed, fresh = tmp_path / "schema.yaml", tmp_path / "fresh"
    fresh.write_text("a\nb\n")
    committed.write_text("a\n")
    assert check.same(committed, fresh) == 1
    said = capsys.readouterr().out
    assert "+b" in said
    assert "schema.yaml is not what the code says: run `make schema` and commit it." in said
    committed.write_text("a\nb\n")
    assert check.same(committed, fresh) == 0


def test_packages_without_a_lock_file_are_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    assert check.install(tmp_path) == 1
    assert capsys.readouterr().out == "package-lock.json is missing: commit it.\n"
    assert not (tmp_path / "node_modules").exists()


@pytest.fixture
def bare(monkeypatch):
    """A machine without a browser and without apt-get."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "MACOS", Path("/nowhere"))


def test_a_missing_browser_is_named_and_the_rest_runs(bare, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    assert "chromium" in testing.missing_packages()
    assert testing.prepare()
    assert f"The browser tests cannot run: {browser.ABSENT}." in capsys.readouterr().err


def test_in_continuous_integration_a_missing_browser_ends_the_run(bare, monkeypatch):
    monkeypatch.setenv("CI", "1")
    assert not testing.prepare()


def test_a_named_browser_is_taken(bare, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert browser.find() == "/opt/chromium"
    assert "chromium" not in testing.missing_packages()
    assert testing.prepare()


def test_an_own_external_server_needs_no_package(bare, monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://127.0.0.1/x")
    assert testing.missing_packages() == ["chromium", "fontconfig", fonts.PACKAGE]
