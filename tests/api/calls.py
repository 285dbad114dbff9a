"""Every call of the API, with the ids of things that exist for a given caller."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from annotate.people.models import Role
from tests.world import World, log_in, make_world

METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"


@dataclass(frozen=True)
class Call:
    """One operation of the schema."""

    method: str
    path: str
    takes_json: bool
    success: frozenset[int]

    @property
    def name(self) -> str:
        """As documents write it."""
        return f"{self.method.upper()} {self.path}"


def all_calls() -> list[Call]:
    """The operations of the schema as the code is now."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return [
        Call(
            method,
            path,
            JSON in operation.get("requestBody", {}).get("content", {}),
            frozenset(int(status) for status in operation["responses"] if status.isdigit()),
        )
        for path, operations in sorted(schema["paths"].items())
        for method, operation in operations.items()
        if method in METHODS
    ]


def json_calls() -> list[Call]:
    """Those that take a document."""
    return [call for call in all_calls() if call.takes_json]


class Cast:
    """An admin of a project who also rates in it: one caller whom no call refuses by role."""

    def __init__(self, folder: Path) -> None:
        self.world: World = make_world(folder, tasks=3, candidates=2, overlap=2)
        self.user = self.world.add("everything", Role.ADMIN)
        self.client: Client = log_in(self.user)
        self.ids = {"slug": self.world.project.slug, "task": str(self.world.tasks[0].uuid)}
        self.ids |= {"digest": self.world.project.protocol_version.digest, "token": "none"}
        claimed = self.send("post", "/api/v1/projects/{slug}/assignments", {"count": 2}).json()
        self.assignments: list[dict[str, Any]] = claimed["assignments"]
        judgment = self.judgment(self.assignments[1])
        submitted = f"/api/v1/assignments/{self.assignments[1]['id']}/judgment"
        assert self.send("post", submitted, judgment).status_code == 201
        self.ids |= {
            "assignment": self.assignments[0]["id"],
            "submission_id": judgment["submission_id"],
        }
        self._people()

    def _people(self) -> None:
        """An invitation, a member, an exclusion, a token, an export that calls can be about."""
        self.world.add("other")
        made = {
            "invitation": ("invitations", {"role": "annotator"}),
            "exclusion": (
                "exclusions",
                {
                    "user": "other",
                    "from": "2026-01-01T00:00:00Z",
                    "to": "2026-01-02T00:00:00Z",
                    "why": "a test",
                },
            ),
            "export": ("exports", {"formats": ["groups"]}),
        }
        for name, (path, body) in made.items():
            answer = self.send("post", f"/api/v1/projects/{{slug}}/{path}", body)
            assert answer.status_code in (201, 202), (name, answer.content)
            self.ids[name] = answer.json()["id"]
        self.ids["member"] = str(self.user.memberships.get().uuid)
        token = self.send("post", "/api/v1/me/tokens", {"scope": "annotate"})
        self.ids["token_id"] = token.json()["id"]

    def judgment(self, assignment: dict[str, Any], value: float = 3) -> dict[str, Any]:
        """A complete judgment of an assignment."""
        return {
            "submission_id": str(uuid4()),
            "ratings": [
                {"label": candidate["label"], "dimension": dimension, "value": value}
                for candidate in assignment["candidates"]
                for dimension in ("instruction_following", "visual_quality")
            ],
        }

    def send(self, method: str, path: str, body: Any, kind: str = JSON) -> Any:
        """The answer to a document, or to raw bytes."""
        return self.client.generic(
            method.upper(),
            path.format(**self.ids),
            body if isinstance(body, bytes) else json.dumps(body),
            content_type=kind,
        )
