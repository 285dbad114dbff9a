"""A project with something behind every route, and the walkers who call them."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.utils import timezone

from annotate.assignment.offers import Offer
from annotate.judgments.exclusions import create_exclusion
from annotate.people.invitations import create_invitation
from annotate.people.models import ApiToken, Membership, Role, User
from annotate.people.tokens import create_token
from annotate.tasks.models import Image
from annotate.tasks.storage import FULL, level_path, put
from modelbridge.dataset.options import resolve
from modelbridge.exports import start_export
from modelbridge.jobs import run_job
from modelbridge.links import links_of
from modelbridge.models import Export
from protocol.selectors import parsed
from protocol.services import import_shipped
from tests.annotate.routes.rules import ADMIN_TOKENS, OWN_TOKENS, PEOPLE, ROLES, SCOPES, Call
from tests.builders import (
    claim_one,
    complete_payload,
    make_member,
    make_project,
    make_task,
    make_user,
    submit,
)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class Stage:
    """The walkers' clients, the objects, and the values that routes name."""

    clients: dict[str, Client]
    members: dict[str, Membership]
    offer: Offer
    values: dict[str, Any]

    def send(self, walker: str, method: str, path: str, call: Call | None = None) -> int:
        """The status of one call, of which nothing stays."""
        body = call.body if call else None
        data = body(self) if callable(body) else body
        kind = {} if call and call.form else {"content_type": "application/json"}
        with transaction.atomic():
            # A program's other calls leave it as it was: its session cookie, if it got one, goes.
            kept = dict(self.clients[walker].cookies)
            answer = getattr(self.clients[walker], method.lower())(path, data, **kind)
            if answer.streaming:
                answer.getvalue()  # so that its file is closed
            self.clients[walker].cookies.clear()
            self.clients[walker].cookies.update(kept)
            transaction.set_rollback(True)
        return int(answer.status_code)


def _client(user: User, scope: str = "") -> Client:
    """A browser with the user's session, or a program with a token of the scope."""
    if scope:
        token = create_token(user=user, scope=ApiToken.Scope(scope)).text
        return Client(headers={"authorization": f"Bearer {token}"}, raise_request_exception=False)
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def _people(project: Any, password: str) -> tuple[dict[str, Membership], dict[str, Client]]:
    """The members by walker, and everybody's clients."""
    roles = {name: Role.ANNOTATOR if name == "another" else Role(name) for name in ROLES}
    members = {
        name: make_member(project=project, user=make_user(username=name), role=role)
        for name, role in roles.items()
    }
    users = {name: member.user for name, member in members.items()}
    users["stranger"] = make_user(username="stranger")
    users["staff"] = make_user(username="staff", is_staff=True, is_superuser=True)
    for user in users.values():
        user.password = password
        user.save(update_fields=["password"])
    clients = {name: _client(users[name]) for name in PEOPLE}
    clients["anonymous"] = Client(raise_request_exception=False)
    for owner, names in (("admin", ADMIN_TOKENS), ("annotator", OWN_TOKENS)):
        for scope, name in zip(SCOPES, names, strict=True):
            clients[name] = _client(users[owner], scope)
    return members, clients


def _export(project: Any, lead: User) -> Export:
    """A finished export."""
    options = resolve(formats=["groups"], consensus="mean", ties="keep", min_raters=1)
    export = start_export(project=project, options=options, as_of=None, by=lead)
    run_job(str(export.job_id))
    return Export.objects.get()


def set_up(folder: Path) -> Stage:
    """The whole of it; images and exports go to the folder."""
    project = make_project(slug="walked", version=import_shipped(key="editreward"))
    for _ in range(6):
        make_task(project=project)
    for image in Image.objects.all():
        put(level_path(image.sha256, FULL), b"an image")
    members, clients = _people(project, make_password("not asked for here"))
    annotator = members["annotator"]
    done = submit(annotator, claim_one(annotator))
    offer = claim_one(annotator)
    now = timezone.now()
    exclusion = create_exclusion(
        project=project,
        user=members["another"].user,
        starts_at=now - timedelta(days=1),
        ends_at=now,
        why="tired",
        by=members["lead"].user,
    )
    lead = members["lead"]
    export = _export(project, lead.user)
    spare = create_token(user=annotator.user, scope=ApiToken.Scope.ANNOTATE)
    shown = offer.as_json(bytes(project.key))
    values = {
        "slug": project.slug,
        "member": members["another"].uuid,
        "token_id": spare.row.key,
        "invitation": create_invitation(project_id=project.pk, role=Role.SENIOR).invitation.pk,
        "task": project.tasks.order_by("-pk")[0].uuid,
        "assignment": offer.uuid,
        "submission_id": done.as_json()["submission_id"],
        "exclusion": exclusion.uuid,
        "digest": project.protocol_version.digest,
        "image": min(parsed(project.protocol_version_id).images),
        "export": export.pk,
        "picture": shown["source"]["url"],
        "download": links_of(export, lead.user)[1]["url"],
        "section": "progress",
        "anything": "1/1",
        "id": lead.user_id,
        "object_id": lead.user_id,
        "content_type_id": ContentType.objects.get_for_model(User).pk,
        "version": str(project.protocol_version),
    }
    return Stage(clients=clients, members=members, offer=offer, values=values)


def complete(stage: Stage) -> dict[str, Any]:
    """A judgment of the annotator's open assignment."""
    return complete_payload(stage.offer)
