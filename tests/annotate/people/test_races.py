"""Two people at the same moment: a link is used once, a project keeps an admin."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from annotate.errors import ConflictError
from annotate.people.invitations import consume_invitation, create_invitation
from annotate.people.models import Invitation, Membership, Role
from annotate.people.services import change_role, end_membership
from tests.annotate.people.cast import make_member, make_project, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], object]) -> list[str]:
    """What each came to, begun together: `done` or the code of the refusal."""
    start = Barrier(len(actions))

    def run(action: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            action()
        except ConflictError as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(run, actions))


def test_it_works():
    project = make_project()
    for number in range(5):
        link = create_invitation(project_id=project.pk, role=Role.ANNOTATOR).invitation
        users = [make_user(f"u{number}-{place}") for place in range(4)]
        outcomes = at_once(*(partial(consume_invitation, invitation=link, user=u) for u in users))
        assert outcomes == ["done", "link_used", "link_used", "link_used"]
        member = Membership.objects.get(user__in=users)
        assert Invitation.objects.get(pk=link.pk).consumed_by_id == member.user_id


def test_two_admins_do_not_remove_each_other():
    for number in range(5):
        project = make_project(f"p{number}")
        admins = [make_member(project, Role.ADMIN, f"a{number}-{place}") for place in range(2)]
        outcomes = at_once(
            partial(end_membership, membership=admins[1]),
            partial(change_role, membership=admins[0], role=Role.LEAD),
        )
        assert outcomes == ["done", "last_admin"]
        left = Membership.objects.filter(project=project, role=Role.ADMIN, ended_at=None)
        assert left.count() == 1
