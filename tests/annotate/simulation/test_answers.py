"""What a planted annotator sends: always a legal judgment, like a person's."""

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

import pytest

from annotate.errors import Fault
from annotate.judgments.rules import rules_of
from annotate.judgments.validation import check_judgment
from annotate.simulation.answers import REMARKS, Response, Shown
from annotate.simulation.model import Annotator, plant_annotator
from annotate.simulation.truth import Place, Truth, Truths
from protocol.document import Document, canonical, parse
from protocol.shipped import shipped_edition
from tests.protocol.builders import edition_text, read_document


@lru_cache
def document(text: str) -> Document:
    return parse(canonical(read_document(text)))


EDITIONS = [
    shipped_edition("editreward", 1).read_text(encoding="utf-8"),
    shipped_edition("quick_check", 1).read_text(encoding="utf-8"),
    edition_text(dimensions=8, levels=2),
    edition_text(dimensions=1, levels=10),
]


def respond(text: str, task: str = "t", number: int = 1, **options) -> Response:
    """A response to five candidates."""
    read = document(text)
    return Response(
        annotator=plant_annotator(
            seed=7, number=number, dimensions=[each.key for each in read.dimensions]
        ),
        document=read,
        truths=options.get("truths", Truths(7)),
        shown=Shown(
            task, 1, options.get("candidates", [(f"s{place}", None) for place in range(5)])
        ),
        tie_break=options.get("tie_break", False),
    )


def faults(response: Response) -> list[Fault]:
    payload = {"submission_id": str(UUID(int=1)), **response.payload}
    rules = rules_of(response.document)
    return check_judgment(payload, candidates=len(response.shown.candidates), rules=rules)[1]


@pytest.mark.parametrize("text", EDITIONS)
@pytest.mark.parametrize("tie_break", [False, True])
def test_it_works(text, tie_break):
    for number in range(1, 26):
        response = respond(text, task=f"t{number}", number=number, tie_break=tie_break)
        assert faults(response) == []
        assert (
            response.payload
            == respond(text, task=f"t{number}", number=number, tie_break=tie_break).payload
        )


def test_one_candidate_and_twenty_six_are_judged():
    for number in (1, 26):
        candidates = [("s", place) for place in range(number)]
        assert faults(respond(EDITIONS[0], candidates=candidates, tie_break=True)) == []


def test_now_and_then_something_is_said_beside_the_levels():
    seen = Counter[str]()
    for number in range(2000):
        payload = respond(EDITIONS[0], task=f"t{number}").payload
        seen["task"] += not payload["ratings"]
        seen["candidate"] += bool(payload["ratings"] and payload["cannot_judge"])
        seen["comment"] += payload.get("comment") in REMARKS
        seen["reason"] += bool(payload.get("reasons"))
        seen["unsure"] += any(rating.get("unsure") for rating in payload["ratings"])
        assert 800 <= payload["active_ms"] <= 600_000
        assert payload["viewing"] == {"simulated": True}
    # Expected 8, 80, 120 and most of 2,000; the seed is fixed, so that these never vary.
    assert 2 <= seen["task"] <= 16
    assert 50 <= seen["candidate"] <= 110
    assert 85 <= seen["comment"] <= 160
    assert seen["reason"] > 1000
    assert 400 <= seen["unsure"] < 2000


def test_a_draft_is_the_first_half():
    drafts = [
        (response.draft, response.payload["ratings"])
        for response in (respond(EDITIONS[0], task=f"t{number}") for number in range(400))
        if response.draft
    ]
    assert 35 <= len(drafts) <= 85
    for draft, ratings in drafts:
        assert draft["ratings"] == ratings[: (len(ratings) + 1) // 2]


def test_equal_sums_are_compared_where_the_project_wants_it():
    worth = [1.0, 4.0, 4.04, 4.9, 2.0]
    keys = ("instruction_following", "visual_quality")
    lines: dict[Place, Truth] = {
        ("t", f"s{place}", None, key): Truth(worth[place], 0) for place in range(5) for key in keys
    }
    exact = Annotator(7, 1, dict.fromkeys(keys, 0.0), 0.0, 0.0, 4500)
    response = replace(
        respond(EDITIONS[0], truths=Truths(7, lines), tie_break=True), annotator=exact
    )
    payload = response.payload
    sums = Counter[str]()
    for rating in payload["ratings"]:
        sums[rating["label"]] += rating["value"]
    assert sums == {"A": 2, "B": 8, "C": 8, "D": 8, "E": 4}
    assert payload["comparisons"] == [
        {"left": "B", "right": "C", "outcome": "tie"},
        {"left": "B", "right": "D", "outcome": "right"},
        {"left": "C", "right": "D", "outcome": "right"},
    ]
    assert replace(response, tie_break=False).payload["comparisons"] == []
