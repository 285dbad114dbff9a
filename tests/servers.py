"""Early pytest plugin: servers for the whole session, up before Django reads its settings."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from embedded import services

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = pytest.StashKey[str]()
STACK = pytest.StashKey[ExitStack]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Take the servers of TEST_DATABASE_URL or DATABASE_URL, else start throw-away ones."""
    stack = early_config.stash[STACK] = ExitStack()
    for name in ("DATABASE_URL", "REDIS_URL"):
        if os.environ.get(f"TEST_{name}"):
            os.environ[name] = os.environ[f"TEST_{name}"]
    early_config.stash[ORIGIN] = "set from outside"
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        early_config.stash[ORIGIN] = "embedded, thrown away afterwards"
        urls = stack.enter_context(services.use(ROOT, durable=False))
        for name, value in urls.environment().items():
            if not os.environ.get(name):
                os.environ[name] = value
    os.environ.setdefault(
        "SECRET_KEY", "only-for-tests-where-servers-are-set-from-outside-0123456789"
    )
    return (yield)


def pytest_report_header(config: pytest.Config) -> str:
    """The server that the database tests speak to."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        version = connection.execute("SHOW server_version").fetchone()
    return f"database: PostgreSQL {version[0] if version else '?'} ({config.stash[ORIGIN]})"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    config.stash[STACK].close()
