"""The canonical text, its digest and its parsed form."""

import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.document import canonical, digest, number_text, parse
from tests.protocol.builders import edition_text, read_document

DECIMALS = st.decimals(-1000, 1000, allow_nan=False, places=3)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    TEXTS | DECIMALS | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.sampled_from("klmn"), VALUES)


def reread(text):
    return json.loads(text, parse_float=Decimal)


def test_it_works():
    document = {"b": [Decimal("2.50"), 3], "a": {"zh": "é", "en": 'a "b"\n'}}
    text = canonical(document)
    assert text == '{"a":{"en":"a \\"b\\"\\n","zh":"é"},"b":[2.5,3]}'
    # printf '%s' '{"a":{"en":"a \"b\"\n","zh":"é"},"b":[2.5,3]}' | sha256sum
    assert digest(text) == "bc7428fc1c3a47cdc8b9bbbbfdc16fbcd733c91583091fec1af72e56f549d11b"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4, "4"),
        (Decimal("4.0"), "4"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.250"), "-0.25"),
        (Decimal("-0.0"), "0"),
        (Decimal("1E-3"), "0.001"),
        (12345678901234567890123456789012345, "12345678901234567890123456789012345"),
    ],
)
def test_numbers_have_one_text(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize("value", [0.5, True, None, b"x", Decimal("NaN"), Decimal("Infinity")])
def test_inexact_values_are_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical({"a": value})


def test_two_spellings_of_one_key_are_refused():
    with pytest.raises(ValueError, match="the same text in normal form C"):
        canonical({"é": 1, "e\u0301": 2})


@given(DOCUMENTS)
def test_reading_a_canonical_text_gives_the_same_text(document):
    text = canonical(document)
    assert canonical(reread(text)) == text


def respelled(value):
    """The same value with keys in the other order, texts decomposed, decimals padded."""
    if isinstance(value, dict):
        return {key: respelled(value[key]) for key in reversed(list(value))}
    if isinstance(value, list):
        return [respelled(item) for item in value]
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    return Decimal(f"{value}.0") if isinstance(value, int) else Decimal(f"{value:f}0")


@given(DOCUMENTS)
def test_spelling_does_not_matter(document):
    assert digest(canonical(respelled(document))) == digest(canonical(document))


@given(DOCUMENTS, DOCUMENTS)
def test_different_documents_have_different_texts(one, other):
    same = reread(canonical(one)) == reread(canonical(other))
    assert (canonical(one) == canonical(other)) is same


def test_parse_gives_what_was_written():
    document = parse(canonical(read_document(edition_text(2, 3, ("en", "zh-Hans"), number=7))))
    assert (document.key, document.number, document.languages) == ("sample", 7, ("en", "zh-Hans"))
    assert document.title == {"en": "Title (en)", "zh-Hans": "Title (zh-Hans)"}
    first, second = document.dimensions
    assert first.values == (Decimal(0), Decimal("0.5"), Decimal(1))
    assert first.levels[1].text["zh-Hans"] == "Worded 1 for 0 (zh-Hans)"
    assert (first.criteria[0].key, first.criteria[0].name["en"]) == ("first", "First (en)")
    assert (first.low_score_reasons, second.low_score_reasons) == (("ugly",), ())
    assert document.low_score_reasons[0].dimension == "d0"
    assert document.cannot_judge_reasons[0].dimension is None
    assert document.dimension("d1") is second
    with pytest.raises(KeyError):
        document.dimension("d2")
