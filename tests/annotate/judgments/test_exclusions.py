"""projects/{slug}/exclusions and what they leave of the judgments that count."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from annotate.judgments.models import Exclusion
from annotate.judgments.selection import Selection, counting_judgments
from annotate.people.models import Role
from protocol.commands import RefusedInput
from tests.annotate.api import Caller
from tests.builders import claim_one, make_member, make_project, make_task, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project()
    make_task(project=project)
    return project


@pytest.fixture
def lead(project):
    return make_member(project=project, role=Role.LEAD)


def clock():
    """The database's time of this statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def span(**fields):
    now = timezone.now()
    return {
        "from": (now - timedelta(hours=1)).isoformat(),
        "to": (now + timedelta(hours=1)).isoformat(),
        "why": "drift",
        **fields,
    }


def test_it_works(project, lead):
    member = make_member(project=project)
    submit(member, claim_one(member))
    path = f"/projects/{project.slug}/exclusions"
    before = clock()
    caller = Caller(lead.user)
    answer = caller.post(path, span(user=member.user.username))
    assert answer.status_code == 201
    body = answer.json()
    assert (body["user"], body["by"], body["why"]) == (
        member.user.username,
        lead.user.username,
        "drift",
    )
    during = clock()
    assert counting_judgments(Selection(project, clock())).count() == 0
    assert caller.get(path).json()["results"] == [body]
    ended = caller.post(f"{path}/{body['id']}/end")
    assert ended.status_code == 200
    assert ended.json()["ended_at"] is not None
    again = caller.post(f"{path}/{body['id']}/end")
    assert (again.status_code, again.json()["code"]) == (409, "exclusion_ended")
    moments = (before, during, clock())
    counts = [counting_judgments(Selection(project, moment)).count() for moment in moments]
    assert counts == [1, 0, 1]
    assert apps.get_model("annotate", "ExclusionEvent").objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"user": "nobody"}, 422),
        ({"why": " "}, 422),
        ({"to": "2020-01-01T00:00:00Z"}, 422),
        ({"from": "yesterday"}, 422),
    ],
)
def test_bad_bodies_are_422(project, lead, fields, status):
    member = make_member(project=project)
    body = span(**{"user": member.user.username, **fields})
    answer = Caller(lead.user).post(f"/projects/{project.slug}/exclusions", body)
    assert answer.status_code == status
    assert Exclusion.objects.count() == 0


def test_a_stranger_to_the_project_cannot_be_excluded(project, lead):
    stranger = make_user()
    answer = Caller(lead.user).post(
        f"/projects/{project.slug}/exclusions", span(user=stranger.username)
    )
    assert answer.json()["faults"] == [{"code": "unknown_member", "field": "user"}]
    assert Exclusion.objects.count() == 0


def test_only_leads(project, lead):
    member = make_member(project=project)
    path = f"/projects/{project.slug}/exclusions"
    body = span(user=member.user.username)
    assert Caller(member.user).post(path, body).status_code == 403
    assert Caller(member.user).get(path).status_code == 403
    assert Caller(make_user()).get(path).status_code == 404
    assert Caller(lead.user).post(f"{path}/{uuid4()}/end").status_code == 404
    assert Exclusion.objects.count() == 0


def test_the_command(project, capsys):
    member = make_member(project=project)
    submit(member, claim_one(member))
    now = timezone.now()
    options = {
        "project": project.slug,
        "starts": now - timedelta(hours=1),
        "ends": now + timedelta(hours=1),
        "why": "drift",
    }
    call_command("exclude", member.user.username, **options)
    assert "1 judgments of" in capsys.readouterr().out
    assert Exclusion.objects.get().by is None
    assert counting_judgments(Selection(project, clock())).count() == 0
    for wrong in ({"ends": options["starts"]}, {"project": "nowhere"}):
        with pytest.raises(RefusedInput):
            call_command("exclude", member.user.username, **{**options, **wrong})
    assert Exclusion.objects.count() == 1
