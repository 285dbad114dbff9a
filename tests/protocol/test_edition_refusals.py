"""A faulty edition is refused with line, key and what is accepted."""

import pytest

from protocol.edition import EditionError
from tests.protocol.builders import edition_text, read_document

KEY = "1 to 40 of a-z, 0-9 and _, a letter first"
VALUE = "an integer or decimal from -1000 to 1000 with at most 3 decimal places"
NAME = "text of 1 to 40 characters, without control characters"
NUMBER = "an integer from 1 to 9999"
LANGUAGES = "a list of 1 to 8 language tags"
TAG = "a language tag such as en, de-CH or zh-Hans"


def faults(text):
    with pytest.raises(EditionError) as refusal:
        read_document(text)
    return refusal.value.faults


def changed(old, new, text=None):
    """The sample edition (two languages, two dimensions, three levels) with one change."""
    text = text or edition_text(2, 3, ("en", "zh-Hans"))
    assert old in text
    return text.replace(old, new, 1)


def test_it_works():
    text = changed("value = 0.5", "value = 0.0")
    with pytest.raises(EditionError) as refusal:
        read_document(text)
    assert str(refusal.value) == (
        "line 19: dimensions[0].levels[1].value: found 0.0; "
        "accepted: a value above 0.0: levels stand in strictly rising order"
    )
    assert refusal.value.details == {
        "faults": [
            {
                "line": 19,
                "key": "dimensions[0].levels[1].value",
                "message": "found 0.0; accepted: a value above 0.0: levels stand in strictly "
                "rising order",
            }
        ]
    }
    assert text.split("\n")[18] == "value = 0.0"


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "accepted"),
    [
        ('key = "sample"', 'key = "Sample"', 1, "key", "'Sample'", KEY),
        ('key = "sample"', "key = 5", 1, "key", "5", KEY),
        ('key = "sample"\n', "", 1, "key", "no such key", KEY),
        ('key = "sample"', f'key = "{"a" * 41}"', 1, "key", f"'{'a' * 40}…'", KEY),
        ("number = 1", "number = 0", 2, "number", "0", NUMBER),
        ("number = 1", "number = 10000", 2, "number", "10000", NUMBER),
        ("number = 1", "number = 1.0", 2, "number", "1.0", NUMBER),
        ("number = 1", "number = true", 2, "number", "true", NUMBER),
        ("['en', 'zh-Hans']", "'en'", 3, "languages", "'en'", LANGUAGES),
        ("['en', 'zh-Hans']", "[]", 3, "languages", "a list of 0", LANGUAGES),
        ("['en', 'zh-Hans']", "['EN']", 3, "languages[0]", "'EN'", TAG),
        ("'en', ", "'en', 'en', ", 3, "languages[1]", "'en' a second time", "each of them once"),
        ("value = 0.5", "value = nan", 19, "dimensions[0].levels[1].value", "NaN", VALUE),
        ("value = 0.5", "value = inf", 19, "dimensions[0].levels[1].value", "Infinity", VALUE),
        ("value = 0.5", "value = 0.5001", 19, "dimensions[0].levels[1].value", "0.5001", VALUE),
        ("value = 0.5", "value = 1e-900", 19, "dimensions[0].levels[1].value", "1E-900", VALUE),
        ("value = 0.5", "value = 1000.001", 19, "dimensions[0].levels[1].value", "1000.001", VALUE),
        ("value = 0.5", "value = '1'", 19, "dimensions[0].levels[1].value", "'1'", VALUE),
        ("value = 0.5", "value = true", 19, "dimensions[0].levels[1].value", "true", VALUE),
        ("value = 0.5\n", "", 18, "dimensions[0].levels[1].value", "no such key", VALUE),
        ("Level 1 (en)", " \\n ", 20, "dimensions[0].levels[1].name.en", "an empty text", NAME),
        (
            "Level 1 (en)",
            "a\\u0000b",
            20,
            "dimensions[0].levels[1].name.en",
            "the control character U+0000",
            NAME,
        ),
        ("Level 1 (en)", "a" * 41, 20, "dimensions[0].levels[1].name.en", "41 characters", NAME),
        (
            ', zh-Hans = "Level 1 (zh-Hans)"',
            "",
            20,
            "dimensions[0].levels[1].name.zh-Hans",
            "no such key",
            NAME,
        ),
        (
            'Level 1 (en)"',
            'A", de = "B"',
            20,
            "dimensions[0].levels[1].name.de",
            "an unknown key",
            "the keys en, zh-Hans",
        ),
        (
            "value = 0.5",
            "value = 0.5\nhint = 'x'",
            20,
            "dimensions[0].levels[1].hint",
            "an unknown key",
            "the keys value, name, text, examples",
        ),
        (
            'key = "d1"',
            'key = "d0"',
            27,
            "dimensions[1].key",
            "'d0' a second time",
            "each of them once",
        ),
        (
            'key = "d1"',
            'key = "overall"',
            27,
            "dimensions[1].key",
            "'overall'",
            "a key that is not a reserved word",
        ),
        (
            'dimension = "d0"',
            'dimension = "d7"',
            51,
            "low_score_reasons[0].dimension",
            "'d7'",
            "d0 or d1, or no such key",
        ),
        (
            "[[cannot_judge_reasons]]\n",
            """[[cannot_judge_reasons]]
key = "broken"
text = {en = "a", zh-Hans = "b"}
[[cannot_judge_reasons]]
""",
            50,
            "cannot_judge_reasons[1].key",
            "'broken' a second time",
            "each of them once",
        ),
        (
            'title = { en = "Title (en)", zh-Hans = "Title (zh-Hans)" }',
            'title = "Title"',
            4,
            "title",
            "'Title'",
            "in every language, text of 1 to 120 characters, without control characters",
        ),
    ],
)
def test_one_fault_is_named_where_it_stands(old, new, line, key, found, accepted):
    message = f"found {found}; accepted: {accepted}"
    assert faults(changed(old, new)) == [(line, key, message)]


