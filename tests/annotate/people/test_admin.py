"""Django's admin is for accounts, behind the site's own login."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from annotate.people.models import ApiToken, Membership, Role, User
from annotate.people.tokens import create_token
from tests.annotate.people.cast import (
    PASSWORD,
    client_of,
    make_member,
    make_project,
    make_user,
    rows,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return make_user("root", is_staff=True, is_superuser=True)


def test_it_works(root):
    member = make_member(make_project(), Role.SENIOR)
    made = create_token(user=member.user, scope=ApiToken.Scope.LEAD)
    page = client_of(root).get(f"/admin/annotate/user/{member.user_id}/change/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "birds" in text
    assert made.row.key in text
    assert made.row.secret_hash not in text


def test_only_accounts_are_there(root):
    client = client_of(root)
    names = [
        model["object_name"] for app in client.get("/admin/").context["app_list"]
        for model in app["models"]
    ]  # fmt: skip
    assert names == ["User"]


def test_its_login_is_the_sites(root):
    cache.clear()
    client = Client()
    answer = client.get("/admin/annotate/user/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fannotate%2Fuser%2F"
    posted = client.post("/admin/login/", {"username": "root", "password": "x"})
    assert posted.headers["location"].startswith("/accounts/login/")
    assert client.get("/admin/").status_code == 302


def test_whoever_is_no_staff_is_turned_away():
    client = client_of(make_user("ada"))
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_roles_and_tokens_are_only_shown(root):
    member = make_member(make_project(), Role.ANNOTATOR)
    create_token(user=member.user, scope=ApiToken.Scope.LEAD)
    client = client_of(root)
    path = f"/admin/annotate/user/{member.user_id}/change/"
    before = rows(Membership, ApiToken)
    form = {
        "username": "renamed",
        "first_name": "Ada",
        "email": "",
        "language": "en",
        "is_active": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": str(member.pk),
        "memberships-0-role": "admin",
        "api_tokens-TOTAL_FORMS": "0",
        "api_tokens-INITIAL_FORMS": "0",
    }
    assert client.post(path, form).status_code == 302
    assert User.objects.get(pk=member.user_id).username == "renamed"
    assert rows(Membership, ApiToken) == before


def test_no_account_is_deleted(root):
    user = make_user("ada")
    before = rows(User)
    client = client_of(root)
    assert (
        client.post(f"/admin/annotate/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    answer = client.post(
        "/admin/annotate/user/",
        {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"},
    )
    assert answer.status_code in {200, 302}
    assert [row["id"] for row in rows(User)[0]] == [row["id"] for row in before[0]]


def test_a_new_account_is_made_with_a_password(root):
    words = {"username": "ada", "usable_password": "true", "password1": PASSWORD}
    answer = client_of(root).post("/admin/annotate/user/add/", words | {"password2": PASSWORD})
    assert answer.status_code == 302, answer.context["errors"]
    assert User.objects.get(username="ada").check_password(PASSWORD)


@pytest.mark.parametrize("kind", [User.Kind.SIMULATED, User.Kind.IMPORTED])
def test_whoever_is_no_person_gets_no_password(root, kind):
    planted = make_user("planted", kind=kind)
    planted.set_unusable_password()
    planted.save()
    sent = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    page = client_of(root).post(f"/admin/annotate/user/{planted.pk}/password/", sent)
    assert page.status_code == 200
    assert "A simulated or imported account has no password." in page.content.decode()
    planted.refresh_from_db()
    assert not planted.has_usable_password()


def test_the_database_keeps_passwords_from_whoever_is_no_person():
    user = make_user("somebody", password=PASSWORD)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(kind=User.Kind.SIMULATED)
    user.refresh_from_db()
    assert user.kind == User.Kind.HUMAN


@pytest.mark.parametrize("path", ["17/no-id/", "nonsense/1/", "1/2/"])
def test_the_admins_shortcuts_lead_nowhere(root, path):
    assert client_of(root).get(f"/admin/r/{path}").status_code == 404
