"""GET me/judgments: what I said, by letters, latest first."""

import pytest
from django.test import Client

from tests.annotate.api import Caller
from tests.builders import (
    claim_one,
    complete_payload,
    make_member,
    make_project,
    make_task,
    make_tasks,
    submit,
)

pytestmark = pytest.mark.django_db


def test_it_works():
    project = make_project()
    make_task(project=project, candidates=3, instruction="Make it blue")
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(offer, level=1, comment="Fine", language="en")
    payload["ratings"] = [entry for entry in payload["ratings"] if entry["label"] != "C"]
    payload["cannot_judge"] = [{"label": "C", "reason": "broken"}]
    payload["comparisons"] = [
        {"left": "B", "right": "A", "dimension": None, "outcome": "right"},
        {"left": "A", "right": "B", "dimension": "d0", "outcome": "left"},
    ]
    payload["reasons"] = [{"label": "A", "dimension": "d0", "reason": "ugly"}]
    payload["regions"] = [
        {"label": "B", "dimension": None, "box": [0.0, 0.0, 0.5, 0.5], "reason": None}
    ]
    receipt = submit(member, offer, payload=payload)
    (row,) = Caller(member.user).get("/me/judgments").json()["results"]
    expected = {entry["label"]: entry for entry in offer.as_json(bytes(project.key))["candidates"]}
    assert row.pop("candidates") == list(expected.values())
    assert row.pop("source")["url"].startswith(f"/i/{offer.uuid}/")
    ratings = row.pop("ratings")
    key = lambda entry: (entry["label"], entry["dimension"])  # noqa: E731
    assert sorted(ratings, key=key) == sorted(
        ({**entry, "unsure": False} for entry in payload["ratings"]), key=key
    )
    for name in ("comparisons", "reasons", "regions", "cannot_judge"):
        assert row.pop(name) == payload[name]
    assert row.pop("recorded_at") == receipt.recorded_at.isoformat().replace("+00:00", "Z")
    assert row.pop("edit_mask") is None
    assert row == {
        "submission_id": payload["submission_id"],
        "assignment": str(offer.uuid),
        "revision": 1,
        "project": project.slug,
        "protocol": project.protocol_version.digest,
        "instruction": "Make it blue",
        "instruction_lang": "en",
        "instruction_translations": {},
        "comment": "Fine",
        "language": "en",
        "amendable": True,
        "refusal": None,
    }


def test_pages_latest_first_of_one_project():
    project, other = make_project(), make_project()
    make_tasks(7, project=project)
    make_task(project=other)
    member = make_member(project=project)
    elsewhere = make_member(project=other, user=member.user)
    submit(elsewhere, claim_one(elsewhere))
    done = [str(submit(member, claim_one(member)).submission_id) for _ in range(7)]
    caller = Caller(member.user)
    page = caller.get(f"/me/judgments?project={project.slug}&page_size=4").json()
    assert [row["submission_id"] for row in page["results"]] == done[:2:-1]
    assert [row["amendable"] for row in page["results"]] == [True] * 4
    path = page["next"].removeprefix("http://testserver/api/v1")
    rest = caller.get(path).json()
    assert [row["submission_id"] for row in rest["results"]] == done[2::-1]
    assert [row["amendable"] for row in rest["results"]] == [True, False, False]
    assert [row["refusal"] for row in rest["results"]] == [None, "not_latest", "not_latest"]
    assert rest["next"] is None
    assert len(caller.get("/me/judgments").json()["results"]) == 8


def test_only_ones_own():
    project = make_project()
    make_task(project=project)
    member, other = make_member(project=project), make_member(project=project)
    submit(member, claim_one(member))
    assert Caller(other.user).get("/me/judgments").json()["results"] == []
    assert Client().get("/api/v1/me/judgments").status_code == 401
    assert Caller(member.user, scope="lead").get("/me/judgments").status_code == 403
