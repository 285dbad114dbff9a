"""Every text of the account pages is there in Chinese, as written and as compiled."""

import ast
import gettext
import re
from pathlib import Path

import annotate

FOLDER = Path(annotate.__file__).parent
CATALOGUE = FOLDER / "locale" / "zh_Hans" / "LC_MESSAGES"
QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""


def written() -> dict[str, str]:
    """The pairs of the .po file."""
    text = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(rf"^msgid {QUOTED}\nmsgstr {QUOTED}$", text, re.MULTILINE)
    return {ast.literal_eval(key): ast.literal_eval(value) for key, value in pairs if key != '""'}


def used() -> set[str]:
    """The texts that templates and forms ask for."""
    found: set[str] = set()
    for path in (FOLDER / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= {ast.literal_eval(key) for key in re.findall(rf"{{% translate {QUOTED}", text)}
        blocks = re.findall(
            r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", text, re.DOTALL
        )
        found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in blocks}
    for path in (FOLDER / "people").glob("*.py"):
        keys = re.findall(rf"\b_\({QUOTED}\)", path.read_text(encoding="utf-8"))
        found |= {ast.literal_eval(key) for key in keys}
    return found


def test_it_works():
    assert used() == set(written())


def test_the_compiled_catalogue_is_the_written_one():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {key: compiled.gettext(key) for key in written()} == written()


def test_every_text_is_chinese_and_keeps_its_parameters():
    for key, value in written().items():
        assert re.search(r"[\u4e00-\u9fff]", value), key
        assert sorted(re.findall(r"%\(\w+\)s", value)) == sorted(re.findall(r"%\(\w+\)s", key))
