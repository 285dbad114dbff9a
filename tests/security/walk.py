"""Everything that an annotator can get from the site, and what is around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponseBase
from django.test import Client

from tests.world import World

JSON = "application/json"
LEVELS = ("", "?level=512", "?level=1024", "?level=2048", "?level=7")
LEAD_PAGES = ("progress", "tasks", "annotators", "people", "settings", "exports")
LEAD_CALLS = (
    "settings",
    "settings/history",
    "progress",
    "annotators",
    "tasks",
    "members",
    "invitations",
    "exclusions",
    "exports",
    "jobs",
)


@dataclass(frozen=True)
class Seen:
    """One answer: what was asked, its status, and every byte of it."""

    name: str
    status: int
    content: bytes


class Walk:
    """An annotator's client that keeps all that it gets."""

    def __init__(self, client: Client, world: World) -> None:
        self.client = client
        self.slug = world.project.slug
        self.seen: list[Seen] = []
        self.documents: list[Any] = []

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """An answer, kept with its headers and cookies; the document in it, if it is one."""
        send = getattr(self.client, method)
        answer = send(path) if method == "get" else send(path, body, content_type=JSON)
        self._keep(f"{method.upper()} {path}", answer)
        if "json" not in answer.headers.get("content-type", ""):
            return None
        document = answer.json()
        self.documents.append(document)
        return document

    def _keep(self, name: str, answer: HttpResponseBase) -> None:
        streamed = getattr(answer, "streaming_content", None)
        content = b"".join(streamed) if streamed is not None else getattr(answer, "content", b"")
        head = "".join(f"{key}: {value}\n" for key, value in answer.items())
        cookies = answer.cookies.output()
        kept = b"\0".join([name.encode(), head.encode(), cookies.encode()])
        self.seen += [Seen(name, answer.status_code, kept)]
        self.seen += [Seen(name, answer.status_code, content)]

    def statuses(self) -> set[int]:
        """The kinds of answers that were met."""
        return {one.status for one in self.seen}

    def go(self) -> None:
        """Ask for everything."""
        self.pages()
        self.reading()
        first, second = self.claim()
        for assignment in (first, second):
            self.images(assignment)
        self.drafts(first)
        self.judging(first)
        self.giving_back(second)
        self.refusals(first)

    def pages(self) -> None:
        """The shell's pages, error pages, and the scripts and styles they name."""
        paths = ["/", "/help", "/account", f"/work/{self.slug}", "/accounts/2fa/", "/nothing"]
        paths += [f"/p/{self.slug}/{section}" for section in LEAD_PAGES]
        for path in paths:
            self.ask("get", path)
        shell = b" ".join(one.content for one in self.seen)
        names = sorted(set(re.findall(rb'(?:src|href)="/static/([^"]+)"', shell)))
        assert len(names) >= 3
        for name in names:
            found = finders.find(name.decode())
            self.seen.append(Seen(name.decode(), 200, Path(str(found)).read_bytes()))

    def reading(self) -> None:
        """What the API says before any work."""
        for path in ("me", "projects", f"projects/{self.slug}", "schema", "me/judgments"):
            self.ask("get", f"/api/v1/{path}")
        for call in LEAD_CALLS:
            self.ask("get", f"/api/v1/projects/{self.slug}/{call}")

    def claim(self) -> list[Any]:
        """Two assignments, asked for twice."""
        path = f"/api/v1/projects/{self.slug}/assignments"
        self.ask("post", path, {"count": 2})
        return list(self.ask("post", path, {"count": 2})["assignments"])

    def urls(self, assignment: Any) -> Iterator[str]:
        """The addresses of an assignment's images."""
        yield assignment["source"]["url"]
        yield from (candidate["url"] for candidate in assignment["candidates"])
        yield assignment["edit_mask"]["url"]

    def images(self, assignment: Any) -> None:
        """Every image at every level, one that is none, and forged addresses."""
        for url in self.urls(assignment):
            for level in LEVELS:
                self.ask("get", url + level)
            self.ask("get", url[:-2] + "AA")

    def drafts(self, assignment: Any) -> None:
        """Saved, saved again, and in conflict."""
        path = f"/api/v1/assignments/{assignment['id']}/draft"
        for revision, answers in ((1, {}), (1, {}), (1, {"comment": "x"}), (0, {})):
            self.ask("put", path, {"revision": revision, "answers": answers})

    def judging(self, assignment: Any) -> None:
        """Refused, accepted, repeated, in conflict, looked back at, amended, refused again."""
        path = f"/api/v1/assignments/{assignment['id']}/judgment"
        good: dict[str, Any] = {"submission_id": str(uuid4()), "ratings": ratings(assignment)}
        faulty = {"submission_id": str(uuid4()), "ratings": [{"label": "Z", "dimension": "x"}]}
        other = {**good, "submission_id": str(uuid4())}
        bodies: list[dict[str, Any] | str] = [faulty, {}, "{", "x" * 300_000]
        bodies += [good, good, {**good, "comment": "changed"}, other]
        for body in bodies:
            self.ask("post", path, body)
        self.ask("get", f"/api/v1/me/judgments?project={self.slug}")
        amend = f"/api/v1/judgments/{good['submission_id']}/amend"
        for expected in (1, 1, 9):
            fresh = {"submission_id": str(uuid4()), "expected_revision": expected}
            self.ask("post", amend, good | fresh)
        self.ask("get", "/api/v1/me/judgments")
        self.images(assignment)

    def giving_back(self, assignment: Any) -> None:
        """Renewed, given back, and used after that."""
        path = f"/api/v1/assignments/{assignment['id']}"
        self.ask("post", f"{path}/renew")
        self.ask("post", f"{path}/release", {"reason": "nothing like it"})
        self.ask("post", f"{path}/release", {"reason": "image_failed", "label": "A"})
        self.ask("post", f"{path}/renew")
        self.images(assignment)

    def refusals(self, assignment: Any) -> None:
        """What is not there, not allowed, not understood."""
        nobody = uuid4()
        for method, path in (
            ("get", f"/i/{nobody}/{'A' * 22}"),
            ("post", f"/api/v1/assignments/{nobody}/renew"),
            ("post", f"/api/v1/judgments/{nobody}/amend"),
            ("put", f"/api/v1/assignments/{assignment['id']}/nothing"),
            ("delete", f"/api/v1/assignments/{assignment['id']}/draft"),
            ("post", f"/api/v1/projects/{self.slug}/exports"),
            ("patch", f"/api/v1/projects/{self.slug}/settings"),
        ):
            self.ask(method, path, {})
        self.client.cookies.pop(settings.SESSION_COOKIE_NAME)
        self.ask("get", "/api/v1/me")
        self.ask("get", next(self.urls(assignment)))


def ratings(assignment: Any) -> list[dict[str, Any]]:
    """A rating for each cell."""
    return [
        {"label": candidate["label"], "dimension": dimension, "value": 2}
        for candidate in assignment["candidates"]
        for dimension in ("instruction_following", "visual_quality")
    ]
