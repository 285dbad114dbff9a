"""What is expected of every route of the API: by method, whom it answers and how."""

from typing import Any
from uuid import uuid4

from tests.annotate.routes.rules import (
    Call,
    accounts,
    answers,
    exporters,
    in_person,
    leads,
    members,
    owner,
    raters,
)
from tests.annotate.routes.stage import Stage, complete

API = "api/v1/"
PROJECT = f"{API}projects/<slug:slug>"
ASSIGNMENT = f"{API}assignments/<uuid:assignment>"
EXPORT = f"{API}exports/<uuid:export>"
FROM_TO = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}


def amendment(stage: Stage) -> dict[str, Any]:
    """The same judgment again, as its second revision."""
    body = complete(stage)
    return {**body, "submission_id": str(uuid4()), "expected_revision": 1}


def adoption(stage: Stage) -> dict[str, Any]:
    """The version in force, adopted once more."""
    return {"protocol": stage.values["version"], "mode": "finish"}


OWN_TOKEN = answers(401, 404, 403, annotator=204)
"""A token is its owner's; no token makes or ends tokens."""

ROUTES: dict[str, dict[str, Call]] = {
    f"{API}schema": {"GET": Call(accounts(200))},
    f"{API}me": {"GET": Call(accounts(200)), "PATCH": Call(in_person(200), {"name": "New"})},
    f"{API}me/tokens": {
        "GET": Call(in_person(200)),
        # The sessions of these walkers never gave a password: the API asks for it.
        "POST": Call(in_person(403), {"scope": "lead"}),
    },
    f"{API}me/tokens/<slug:token_id>": {"DELETE": Call(OWN_TOKEN)},
    f"{API}me/judgments": {
        "GET": Call(
            answers(401, 200, 403)
            | {"admin's annotate token": 200, "annotator's annotate token": 200}
        )
    },
    f"{API}me/work": {"GET": Call(accounts(200))},
    f"{API}projects": {"GET": Call(accounts(200))},
    PROJECT: {"GET": Call(members(200))},
    f"{PROJECT}/members": {
        "GET": Call(leads(200)),
        "POST": Call(leads(201), {"username": "stranger", "role": "annotator"}),
    },
    f"{PROJECT}/members/<uuid:member>": {
        "PATCH": Call(leads(200), {"role": "senior"}),
        "DELETE": Call(leads(204)),
    },
    f"{PROJECT}/invitations": {
        "GET": Call(leads(200)),
        "POST": Call(leads(201), {"role": "lead"}),
    },
    f"{PROJECT}/invitations/<uuid:invitation>": {"DELETE": Call(leads(204))},
    f"{PROJECT}/settings": {
        "GET": Call(exporters(200)),
        "PATCH": Call(leads(200), {"title": "New"}),
    },
    f"{PROJECT}/settings/history": {"GET": Call(exporters(200))},
    f"{PROJECT}/state": {"POST": Call(leads(200), {"state": "paused"})},
    f"{PROJECT}/protocol": {"POST": Call(leads(200), adoption)},
    f"{PROJECT}/protocols/<slug:digest>": {"GET": Call(members(200))},
    f"{PROJECT}/protocols/<slug:digest>/images/<slug:image>": {"GET": Call(members(200))},
    f"{PROJECT}/tasks": {"GET": Call(exporters(200))},
    f"{PROJECT}/tasks/<uuid:task>": {"PATCH": Call(leads(200), {"priority": 1})},
    f"{PROJECT}/exclusions": {
        "GET": Call(leads(200)),
        "POST": Call(leads(201), {"user": "another", "why": "tired", **FROM_TO}),
    },
    f"{PROJECT}/exclusions/<uuid:exclusion>/end": {"POST": Call(leads(200))},
    f"{PROJECT}/progress": {"GET": Call(exporters(200))},
    f"{PROJECT}/annotators": {"GET": Call(exporters(200))},
    f"{PROJECT}/assignments": {"POST": Call(raters(200), {"count": 1})},
    f"{ASSIGNMENT}/draft": {"PUT": Call(owner(200), {"revision": 1, "answers": {}})},
    f"{ASSIGNMENT}/renew": {"POST": Call(owner(200))},
    f"{ASSIGNMENT}/release": {"POST": Call(owner(204), {"reason": "later"})},
    f"{ASSIGNMENT}/judgment": {"POST": Call(owner(201), complete)},
    f"{API}judgments/<uuid:submission_id>/amend": {"POST": Call(owner(201), amendment)},
    "i/<uuid:assignment>/<str:token>": {"GET": Call(owner(200), path="{picture}")},
    f"{PROJECT}/jobs": {"GET": Call(members(200))},
    f"{PROJECT}/exports": {
        "GET": Call(exporters(200)),
        "POST": Call(exporters(201), {"formats": ["groups"]}),
    },
    EXPORT: {"GET": Call(exporters(200))},
    f"{EXPORT}/links": {"POST": Call(exporters(200))},
    # The export is done: whoever may cancel it is told so.
    f"{EXPORT}/cancel": {"POST": Call(exporters(409))},
    # The link is the lead's own.
    f"{API}downloads/<str:token>": {
        "GET": Call(
            answers(401, 404, 403, lead=200)
            | {"admin's lead token": 404, "admin's engineer token": 404}
            | {"annotator's lead token": 404, "annotator's engineer token": 404},
            path="{download}",
        )
    },
}
