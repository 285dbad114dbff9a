"""Strict readers of environment variables."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def boolean(name: str, *, default: bool) -> bool:
    """The variable as a truth value; an unknown word is an error, not False."""
    word = os.environ.get(name)
    if word is None:
        return default
    if word.lower() in TRUE:
        return True
    if word.lower() in FALSE:
        return False
    raise ImproperlyConfigured(
        f"{name}={word!r}: accepted are 1, 0, true, false, yes, no, on, off."
    )


def secret(name: str) -> str:
    """The variable, or the content of the file that `NAME_FILE` names; one of them must be set."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    raise ImproperlyConfigured(
        f"{name} is not set: set it, or {name}_FILE to a file that holds it."
    )