def test_all_faults_are_named_at_once_in_the_order_of_lines():
    text = changed("number = 1", "number = 0", changed("value = 0.5", "value = nan"))
    assert [(line, key) for line, key, _ in faults(text)] == [
        (2, "number"),
        (19, "dimensions[0].levels[1].value"),
    ]


def test_a_long_text_before_a_fault_does_not_shift_its_line():
    text = changed(
        'guideline = { en = "Look closely. (en)", zh-Hans = "Look closely. (zh-Hans)" }',
        '[guideline]\nen = """\n# A\n\nkey = "x"\n[[dimensions]]\n"""\nzh-Hans = \'\'\'b\n\'\'\'',
        changed("value = 0.5", "value = nan"),
    )
    (fault,) = faults(text)
    assert text.split("\n")[fault[0] - 1] == "value = nan"
    assert fault[1] == "dimensions[0].levels[1].value"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (1, "languages", f"found no such key; accepted: {LANGUAGES}")),
        ('key = "a"\nkey = "b"', (2, "key", "found Cannot overwrite a value; accepted: TOML 1.0")),
        ("a = [1,\n", (2, "the edition", "found Invalid value; accepted: TOML 1.0")),
        ('a = 1\nb = "\0"', (2, "b", "found Illegal character '\\x00'; accepted: TOML 1.0")),
        (
            "a = 1\nb 2",
            (2, "b 2", "found Expected '=' after a key in a key/value pair; accepted: TOML 1.0"),
        ),
        (b"a = 1\nb = '\xff'", (2, "the edition", "found byte 0xff; accepted: text in UTF-8")),
        ("a = '\ud800'", (1, "the edition", "found byte 0xed; accepted: text in UTF-8")),
        ("a" * 262145, (1, "the edition", "found 262145 bytes; accepted: at most 262144")),
    ],
)
def test_what_is_no_toml_is_refused(text, fault):
    assert faults(text) == [fault]


@pytest.mark.parametrize("value", ["1e9999999999999999999999", "9" * 5000, "[" * 3000])
def test_what_no_parser_swallows_is_refused(value):
    message = "found what can't be read (too large or too deep); accepted: TOML 1.0"
    assert faults(f"key = 'a'\nnumber = {value}\nmore = 1") == [(2, "number", message)]
