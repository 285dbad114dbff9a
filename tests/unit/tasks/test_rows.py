"""One row of a manifest: what it may hold."""

import pytest

from annotate.tasks.faults import RowFault
from annotate.tasks.rows import CandidateRow, read_row
from tests.annotate.tasks.builders import row


def refusal(entry):
    with pytest.raises(RowFault) as caught:
        read_row(1, entry)
    return caught.value.reason, caught.value.field


def test_it_works():
    entry = row(
        candidates=("a",),
        category="objects",
        edit_mask="mask.png",
        instruction_lang="zh-Hans",
        instruction_translations={"en": "Add a bowl"},
        metadata={"origin": [1, None]},
    )
    entry["candidates"][0]["seed"] = -(2**63)
    task = read_row(7, entry)
    assert (task.number, task.external_id, task.instruction) == (7, "t1", "Edit t1")
    assert (task.category, task.language) == ("objects", "zh-Hans")
    assert task.translations == {"en": "Add a bowl"}
    assert task.metadata == {"origin": [1, None]}
    assert task.candidates == (CandidateRow("a", "t1-a.jpg", -(2**63)),)
    assert task.images() == {
        "source": "t1.jpg",
        "edit_mask": "mask.png",
        "candidates[0].image": "t1-a.jpg",
    }


def test_what_is_null_is_absent():
    task = read_row(1, row(category=None, metadata=None, instruction_lang=None, edit_mask=None))
    assert (task.category, task.metadata, task.language, task.edit_mask) == ("", {}, "en", None)


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"id": ""}, "empty", "id"),
        ({"id": None}, "missing_field", "id"),
        ({"id": 7}, "bad_type", "id"),
        ({"id": "x" * 201}, "too_long", "id"),
        ({"instruction": " \n\t"}, "empty_instruction", "instruction"),
        ({"instruction": ["x"]}, "bad_type", "instruction"),
        ({"instruction": "x" * 10_001}, "too_long", "instruction"),
        ({"source": ""}, "empty", "source"),
        ({"source": {"url": "x"}}, "bad_type", "source"),
        ({"category": "x" * 101}, "too_long", "category"),
        ({"category": 1}, "bad_type", "category"),
        ({"instruction_lang": "not a tag"}, "bad_language", "instruction_lang"),
        ({"instruction_translations": {"en": ""}}, "bad_type", "instruction_translations"),
        ({"instruction_translations": {"??": "x"}}, "bad_language", "instruction_translations"),
        ({"metadata": []}, "bad_type", "metadata"),
        ({"metadata": {"x": float("inf")}}, "bad_type", "metadata"),
        ({"metadata": {"x": "y" * 65_536}}, "too_long", "metadata"),
        ({"metadata": {"x": ["a\0b"]}}, "nul", ""),
        ({"metadata": {"a\0b": 1}}, "nul", ""),
        ({"instruction": "a\ud800b"}, "bad_utf8", ""),
        ({"colour": "red"}, "unknown_field", ""),
        ({"candidates": None}, "missing_field", "candidates"),
        ({"candidates": {}}, "bad_type", "candidates"),
        ({"candidates": []}, "too_few_candidates", "candidates"),
        ({"candidates": ["a.jpg"]}, "bad_type", "candidates[0]"),
        ({"candidates": [{"system": "a"}]}, "missing_field", "candidates[0]"),
        (
            {"candidates": [{"system": "a", "image": "a", "x": 1}]},
            "unknown_field",
            "candidates[0]",
        ),
        ({"candidates": [{"system": " ", "image": "a"}]}, "empty", "candidates[0].system"),
        ({"candidates": [{"system": 4, "image": "a"}]}, "bad_type", "candidates[0].system"),
        (
            {"candidates": [{"system": "a", "image": "a", "seed": 1.5}]},
            "bad_type",
            "candidates[0].seed",
        ),
        (
            {"candidates": [{"system": "a", "image": "a", "seed": True}]},
            "bad_type",
            "candidates[0].seed",
        ),
        (
            {"candidates": [{"system": "a", "image": "a", "seed": 2**63}]},
            "bad_type",
            "candidates[0].seed",
        ),
    ],
)
def test_refusals(fields, reason, field):
    assert refusal(row() | fields) == (reason, field)


@pytest.mark.parametrize("entry", [None, [], "text", 7])
def test_a_row_is_an_object(entry):
    assert refusal(entry) == ("bad_type", "")


def test_from_1_to_26_candidates():
    for number in (1, 26):
        systems = [f"s{place}" for place in range(number)]
        assert len(read_row(1, row(candidates=systems)).candidates) == number
    many = row(candidates=[f"s{place}" for place in range(27)])
    assert refusal(many) == ("too_many_candidates", "candidates")


def test_one_system_needs_different_seeds():
    entry = row(candidates=("a", "a"))
    assert refusal(entry) == ("same_system_and_seed", "candidates")
    entry["candidates"][0]["seed"] = 1
    assert len(read_row(1, entry).candidates) == 2
    entry["candidates"][1]["seed"] = 1
    assert refusal(entry) == ("same_system_and_seed", "candidates")


def test_the_digest_is_of_the_meaning():
    hashes = {"source": "s", "candidates[0].image": "a", "candidates[1].image": "b"}
    swapped = row()
    swapped["candidates"].reverse()
    crossed = {**hashes, "candidates[0].image": "b", "candidates[1].image": "a"}
    digest = read_row(1, row()).digest(hashes)
    assert read_row(9, swapped).digest(crossed) == digest
    assert read_row(1, row()).digest(crossed) != digest
    assert read_row(1, row(category="x")).digest(hashes) != digest
    assert read_row(1, row() | {"source": "elsewhere.jpg"}).digest(hashes) == digest
