"""Every fault of a judgment as a code and its parameters; no database."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.judgments.rules import Rules, rules_of
from annotate.judgments.shapes import OPTIONAL
from annotate.judgments.validation import check_judgment
from protocol.document import canonical, parse
from tests.protocol.builders import edition_text, read_document

RULES: Rules = rules_of(parse(canonical(read_document(edition_text(dimensions=2, levels=3)))))
CELLS = [(label, dimension) for label in "AB" for dimension in ("d0", "d1")]


def rating(label: str, dimension: str, value: Any = 1, **more: Any) -> dict[str, Any]:
    return {"label": label, "dimension": dimension, "value": value, **more}


def payload(**fields: Any) -> dict[str, Any]:
    ratings = [rating(*cell) for cell in CELLS]
    return {"submission_id": str(uuid4()), "ratings": ratings, **fields}


def faults(body: Any) -> list[dict[str, Any]]:
    return check_judgment(body, candidates=2, rules=RULES)[1]


def changed(place: int, **fields: Any) -> dict[str, Any]:
    body = payload()
    body["ratings"][place] = {**body["ratings"][place], **fields}
    return body


def test_it_works():
    answers, found = check_judgment(payload(), candidates=2, rules=RULES)
    assert found == []
    assert answers.ratings == {
        (place, dimension): (Decimal(1), False) for place in (0, 1) for dimension in ("d0", "d1")
    }


def test_levels_may_be_decimals():
    answers, found = check_judgment(changed(0, value=0.5, unsure=True), candidates=2, rules=RULES)
    assert found == []
    assert answers.ratings[0, "d0"] == (Decimal("0.5"), True)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([], [{"code": "not_an_object"}]),
        (None, [{"code": "not_an_object"}]),
        (payload(purpose="gold"), [{"code": "unknown_field", "name": "purpose"}]),
        (payload(submission_id="abc"), [{"code": "bad_uuid", "field": "submission_id"}]),
        (payload(submission_id=uuid4().hex), [{"code": "bad_uuid", "field": "submission_id"}]),
        (
            payload(submission_id=5),
            [{"code": "wrong_type", "name": "submission_id", "accepted": ["string"]}],
        ),
        (
            changed(0, value=7),
            [
                {
                    "code": "not_a_level",
                    "label": "A",
                    "dimension": "d0",
                    "value": 7,
                    "accepted": [0.0, 0.5, 1.0],
                }
            ],
        ),
        (
            changed(0, value=True),
            [
                {
                    "code": "wrong_type",
                    "name": "value",
                    "accepted": ["integer", "number"],
                    "field": "ratings",
                    "index": 0,
                },
                {"code": "missing_rating", "label": "A", "dimension": "d0"},
            ],
        ),
        (
            changed(3, label="C"),
            [
                {"code": "unknown_label", "field": "ratings", "label": "C"},
                {"code": "missing_rating", "label": "B", "dimension": "d1"},
            ],
        ),
        (
            changed(3, dimension="charm"),
            [
                {"code": "unknown_dimension", "field": "ratings", "dimension": "charm"},
                {"code": "missing_rating", "label": "B", "dimension": "d1"},
            ],
        ),
        (
            changed(3, dimension="d0"),
            [
                {"code": "duplicate_rating", "label": "B", "dimension": "d0"},
                {"code": "missing_rating", "label": "B", "dimension": "d1"},
            ],
        ),
        (
            changed(0, colour="grey"),
            [
                {"code": "unknown_field", "name": "colour", "field": "ratings", "index": 0},
                {"code": "missing_rating", "label": "A", "dimension": "d0"},
            ],
        ),
        (
            payload(cannot_judge=[{"label": "B", "reason": "broken"}]),
            [
                {"code": "rated_and_cannot_judge", "label": "B", "dimension": dimension}
                for dimension in ("d0", "d1")
            ],
        ),
        (
            payload(ratings=[], cannot_judge=[{"reason": "bored"}]),
            [{"code": "unknown_reason", "field": "cannot_judge", "reason": "bored"}],
        ),
        (
            payload(ratings=[], cannot_judge=[{"reason": "broken"}] * 2),
            [{"code": "duplicate_cannot_judge", "label": None, "dimension": None}],
        ),
        (
            payload(comparisons=[{"left": "A", "right": "A", "outcome": "tie"}]),
            [{"code": "compared_with_itself", "left": "A", "right": "A", "dimension": None}],
        ),
        (
            payload(
                comparisons=[
                    {"left": "A", "right": "B", "outcome": "left"},
                    {"left": "B", "right": "A", "outcome": "tie"},
                ]
            ),
            [{"code": "duplicate_comparison", "left": "B", "right": "A", "dimension": None}],
        ),
        (
            payload(comparisons=[{"left": "A", "right": "B", "outcome": "both"}]),
            [
                {
                    "code": "unknown_outcome",
                    "outcome": "both",
                    "accepted": ["left", "right", "tie"],
                }
            ],
        ),
        (
            payload(reasons=[{"label": "A", "dimension": "d1", "reason": "ugly"}]),
            [
                {
                    "code": "unknown_reason",
                    "field": "reasons",
                    "dimension": "d1",
                    "reason": "ugly",
                }
            ],
        ),
        (
            payload(reasons=[{"label": "A", "dimension": "d0", "reason": "ugly"}] * 2),
            [{"code": "duplicate_reason", "label": "A", "dimension": "d0", "reason": "ugly"}],
        ),
        (
            payload(regions=[{"label": "A", "box": [0.5, 0, 0.5, 1]}]),
            [{"code": "bad_box", "label": "A"}],
        ),
        (
            payload(regions=[{"label": "A", "box": [0, 0, 1.1, 1]}]),
            [{"code": "bad_box", "label": "A"}],
        ),
        (
            payload(regions=[{"label": "A", "box": [0, 0, 1]}]),
            [{"code": "bad_box", "label": "A"}],
        ),
        (
            payload(regions=[{"label": "A", "box": [0, 0, 1, 1]}] * 201),
            [{"code": "too_many", "field": "regions", "limit": 200}],
        ),
        (
            payload(comment="x" * 4001),
            [{"code": "too_long", "field": "comment", "limit": 4000}],
        ),
        (payload(language="no such"), [{"code": "bad_language", "field": "language"}]),
        (
            payload(active_ms=-1),
            [{"code": "out_of_range", "field": "active_ms", "least": 0, "most": 86_400_000}],
        ),
        (payload(tools=[1]), [{"code": "not_an_object", "field": "tools", "index": 0}]),
        (
            payload(tools=[{"tool": "", "ms": 1}]),
            [{"code": "out_of_range", "field": "tools", "least": 1, "most": 64}],
        ),
        (
            payload(tools=[{"tool": "blink", "ms": -1}]),
            [{"code": "out_of_range", "field": "tools", "least": 0, "most": 86_400_000}],
        ),
        (
            payload(tools=[{"tool": "blink", "label": "Z", "ms": 1}]),
            [{"code": "unknown_label", "field": "tools", "label": "Z"}],
        ),
        (payload(submitted_at="noon"), [{"code": "bad_time", "field": "submitted_at"}]),
        (
            payload(submitted_at="2026-01-01T00:00:00"),
            [{"code": "bad_time", "field": "submitted_at"}],
        ),
    ],
)
def test_each_fault_is_named(body, expected):
    assert faults(body) == expected


def test_every_fault_is_named_at_once():
    body = payload(comment="x" * 5000, active_ms=-1, more=1)
    body["ratings"][0]["value"] = 9
    assert [fault["code"] for fault in faults(body)] == [
        "unknown_field",
        "not_a_level",
        "too_long",
        "out_of_range",
    ]


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ({}, []),
        ({"label": "A"}, [("B", "d0"), ("B", "d1")]),
        ({"dimension": "d1"}, [("A", "d0"), ("B", "d0")]),
        ({"label": "B", "dimension": "d0"}, [("A", "d0"), ("A", "d1"), ("B", "d1")]),
    ],
)
def test_what_cannot_be_judged_needs_no_rating(entry, left):
    ratings = [rating(*cell) for cell in left]
    body = payload(ratings=ratings, cannot_judge=[{"reason": "broken", **entry}])
    answers, found = check_judgment(body, candidates=2, rules=RULES)
    assert found == []
    assert answers.judges_nothing == (left == [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(["submission_id", "x", *OPTIONAL])
ENTRY = st.dictionaries(
    st.sampled_from(["label", "dimension", "value", "reason", "left", "right", "outcome", "box"]),
    st.sampled_from(["A", "B", "d0", "ugly", "tie", 1, None, [0, 0, 1, 1]]) | JSON,
)


@given(st.dictionaries(NAMES, JSON | st.lists(ENTRY, max_size=3)) | JSON)
def test_no_body_breaks_the_check(body):
    """Whatever JSON comes, the answer is a list of faults."""
    found = faults(body)
    assert found
    assert all(isinstance(fault["code"], str) for fault in found)
