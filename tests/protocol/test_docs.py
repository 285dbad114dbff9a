"""`docs/protocol.md` tells the truth."""

import doctest
import re
from pathlib import Path

from protocol.document import canonical
from protocol.rules import DECIMAL_PLACES, EDITION_KEYS, LARGEST_VALUE, RESERVED_DIMENSIONS
from protocol.shipped import shipped_editions
from tests.protocol.builders import read_document

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")


def example():
    """The edition of the page as a canonical text."""
    return canonical(read_document(PAGE.split("```toml\n")[1].split("```")[0]))


def test_it_works():
    runner = doctest.DocTestRunner()
    code = "".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    parsed = doctest.DocTestParser().get_doctest(code, {"text": example()}, "protocol.md", None, 0)
    assert runner.run(parsed) == doctest.TestResults(failed=0, attempted=3)


def test_every_key_and_limit_is_named():
    missing = [key for key in EDITION_KEYS if f"`{key}`" not in PAGE]
    assert missing == []
    assert f"-{LARGEST_VALUE} to {LARGEST_VALUE}, at most {DECIMAL_PLACES} decimal places" in PAGE
    assert [word for word in RESERVED_DIMENSIONS if f"`{word}` is reserved" not in PAGE] == []


def test_every_shipped_edition_is_named():
    names = [f"{key}@{number}" for key, number in shipped_editions()]
    assert [name for name in names if f"`{name}`" not in PAGE] == []
