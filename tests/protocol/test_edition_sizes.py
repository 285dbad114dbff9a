"""Any protocol of 1-8 dimensions with 2-10 levels loads; more or fewer does not."""

import pytest

from protocol.document import canonical, digest, parse
from protocol.edition import EditionError
from tests.protocol.builders import edition_text, read_document


@pytest.mark.parametrize("levels", range(2, 11))
@pytest.mark.parametrize("dimensions", range(1, 9))
def test_it_works(dimensions, levels):
    document = parse(canonical(read_document(edition_text(dimensions, levels))))
    assert [len(part.levels) for part in document.dimensions] == [levels] * dimensions
    assert [part.key for part in document.dimensions] == [f"d{i}" for i in range(dimensions)]


@pytest.mark.parametrize(
    ("dimensions", "levels", "line", "key", "found", "accepted"),
    [
        (9, 2, 6, "dimensions", 9, "1 to 8 dimensions, [[dimensions]]"),
        (1, 1, 14, "dimensions[0].levels", 1, "2 to 10 levels, [[dimensions.levels]]"),
        (1, 11, 14, "dimensions[0].levels", 11, "2 to 10 levels, [[dimensions.levels]]"),
    ],
)
def test_other_sizes_are_refused(dimensions, levels, line, key, found, accepted):
    with pytest.raises(EditionError) as refusal:
        read_document(edition_text(dimensions, levels))
    message = f"found a list of {found}; accepted: a list of {accepted}"
    assert refusal.value.faults == [(line, key, message)]


def test_the_way_of_writing_toml_does_not_matter():
    text = edition_text(2, 3, ("en", "zh-Hans"))
    turned = text.replace("\n", "\r\n").replace("value = 0.5", "value = 0.500")
    spaced = "\ufeff# a comment\r\n" + turned.replace("Title (en)", "  Title (en)\\n")
    assert digest(canonical(read_document(spaced.encode()))) == digest(
        canonical(read_document(text))
    )


def test_criteria_and_low_score_reasons_may_be_absent():
    lines = edition_text().split("\n")
    text = "\n".join(lines[:9] + lines[13:-5]) + "\n"
    document = read_document(text)
    assert document["low_score_reasons"] == []
    assert document["dimensions"][0]["criteria"] == []
    assert document["dimensions"][0]["low_score_reasons"] == []
