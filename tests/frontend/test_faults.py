"""Every code with which the server refuses something has its words, in both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = ("annotate/judgments", "annotate/assignment", "annotate/people", "annotate/progress")
"""Slices whose faults reach a page; those of a manifest are printed by the import alone."""
COMMANDS = {"bad_token", "token_scope"}
"""Said to programs that call with a token."""


def codes() -> set[str]:
    """The codes of refusals, and of faults that a form or a judgment may get."""
    found = set()
    for app in ("annotate", "protocol", "modelbridge"):
        for path in (ROOT / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r'\bcode="([a-z_]+)"', text))
            if path.relative_to(ROOT).as_posix().startswith(PAGES):
                found |= set(re.findall(r'\b_?(?:fault|Fault)\(\s*"([a-z_]+)"', text))
                found |= set(re.findall(r'"code": "([a-z_]+)"', text))
    return found - COMMANDS


def test_it_works() -> None:
    """Codes of both kinds are found."""
    assert {"stale_revision", "not_a_level", "already_submitted"} <= codes()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_code_has_words(language: str) -> None:
    """No code is shown as it is."""
    folder = ROOT / "frontend" / "src" / "i18n" / language
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ts")))
    worded = set(re.findall(r'"fault\.([a-z_]+)":', text))
    assert sorted(codes() - worded) == []
