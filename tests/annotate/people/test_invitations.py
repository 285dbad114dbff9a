"""One-time links: into a project, or to a password."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotate.people.hashing import hash_secret
from annotate.people.invitations import create_invitation, create_password_link
from annotate.people.models import ApiToken, Invitation, Membership, Role, User
from tests.annotate.people.cast import (
    PASSWORD,
    bearer,
    client_of,
    make_member,
    make_project,
    make_user,
    rows,
)

pytestmark = pytest.mark.django_db
PAGE = "/accounts/invitation/"
FORM = {"username": "ada", "name": "Ada", "email": "", "password": PASSWORD}
JSON = "application/json"


@pytest.fixture
def lead():
    return make_member(make_project(), Role.LEAD)


def invite(lead: Membership, role: str = "annotator"):
    """The secret of a new link, made through the API."""
    answer = client_of(lead.user).post(
        "/api/v1/projects/birds/invitations", {"role": role, "group": "b"}, content_type=JSON
    )
    assert answer.status_code == 201
    page, _, secret = answer.json()["url"].partition("#")
    assert page.endswith(PAGE)
    return secret


def open_link(client: Client, secret: str):
    return client.post(PAGE, {"secret": secret}, follow=True)


def test_it_works(lead):
    client = Client()
    page = open_link(client, invite(lead))
    assert page.status_code == 200
    assert "Birds" in page.content.decode()
    joined = client.post(PAGE, FORM)
    assert joined.status_code == 302
    me = client.get("/api/v1/me").json()
    assert (me["username"], me["name"]) == ("ada", "Ada")
    assert [(row["project"], row["role"]) for row in me["memberships"]] == [("birds", "annotator")]
    link = Invitation.objects.get()
    assert link.consumed_by == User.objects.get(username="ada")
    assert Membership.objects.get(user__username="ada").group == "b"


def test_the_password_is_hashed_with_argon2(lead):
    client = Client()
    open_link(client, invite(lead))
    client.post(PAGE, FORM)
    assert User.objects.get(username="ada").password.startswith("argon2$argon2id$")


def test_only_the_hash_is_stored_and_nothing_is_logged(lead, caplog):
    caplog.set_level(logging.DEBUG)
    secret = invite(lead)
    client = Client()
    open_link(client, secret)
    open_link(client, secret + "x")
    client.post(PAGE, FORM)
    assert secret not in str(rows(Invitation))
    assert Invitation.objects.get().secret_hash == hash_secret(secret)
    assert secret not in caplog.text
    assert hash_secret(secret) not in caplog.text
    assert secret not in str(dict(client.session))


def test_opening_a_link_uses_nothing(lead):
    secret = invite(lead)
    before = rows(Invitation, Membership, User)
    assert open_link(Client(), secret).status_code == 200
    assert open_link(Client(), secret).status_code == 200
    assert rows(Invitation, Membership, User) == before


def refused(client: Client, secret: str, code: str, status: int) -> None:
    before = rows(Invitation, Membership, User)
    page = open_link(client, secret)
    assert page.status_code == status
    assert page.context["code"] == code
    assert client.post(PAGE, FORM).status_code == 404
    assert rows(Invitation, Membership, User) == before


def test_a_used_link_is_refused(lead):
    secret = invite(lead)
    first = Client()
    open_link(first, secret)
    first.post(PAGE, FORM)
    refused(Client(), secret, "link_used", 409)


def test_an_expired_link_is_refused(lead):
    secret = invite(lead)
    link = Invitation.objects.get()
    assert link.expires_at - link.created_at == pytest.approx(timedelta(days=7), abs=timedelta(1))
    Invitation.objects.update(expires_at=timezone.now())
    refused(Client(), secret, "link_expired", 409)


def test_a_revoked_link_is_refused(lead):
    secret = invite(lead)
    link = Invitation.objects.get()
    answer = client_of(lead.user).delete(f"/api/v1/projects/birds/invitations/{link.pk}")
    assert answer.status_code == 204
    refused(Client(), secret, "link_revoked", 409)


@pytest.mark.parametrize("secret", ["", "x", "é", "A" * 43])
def test_a_wrong_secret_is_refused(lead, secret):
    invite(lead)
    refused(Client(), secret, "not_found", 404)


def test_a_link_that_runs_out_between_opening_and_using_is_refused(lead):
    client = Client()
    open_link(client, invite(lead))
    Invitation.objects.update(revoked_at=timezone.now())
    before = rows(Invitation, Membership, User)
    assert client.post(PAGE, FORM).status_code == 409
    assert rows(Invitation, Membership, User) == before


def test_the_link_of_a_lead_who_left_is_refused(lead):
    secret = invite(lead)
    Membership.objects.update(ended_at=timezone.now())
    client = Client()
    open_link(client, secret)
    before = rows(Invitation, Membership, User)
    assert client.post(PAGE, FORM).status_code == 409
    assert rows(Invitation, Membership, User) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "adaadaadaada", "username": "adaadaadaada"}, "password"),
        ({"username": "Lead-of-birds"}, "username"),
        ({"username": "a b"}, "username"),
        ({"email": "not an address"}, "email"),
        ({"username": ""}, "username"),
    ],
)
def test_a_faulty_account_uses_nothing(lead, change, field):
    client = Client()
    open_link(client, invite(lead))
    before = rows(Invitation, Membership, User)
    page = client.post(PAGE, FORM | change)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert rows(Invitation, Membership, User) == before
    assert client.post(PAGE, FORM).status_code == 302


def test_an_existing_account_only_gains_the_membership(lead):
    user = make_user("bob", password=PASSWORD)
    before = rows(User)
    client = Client()
    open_link(client, invite(lead, "senior"))
    login = client.post(
        f"/accounts/login/?next={PAGE}", {"login": "bob", "password": PASSWORD, "next": PAGE}
    )
    assert login.headers["location"] == PAGE
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 302
    assert Membership.objects.get(user=user).role == Role.SENIOR
    after = rows(User)
    for row in before[0] + after[0]:
        row.pop("last_login")
    assert after == before


def test_a_member_gains_nothing_and_the_link_stays(lead):
    client = client_of(lead.user)
    open_link(client, invite(lead))
    before = rows(Invitation, Membership)
    assert client.post(PAGE).status_code == 409
    assert rows(Invitation, Membership) == before


@pytest.mark.parametrize("role", ["engineer", "admin"])
def test_a_lead_invites_nobody_above(lead, role):
    answer = client_of(lead.user).post(
        "/api/v1/projects/birds/invitations", {"role": role}, content_type=JSON
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "role_above_own")
    assert Invitation.objects.count() == 0


def test_a_lead_revokes_nobody_elses_admin_link(lead):
    link = create_invitation(project_id=lead.project_id, role=Role.ADMIN).invitation
    before = rows(Invitation)
    client = client_of(lead.user)
    assert client.delete(f"/api/v1/projects/birds/invitations/{link.pk}").status_code == 403
    assert rows(Invitation) == before


def test_the_list_shows_open_links_without_their_secrets(lead):
    secret = invite(lead)
    create_invitation(project_id=make_project("cats").pk, role=Role.LEAD)
    create_password_link(user=make_user("eve"))
    answer = client_of(lead.user).get("/api/v1/projects/birds/invitations")
    assert [row["role"] for row in answer.json()["results"]] == ["annotator"]
    assert secret not in answer.content.decode()
    assert set(answer.json()["results"][0]) == {
        "id", "role", "group", "note", "created_by", "created_at", "expires_at",
    }  # fmt: skip


def test_a_link_into_another_project_is_not_there(lead):
    link = create_invitation(project_id=make_project("cats").pk, role=Role.LEAD).invitation
    client = client_of(lead.user)
    assert client.delete(f"/api/v1/projects/birds/invitations/{link.pk}").status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_using_a_link_needs_the_csrf_token(lead):
    secret = invite(lead)
    client = Client(enforce_csrf_checks=True)
    before = rows(Invitation, Membership, User)
    assert client.post(PAGE, {"secret": secret}).status_code == 403
    assert client.post(PAGE, FORM).status_code == 403
    assert rows(Invitation, Membership, User) == before


def test_a_password_link_sets_the_password_and_ends_other_sessions():
    user = make_user("ada", password="an old and long password")
    elsewhere = client_of(user)
    link = create_password_link(user=user)
    client = Client()
    assert open_link(client, link.url.partition("#")[2]).status_code == 200
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 302
    assert client.get("/api/v1/me").json()["username"] == "ada"
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert User.objects.get().check_password(PASSWORD)


def test_a_password_link_refuses_a_weak_password_and_a_closed_account():
    user = make_user("ada")
    link = create_password_link(user=user)
    client = Client()
    open_link(client, link.url.partition("#")[2])
    before = rows(Invitation, User)
    assert client.post(PAGE, {"password": "123456789012"}).status_code == 422
    assert rows(Invitation, User) == before
    User.objects.update(is_active=False)
    before = rows(Invitation, User)
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 409
    assert rows(Invitation, User) == before


def test_a_lead_token_invites(lead):
    answer = Client(headers=bearer(lead.user, ApiToken.Scope.LEAD)).post(
        "/api/v1/projects/birds/invitations", {"role": "annotator"}, content_type=JSON
    )
    assert answer.status_code == 201
