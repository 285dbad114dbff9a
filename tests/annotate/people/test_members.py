"""Who belongs to a project, and who may say so."""

import uuid

import pytest
from django.test import Client

from annotate.people.models import ApiToken, Membership, Role
from annotate.people.services import mark_unblinded
from tests.annotate.people.cast import (
    bearer,
    client_of,
    make_member,
    make_project,
    make_user,
    rows,
)

pytestmark = pytest.mark.django_db
JSON = "application/json"
ROLES = [role.value for role in Role]
WITHIN = {"lead": {"annotator", "senior", "lead"}, "admin": set(ROLES)}


@pytest.fixture
def project():
    return make_project()


def path(member: Membership | None = None) -> str:
    return "/api/v1/projects/birds/members" + (f"/{member.uuid}" if member else "")


def test_it_works(project):
    lead = make_member(project, Role.LEAD)
    make_user("ada", first_name="Ada")
    client = client_of(lead.user)
    body = {"username": "ada", "role": "annotator", "group": "b"}
    answer = client.post(path(), body, content_type=JSON)
    assert answer.status_code == 201
    listed = client.get(path()).json()
    assert [row["username"] for row in listed["results"]] == ["lead-of-birds", "ada"]
    assert listed["results"][1] == answer.json()
    assert answer.json() | {"id": 0, "created_at": 0} == {
        "id": 0,
        "username": "ada",
        "name": "Ada",
        "kind": "human",
        "role": "annotator",
        "group": "b",
        "created_at": 0,
        "ended_at": None,
        "unblinded_at": None,
        "unblinding_lifted_at": None,
        "is_unblinded": False,
    }


