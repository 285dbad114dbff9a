"""The accounts of planted annotators: marked as simulated, and nobody can log in to them."""

from dataclasses import dataclass

from django.db import connection, transaction

from annotate.judgments.models import Judgment
from annotate.people.models import Membership, Role, User
from annotate.people.selectors import find_account
from annotate.people.services import add_member, create_account
from annotate.simulation.model import Annotator
from annotate.tasks.models import Project
from protocol.errors import Refused

GROUP = "simulated"
LOCK = 0x53494D
"""The class of the advisory locks of simulations; its second number is a project, 0 for all."""


@dataclass(frozen=True)
class Planted:
    """A planted annotator with its account."""

    annotator: Annotator
    user: User


def check_project(project: Project) -> None:
    """Refuse a project where nothing may be simulated."""
    if project.state != Project.State.ACTIVE:
        raise Refused(f"{project.slug} is {project.state}; only an active project gives out work")
    if project.simulated:
        return
    made = Judgment.objects.filter(assignment__project=project)
    if made.exclude(origin=Judgment.Origin.SIMULATED).exists():
        raise Refused(
            f"{project.slug} holds real judgments, and simulated ones could never be taken out "
            "again; simulate in a project of its own (create_project)"
        )


@transaction.atomic
def prepare_accounts(*, project: Project, annotators: list[Annotator]) -> list[Planted]:
    """The annotators with accounts and memberships, made where missing; marks the project."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK])
    if not project.simulated:
        Project.objects.filter(pk=project.pk).update(simulated=True)
        project.simulated = True
    return [Planted(each, _prepare(project, each)) for each in annotators]


def username_of(annotator: Annotator) -> str:
    """The name of its account, the same in every project."""
    return f"simulated-{annotator.seed}-{annotator.number}"


def _prepare(project: Project, annotator: Annotator) -> User:
    name = username_of(annotator)
    user = find_account(name)
    if user is None:
        label = f"Simulated {annotator.number} (seed {annotator.seed})"
        user = create_account(username=name, name=label, kind=User.Kind.SIMULATED)
    if user.kind != User.Kind.SIMULATED or user.has_usable_password():
        raise Refused(f"the account {name} is somebody's; choose another seed")
    if not Membership.objects.filter(project=project, user=user, ended_at=None).exists():
        add_member(project_id=project.pk, user=user, role=Role.ANNOTATOR, group=GROUP)
    return user
