"""Pictures that show the same join one group, in the order of import."""

import io
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PIL import Image, ImageOps

from annotate.tasks.fingerprints import perceptual_hash
from annotate.tasks.near_duplicates import (
    THRESHOLD,
    Fingerprint,
    Groups,
    Pictures,
    distance,
)
from demo.photographs import SCENES


def image(name: str, bits: int | None = None) -> Fingerprint:
    return Fingerprint(name, bits)


def task(source: Fingerprint, *edits: Fingerprint) -> Pictures:
    return Pictures(source, edits)


def groups(tasks: Sequence[Pictures], threshold: int = THRESHOLD) -> list[int]:
    """The group of each task; one that is near several joins the first."""
    grown = Groups(tasks, threshold)
    found = []
    for number in range(len(tasks)):
        if near := grown.near(number):
            grown.join(number, near[0])
            found.append(near[0])
        else:
            found.append(grown.found(number))
    return found


def test_it_works():
    assert groups(
        [
            task(image("a", 0), image("a1", 2**40 - 1)),
            task(image("b", -1), image("b1", -8)),
            task(image("c", 0b111111)),
            task(image("d", 0b1111111 << 20)),
        ]
    ) == [0, 1, 0, 2]


def test_equal_content_joins_without_bits():
    assert groups([task(image("flat")), task(image("flat")), task(image("other"))]) == [0, 0, 1]


def test_flat_images_are_near_none_but_themselves():
    assert groups([task(image("a", 0)), task(image("b")), task(image("c", 1))]) == [0, 1, 0]


def test_an_edit_that_is_the_source_of_another_task_joins():
    chain = [
        task(image("a", 0), image("edited", 2**50)),
        task(image("x", -1)),
        task(image("edited", 2**50)),
    ]
    assert groups(chain) == [0, 1, 0]
    assert groups(chain[::-1]) == [0, 1, 0]


def test_two_edits_that_look_alike_say_nothing():
    blank = image("blank", 0x00FF00FF00FF00FF)
    assert groups([task(image("a", 0), blank), task(image("b", -1), blank)]) == [0, 1]


def test_whoever_bridges_groups_is_told():
    grown = Groups([task(image("a", 0)), task(image("b", 0b111111111)), task(image("c", 0b11111))])
    assert (grown.found(0), grown.found(1)) == (0, 1)
    assert grown.near(2) == [0, 1]


@pytest.mark.parametrize("threshold", [0, 1, 6, 16])
def test_it_finds_what_a_comparison_of_all_with_all_finds(threshold):
    rng = np.random.default_rng(threshold)
    bits = rng.integers(-(2**63), 2**63, 60)
    masks = (rng.random((60, 64)) < 0.15).dot(1 << np.arange(64, dtype=object))
    hashes = [(int(bits[k // 4]) ^ int(masks[k])) % 2**64 for k in range(60)]
    signed = [value - 2**64 if value >= 2**63 else value for value in hashes]
    tasks = [
        task(image(f"s{k}", signed[k]), image(f"e{k}", signed[k + 1])) for k in range(0, 60, 2)
    ]
    expected: list[int] = []
    for number, (source, edits) in enumerate(tasks):
        hits = [
            expected[other]
            for other in range(number)
            if near(source, [tasks[other].source, *tasks[other].edits], threshold)
            or any(near(edit, [tasks[other].source], threshold) for edit in edits)
        ]
        expected.append(min(hits, default=max(expected, default=-1) + 1))
    assert groups(tasks, threshold) == expected


def near(one: Fingerprint, others: Sequence[Fingerprint], threshold: int) -> bool:
    return any(
        one.bits is not None
        and other.bits is not None
        and distance(one.bits, other.bits) <= threshold
        for other in others
    )


def test_adding_tasks_moves_none():
    rng = np.random.default_rng(5)
    hashes = [int(value) & 0b111111111111 for value in rng.integers(0, 2**12, 200)]
    tasks = [task(image(f"s{k}", value)) for k, value in enumerate(hashes)]
    whole = groups(tasks)
    assert groups(tasks[:120]) == whole[:120]


def jpeg(picture: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=50)
    return Image.open(buffer).convert("RGB")


SAME: dict[str, Callable[[Image.Image], Image.Image]] = {
    "JPEG": jpeg,
    "half": lambda picture: picture.reduce(2),
    "larger": lambda picture: picture.resize((picture.width * 3 // 2, picture.height * 3 // 2)),
}


def test_photographs_are_told_apart_and_found_again():
    """What docs/formats.md says of the threshold, on the demo's photographs."""
    photographs = [Image.open(scene.path).convert("RGB") for scene in SCENES]
    hashes = [bits for each in photographs if (bits := perceptual_hash(each)) is not None]
    assert len(hashes) == len(photographs)
    for change in SAME.values():
        changed = [perceptual_hash(change(each)) for each in photographs]
        assert all(distance(a, b or 0) <= THRESHOLD for a, b in zip(hashes, changed, strict=True))
    flipped = [perceptual_hash(ImageOps.mirror(each)) or 0 for each in photographs]
    assert min(distance(a, b) for a, b in zip(hashes, flipped, strict=True)) > 20
    pairs = [distance(a, b) for number, a in enumerate(hashes) for b in hashes[:number]]
    assert min(pairs) > 20
