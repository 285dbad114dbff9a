#!/usr/bin/env python
"""Runs a Django command, with the embedded services where no server is set."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded import services
from embedded.errors import EmbeddedError

ROOT = Path(__file__).resolve().parent
RESHAPING = {"migrate", "flush", "restore"}
"""Commands after which `make demo` has to look at the migrations again."""
SERVERLESS = {"help", "version", "--version", "check", "spectacular", "collectstatic"}


def needs_servers(arguments: list[str]) -> bool:
    """Whether a command line may touch the database."""
    return (
        bool(arguments) and arguments[0] not in SERVERLESS and not {"-h", "--help"} & set(arguments)
    )


@contextmanager
def servers(arguments: list[str]) -> Iterator[None]:
    """Puts what the settings need into the environment, as long as the command runs."""
    wanted = {"DATABASE_URL": "postgres", "REDIS_URL": "valkey"}
    missing = tuple(name for variable, name in wanted.items() if not os.environ.get(variable))
    if not missing:
        yield
    elif needs_servers(arguments):
        with services.use(ROOT, need=missing) as urls:
            _fill(urls)
            if arguments[0] in RESHAPING:
                (ROOT / "var" / "stamps.json").unlink(missing_ok=True)
            yield
    else:
        _fill(services.settled(ROOT))
        yield


def _fill(urls: services.Urls) -> None:
    for name, value in urls.environment().items():
        if not os.environ.get(name):
            os.environ[name] = value


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotate.settings")
    from django.core.management import execute_from_command_line

    try:
        with servers(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(f"manage.py: {error}")


if __name__ == "__main__":
    main()
