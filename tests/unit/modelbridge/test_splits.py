"""Splits part no near-duplicate group, whatever the seed, and adding tasks moves none."""

import hashlib
from collections import defaultdict

import numpy as np
import pytest

from annotate.tasks.near_duplicates import Fingerprint, Pictures, distance
from modelbridge.dataset.splits import Placement, Split, drawn, place, read_shares
from protocol.errors import Refused

SHARES = (80, 10, 10)


def pool(count: int, seed: int = 0) -> list[Pictures]:
    """Tasks in which about every third source is near an earlier one."""
    rng = np.random.default_rng(seed)
    bits = [int(value) for value in rng.integers(-(2**63), 2**63, count)]
    for number in range(1, count):
        if rng.random() < 0.35:
            near = bits[int(rng.integers(number))]
            flips = sum(1 << int(bit) for bit in rng.choice(62, 4, replace=False))
            bits[number] = near ^ flips
    return [
        Pictures(Fingerprint(f"s{number}", value), [Fingerprint(f"e{number}", value ^ 1)])
        for number, value in enumerate(bits)
    ]


def placed(tasks: list[Pictures], seed: str = "0") -> list[Placement]:
    return list(place(tasks, shares=SHARES, seed=seed))


def test_it_works():
    """A group goes where the hash of the seed and its first source says."""
    tasks = pool(50)
    for task, placement in zip(tasks, placed(tasks), strict=True):
        u = int.from_bytes(hashlib.sha256(f"0:{placement.cluster}".encode()).digest()[:8], "big")
        share = u / 2**64
        names = [Split.TRAIN] * (share < 0.8) + [Split.VALIDATION] * (share < 0.9) + [Split.TEST]
        assert placement.split == names[0]
        if placement.cluster == task.source.content:
            assert placement.split == drawn("0", task.source.content, SHARES)


@pytest.mark.parametrize("seed", [str(number) for number in range(20)])
def test_no_near_pair_stands_in_two_splits(seed):
    tasks = pool(150, int(seed))
    by_split: dict[Split, list[int]] = defaultdict(list)
    for task, placement in zip(tasks, placed(tasks, seed), strict=True):
        if placement.split and task.source.bits is not None:
            by_split[placement.split].append(task.source.bits)
    assert len(by_split) == 3
    splits = list(by_split)
    for number, one in enumerate(splits):
        for other in splits[:number]:
            least = min(distance(a, b) for a in by_split[one] for b in by_split[other])
            assert least > 6


@pytest.mark.parametrize("seed", ["0", "a"])
def test_adding_tasks_moves_none(seed):
    tasks = pool(200)
    assert placed(tasks, seed)[:120] == placed(tasks[:120], seed)


def test_whoever_bridges_splits_goes_nowhere():
    left, right = Fingerprint("left", 0), Fingerprint("right", 0b111111111)
    between = Fingerprint("between", 0b11111)
    seed = next(
        str(number)
        for number in range(1000)
        if drawn(str(number), "left", SHARES) != drawn(str(number), "right", SHARES)
    )
    tasks = [Pictures(each, []) for each in (left, right, between, between)]
    assert [placement.split for placement in placed(tasks, seed)][2:] == [None, None]
    equal = next(
        str(number)
        for number in range(1000)
        if drawn(str(number), "left", SHARES) == drawn(str(number), "right", SHARES)
    )
    assert [placement.cluster for placement in placed(tasks, equal)] == [
        "left",
        "right",
        "left",
        "left",
    ]


def test_shares_are_expectations():
    tasks = [Pictures(Fingerprint(f"s{number}", None), []) for number in range(5000)]
    found = [placement.split for placement in placed(tasks)]
    for split, share in zip(Split, SHARES, strict=True):
        assert abs(found.count(split) / 50 - share) < 3


@pytest.mark.parametrize(
    ("text", "shares"), [("100", (100, 0, 0)), ("80/10/10", (80, 10, 10)), ("0/0/100", (0, 0, 100))]
)
def test_shares_are_read(text, shares):
    assert read_shares(text) == shares


@pytest.mark.parametrize("text", ["", "80", "80/20", "80/10/11", "-1/100/1", "80/10/10/0", "a/b/c"])
def test_other_shares_are_refused(text):
    with pytest.raises(Refused, match="sum to 100"):
        read_shares(text)
