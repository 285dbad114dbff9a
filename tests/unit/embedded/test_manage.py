"""Which commands get servers, and what the settings are told."""

import os

import pytest

import manage


@pytest.mark.parametrize(
    "arguments",
    [
        ["help"],
        ["version"],
        ["check"],
        ["spectacular"],
        [],
        ["migrate", "--help"],
        ["doctor", "-h"],
    ],
)
def test_commands_that_start_no_server(arguments):
    assert not manage.needs_servers(arguments)


@pytest.mark.parametrize("arguments", [["migrate"], ["makemigrations", "--check"], ["doctor"]])
def test_commands_that_do(arguments):
    assert manage.needs_servers(arguments)


@pytest.fixture
def bare(root, monkeypatch):
    monkeypatch.setattr(manage, "ROOT", root)
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EDITJURY_INSTANCE"):
        monkeypatch.setenv(name, "")
    return root


def test_it_works(bare):
    with manage.servers(["migrate"]):
        assert os.environ["DATABASE_URL"].startswith("postgres://editjury:")
        assert os.environ["REDIS_URL"].startswith("redis://:")
        assert len(os.environ["SECRET_KEY"]) >= 64
        assert len(os.environ["EDITJURY_INSTANCE"]) == 8


@pytest.mark.parametrize(
    ("command", "stays"), [("doctor", True), ("restore", False), ("migrate", False)]
)
def test_a_command_that_reshapes_the_schema_drops_the_stamps(bare, command, stays):
    stamps = bare / "var" / "stamps.json"
    stamps.write_text("{}")
    with manage.servers([command]):
        assert stamps.exists() is stays


def test_only_what_is_missing_is_started(bare, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("SECRET_KEY", "mine")
    with manage.servers(["migrate"]):
        assert os.environ["DATABASE_URL"] == "postgres://elsewhere/db"
        assert os.environ["SECRET_KEY"] == "mine"
        assert not (bare / "var" / "run").exists()
        assert "postgres" not in (bare / "var" / "services.json").read_text()


def test_nothing_is_started_for_help(bare):
    with manage.servers(["help"]):
        assert os.environ["DATABASE_URL"].startswith("postgres://editjury:")
        assert not (bare / "var" / "services.json").exists()


def test_nothing_is_touched_where_both_are_set(bare, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    with manage.servers(["migrate"]):
        assert os.environ["SECRET_KEY"] == ""
        assert not (bare / "var" / "services.lock").exists()
