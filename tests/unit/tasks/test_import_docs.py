"""docs/import.md names what the code does."""

import re
from pathlib import Path

from annotate.tasks import imaging, rows
from annotate.tasks.decoding import Limits

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


def test_every_reason_is_explained_and_no_other():
    source = "".join(path.read_text() for path in (ROOT / "annotate" / "tasks").glob("*.py"))
    raised = set(re.findall(r'(?:RowFault|_faulty)\(\s*"(\w+)"', source))
    _, _, section = TEXT.partition("## Reasons")
    cells = re.findall(r"^\| (`.+?) \|", section.partition("\n## ")[0], re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == raised


def test_every_field_is_listed():
    listed = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    assert listed >= {*rows.REQUIRED, *rows.OPTIONAL}


def test_the_limits_are_the_codes():
    for number in (imaging.MAX_BYTES, imaging.MAX_PIXELS, imaging.MAX_SIDE, rows.MAX_INSTRUCTION):
        assert f"{number:,}" in TEXT
    limits = Limits()
    assert f"{limits.memory // 2**30} GiB of memory, {limits.processor} seconds" in TEXT
    assert f"{limits.wall:.0f} seconds in all" in TEXT
