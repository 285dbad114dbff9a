"""The shipped editions are complete, and their texts never change."""

import unicodedata
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from demo.make_anchors import ANCHORS, make
from protocol.document import canonical, digest, parse
from protocol.edition import read_edition
from protocol.shipped import NotShippedError, shipped_edition, shipped_editions
from tests.protocol.builders import read_document

DIGESTS = {
    ("editreward", 1): "fdf30682d55509d144ed70e6526d7f9e951a6c2e130782a510d25daaf5f46236",
    ("editreward", 2): "cd7fd9eae28c718fe1abb5446182dd64affa1d8dec2fc60d3502f50abaa7175a",
    ("quick_check", 1): "77022fd44eb8dd167ddca96dbf13749047802825625f92c47aa71cd4575e9637",
}


def raw_document_of(path):
    return canonical(read_document(path.read_bytes(), folder=path.parent))


def document_of(key, number):
    return parse(raw_document_of(shipped_edition(key, number)))


def every_text(document):
    """All localized texts of a document."""
    yield document.title
    yield document.guideline
    for dimension in document.dimensions:
        yield from (dimension.name, dimension.question)
        for part in (*dimension.criteria, *dimension.levels):
            yield from (part.name, part.text)
        for example in (each for level in dimension.levels for each in level.examples):
            yield from (example.instruction, example.note)
    for reason in (*document.cannot_judge_reasons, *document.low_score_reasons):
        yield reason.text


def test_it_works():
    document = document_of("editreward", 1)
    assert {
        dimension.key: ([part.key for part in dimension.criteria], dimension.values)
        for dimension in document.dimensions
    } == {
        "instruction_following": (
            ["semantic_accuracy", "completeness", "exclusivity"],
            (Decimal(1), Decimal(2), Decimal(3), Decimal(4)),
        ),
        "visual_quality": (
            ["plausibility", "artifact_free", "aesthetics"],
            (Decimal(1), Decimal(2), Decimal(3), Decimal(4)),
        ),
    }
    for dimension in document.dimensions:
        assert [level.name["en"] for level in dimension.levels] == [
            "Very poor",
            "Relatively poor",
            "Relatively good",
            "Very good",
        ]


def test_published_texts_never_change():
    """A change of a shipped text is a new file with the next number, and one more line above."""
    found = {name: digest(raw_document_of(path)) for name, path in shipped_editions().items()}
    assert found == DIGESTS


@pytest.mark.parametrize(("key", "number"), DIGESTS)
def test_every_text_is_there_in_both_languages(key, number):
    document = document_of(key, number)
    assert document.languages == ("en", "zh-Hans")
    for texts in every_text(document):
        assert set(texts) == {"en", "zh-Hans"}
        assert any(unicodedata.name(letter, "").startswith("CJK") for letter in texts["zh-Hans"])
        assert texts["en"].isascii()


@pytest.mark.parametrize(("key", "number"), DIGESTS)
def test_every_level_is_worded_for_its_dimension(key, number):
    document = document_of(key, number)
    for language in document.languages:
        worded = [x.text[language] for part in document.dimensions for x in part.levels]
        assert len(set(worded)) == len(worded)


def test_the_second_edition_has_three_levels_and_a_decimal():
    values = {part.key: part.values for part in document_of("quick_check", 1).dimensions}
    assert values == {
        "done": (Decimal(0), Decimal("0.5"), Decimal(1)),
        "kept": (Decimal(1), Decimal(2), Decimal(3)),
        "clean": (Decimal(1), Decimal(2), Decimal(3)),
    }


def test_reasons_belong_to_their_dimension():
    document = document_of("editreward", 1)
    reasons = {part.key: part.low_score_reasons for part in document.dimensions}
    assert "over_edited" in reasons["instruction_following"]
    assert "over_edited" not in reasons["visual_quality"]
    assert "seam_visible" in reasons["visual_quality"]
    assert {keys[-1] for keys in reasons.values()} == {"other"}
    assert len(document.cannot_judge_reasons) == 6


def test_the_highest_number_is_the_default():
    assert shipped_edition("editreward") == shipped_editions()["editreward", 2]


def test_edition_2_differs_from_1_by_its_examples_only():
    """One pair of pictures for each level; every word that is asked stayed."""
    first, second = document_of("editreward", 1), document_of("editreward", 2)
    bare = tuple(
        replace(part, levels=tuple(replace(level, examples=()) for level in part.levels))
        for part in second.dimensions
    )
    assert replace(second, number=1, dimensions=bare) == first
    counts = {len(level.examples) for part in second.dimensions for level in part.levels}
    assert counts == {1}
    assert len(second.images) == 10


def test_the_pictures_are_small():
    path = shipped_edition("editreward", 2)
    images = read_edition(path.read_bytes(), folder=path.parent).images
    assert {each.media_type for each in images} == {"image/webp"}
    assert sum(len(each.content) for each in images) < 500_000
    for each in images:
        with Image.open(BytesIO(each.content)) as picture:
            assert picture.size == (256, 256)


def test_the_script_makes_the_pictures_of_the_edition():
    """Compared as pixels: another library may write other bytes."""
    folder = shipped_edition("editreward", 2).parent / "images"
    assert {path.stem for path in folder.iterdir()} == {anchor.name for anchor in ANCHORS}
    for anchor in ANCHORS:
        with (
            Image.open(BytesIO(make(anchor))) as made,
            Image.open(folder / f"{anchor.name}.webp") as kept,
        ):
            difference = ImageChops.difference(made.convert("RGB"), kept.convert("RGB"))
            assert max(ImageStat.Stat(difference).mean) < 2


def test_an_unknown_edition_is_refused_with_those_that_are_shipped():
    with pytest.raises(NotShippedError) as refusal:
        shipped_edition("editreward", 99)
    assert str(refusal.value) == (
        "editreward@99 is not a shipped edition; shipped are editreward@1, "
        "editreward@2, quick_check@1"
    )