@pytest.mark.parametrize("role", ["annotator", "senior", "engineer"])
def test_only_leads_and_admins_see_and_change_members(project, role):
    member = make_member(project, Role(role))
    other = make_member(project, Role.ANNOTATOR, "other")
    make_user("ada")
    client = client_of(member.user)
    before = rows(Membership)
    answers = [
        client.get(path()),
        client.post(path(), {"username": "ada", "role": "annotator"}, content_type=JSON),
        client.patch(path(other), {"role": "senior"}, content_type=JSON),
        client.delete(path(other)),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert rows(Membership) == before


@pytest.mark.parametrize("own", ["lead", "admin"])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_grants_a_role_above_their_own(project, own, role):
    granting = make_member(project, Role(own))
    make_user("ada")
    before = rows(Membership)
    answer = client_of(granting.user).post(
        path(), {"username": "ada", "role": role}, content_type=JSON
    )
    if role in WITHIN[own]:
        assert answer.status_code == 201
        assert Membership.objects.get(user__username="ada").role == role
    else:
        assert answer.status_code == 403
        assert answer.json()["code"] == "role_above_own"
        assert rows(Membership) == before


@pytest.mark.parametrize("old", ROLES)
@pytest.mark.parametrize("new", ROLES)
def test_a_lead_moves_people_only_within_reach(project, old, new):
    lead = make_member(project, Role.LEAD, "lead")
    make_member(project, Role.ADMIN, "another-admin")
    member = make_member(project, Role(old), "member")
    before = rows(Membership)
    answer = client_of(lead.user).patch(path(member), {"role": new}, content_type=JSON)
    if old == new:
        assert answer.status_code == 200
    elif {old, new} <= WITHIN["lead"]:
        assert (answer.status_code, answer.json()["role"]) == (200, new)
        return
    else:
        assert answer.status_code == 403
    assert rows(Membership) == before


@pytest.mark.parametrize("role", ROLES)
def test_a_lead_removes_people_only_within_reach(project, role):
    lead = make_member(project, Role.LEAD, "lead")
    member = make_member(project, Role(role), "member")
    before = rows(Membership)
    answer = client_of(lead.user).delete(path(member))
    if role in WITHIN["lead"]:
        assert answer.status_code == 204
        assert Membership.objects.get(pk=member.pk).ended_at is not None
    else:
        assert answer.status_code == 403
        assert rows(Membership) == before


def test_a_lead_does_not_become_an_admin(project):
    lead = make_member(project, Role.LEAD)
    before = rows(Membership)
    answer = client_of(lead.user).patch(path(lead), {"role": "admin"}, content_type=JSON)
    assert answer.status_code == 403
    assert rows(Membership) == before


def test_an_admins_token_reaches_no_further_than_a_lead(project):
    admin = make_member(project, Role.ADMIN)
    make_user("ada")
    headers = bearer(admin.user, ApiToken.Scope.LEAD)
    before = rows(Membership)
    answer = Client(headers=headers).post(
        path(), {"username": "ada", "role": "admin"}, content_type=JSON
    )
    assert answer.status_code == 403
    assert rows(Membership) == before


def test_the_last_admin_stays(project):
    admin = make_member(project, Role.ADMIN)
    client = client_of(admin.user)
    before = rows(Membership)
    answers = [
        client.delete(path(admin)),
        client.patch(path(admin), {"role": "lead"}, content_type=JSON),
    ]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert [answer.json()["code"] for answer in answers] == ["last_admin", "last_admin"]
    assert rows(Membership) == before
    make_member(project, Role.ADMIN, "second")
    assert client.delete(path(admin)).status_code == 204


def test_a_removed_member_is_a_stranger_at_once(project):
    lead = make_member(project, Role.LEAD)
    member = make_member(project, Role.LEAD, "gone")
    gone = client_of(member.user)
    assert gone.get(path()).status_code == 200
    assert client_of(lead.user).delete(path(member)).status_code == 204
    assert gone.get(path()).status_code == 404


def test_a_removed_member_can_come_back(project):
    lead = make_member(project, Role.LEAD)
    member = make_member(project, Role.SENIOR, "ada")
    client = client_of(lead.user)
    client.delete(path(member))
    answer = client.post(path(), {"username": "ada", "role": "annotator"}, content_type=JSON)
    assert answer.status_code == 201
    assert answer.json()["id"] == str(member.uuid)
    assert (answer.json()["role"], answer.json()["ended_at"]) == ("annotator", None)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"username": "nobody", "role": "annotator"}, 422, "invalid"),
        ({"username": "lead-of-birds", "role": "annotator"}, 409, "already_member"),
        ({"username": "ada", "role": "owner"}, 422, "invalid"),
        ({"username": "ada"}, 422, "invalid"),
        ({"username": "a\u0000da", "role": "annotator"}, 422, "invalid"),
    ],
)
def test_a_bad_member_is_refused(project, body, status, code):
    lead = make_member(project, Role.LEAD)
    make_user("ada")
    before = rows(Membership)
    answer = client_of(lead.user).post(path(), body, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert rows(Membership) == before


def test_another_projects_member_is_not_there(project):
    lead = make_member(project, Role.LEAD)
    elsewhere = make_member(make_project("cats"), Role.ANNOTATOR)
    client = client_of(lead.user)
    before = rows(Membership)
    assert client.delete(path(elsewhere)).status_code == 404
    assert client.patch(path(elsewhere), {"role": "senior"}, content_type=JSON).status_code == 404
    assert client.delete(f"{path()}/{uuid.uuid4()}").status_code == 404
    assert client.get("/api/v1/projects/cats/members").status_code == 404
    assert rows(Membership) == before


def test_unblinding_is_marked_once_lifted_and_marked_again(project):
    lead = make_member(project, Role.LEAD)
    member = make_member(project, Role.SENIOR)
    mark_unblinded(membership=member)
    first = Membership.objects.get(pk=member.pk).unblinded_at
    mark_unblinded(membership=member)
    assert Membership.objects.get(pk=member.pk).unblinded_at == first
    client = client_of(lead.user)
    lifted = client.patch(path(member), {"lift_unblinding": True}, content_type=JSON)
    assert lifted.status_code == 200
    assert lifted.json()["is_unblinded"] is False
    again = client.patch(path(member), {"lift_unblinding": True}, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "not_unblinded")
    mark_unblinded(membership=member)
    row = Membership.objects.get(pk=member.pk, unblinded_at__gt=first)
    assert row.is_unblinded


def test_a_change_is_whole_or_not_at_all(project):
    lead = make_member(project, Role.LEAD)
    member = make_member(project, Role.ANNOTATOR)
    before = rows(Membership)
    body = {"role": "senior", "group": "x", "lift_unblinding": True}
    answer = client_of(lead.user).patch(path(member), body, content_type=JSON)
    assert answer.status_code == 409
    assert rows(Membership) == before


def test_a_list_has_pages(project, django_assert_num_queries):
    lead = make_member(project, Role.LEAD)
    for number in range(4):
        make_member(project, Role.ANNOTATOR, f"a{number}")
    client = client_of(lead.user)
    with django_assert_num_queries(2):
        first = client.get(f"{path()}?page_size=3").json()
    second = client.get(first["next"]).json()
    names = [row["username"] for row in first["results"] + second["results"]]
    assert names == ["lead-of-birds", "a0", "a1", "a2", "a3"]
    assert second["next"] is None
