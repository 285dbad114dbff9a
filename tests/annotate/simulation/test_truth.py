"""Truth files: what is read, and that one bad line refuses all with its number and reason."""

import json
from typing import Any

import pytest

from annotate.simulation.truth import BadTruthError, Place, Truth, read_truth

CANDIDATES = [("t1", "s1", None), ("t1", "s2", 1), ("t1", "s2", 2)]
GOOD = {"task": "t1", "system": "s1", "dimension": "d0", "value": 2.5, "noise": 0.3}


def read(*rows: dict[str, Any] | bytes) -> dict[Place, Truth]:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return read_truth(lines, candidates=CANDIDATES, known={"d0", "d1"})


def test_it_works():
    found = read(
        GOOD,
        {"task": "t1", "system": "s2", "dimension": "d1", "value": 3},
        {"task": "t1", "system": "s2", "dimension": "d1", "value": 1, "seed": 2},
        {"task": "t1", "system": "s1", "dimension": "d1", "value": -1, "seed": None},
    )
    assert found == {
        ("t1", "s1", None, "d0"): Truth(2.5, 0.3),
        ("t1", "s2", None, "d1"): Truth(3.0, 0.0),
        ("t1", "s2", 2, "d1"): Truth(1.0, 0.0),
        ("t1", "s1", None, "d1"): Truth(-1.0, 0.0),
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"", "is not JSON (Expecting value: line 1 column 1 (char 0))"),
        (b'{"task": "\xff"}', "is not UTF-8"),
        (b"[1]", "is not a JSON object"),
        ({"task": "t1"}, "lacks system"),
        ({**GOOD, "task": 1}, "has a task that is not a text"),
        ({**GOOD, "value": "2"}, "has a value that is not a number"),
        ({**GOOD, "value": True}, "has a value that is not a number"),
        ({**GOOD, "seed": 1.5}, "has a seed that is not a number"),
        (
            {**GOOD, "nose": 1},
            "has an unknown field 'nose'; accepted are task, system, dimension, value, noise, seed",
        ),
        ({**GOOD, "task": "t2"}, "the project has no task 't2'"),
        ({**GOOD, "system": "s3"}, "the task 't1' has no candidate of 's3'"),
        ({**GOOD, "seed": 4}, "the task 't1' has no candidate of 's1' with seed 4"),
        ({**GOOD, "dimension": "d2"}, "there is no dimension 'd2'; accepted are d0, d1"),
        ({**GOOD, "noise": -0.1}, "accepted are a finite value and a finite noise of at least 0"),
        (
            {**GOOD, "value": float("nan")},
            "accepted are a finite value and a finite noise of at least 0",
        ),
        (
            {**GOOD, "value": 10**400},
            "accepted are a finite value and a finite noise of at least 0",
        ),
    ],
)
def test_a_bad_line_is_named(row, reason):
    with pytest.raises(BadTruthError) as caught:
        read(GOOD, row)
    assert caught.value.details == {"faults": [{"line": 2, "reason": reason}]}
    assert str(caught.value) == f"1 bad truth lines\nline 2: {reason}"


def test_a_line_may_not_say_the_same_again():
    with pytest.raises(BadTruthError) as caught:
        read(GOOD, {**GOOD, "value": 3})
    assert caught.value.details["faults"] == [
        {"line": 2, "reason": "says the same candidate and dimension a second time"}
    ]


def test_all_bad_lines_are_listed_and_the_first_twenty_shown():
    with pytest.raises(BadTruthError) as caught:
        read(*[b"no"] * 25)
    assert [fault["line"] for fault in caught.value.details["faults"]] == list(range(1, 26))
    said = str(caught.value).splitlines()
    assert (said[0], len(said), said[-1]) == ("25 bad truth lines", 22, "and 5 more")
