"""Who am I."""

import pytest
from django.conf import settings
from django.test import Client

from annotate.people.models import ApiToken, Membership, Role, User
from tests.annotate.people.cast import bearer, client_of, make_project, make_user, rows

pytestmark = pytest.mark.django_db


def test_it_works():
    user = make_user("ada", first_name="Ada Lovelace", language="zh-hans")
    for slug, role, ended in [("b", Role.LEAD, None), ("a", Role.ANNOTATOR, None)]:
        Membership.objects.create(project=make_project(slug), user=user, role=role, ended_at=ended)
    answer = client_of(user).get("/api/v1/me")
    assert answer.status_code == 200
    assert answer.json() == {
        "username": "ada",
        "name": "Ada Lovelace",
        "language": "zh-hans",
        "is_staff": False,
        "simulated": False,
        "preferences": {},
        "memberships": [
            {"project": "a", "title": "A", "role": "annotator", "state": "active"},
            {"project": "b", "title": "B", "role": "lead", "state": "active"},
        ],
    }


def test_an_ended_membership_is_not_listed():
    user = make_user("ada")
    Membership.objects.create(
        project=make_project(), user=user, role=Role.LEAD, ended_at="2026-01-01T00:00:00Z"
    )
    assert client_of(user).get("/api/v1/me").json()["memberships"] == []


def test_the_queries_do_not_grow(django_assert_num_queries):
    user = make_user("ada")
    for slug in "abcdef":
        Membership.objects.create(project=make_project(slug), user=user, role=Role.LEAD)
    client = client_of(user)
    with django_assert_num_queries(2):
        client.get("/api/v1/me")


def test_an_anonymous_caller_is_told_to_log_in():
    answer = Client().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("owner", "status"), [("ada", 200), ("grace", 401), ("%E4%BD%A0", 401), ("", 200)]
)
def test_a_page_acts_for_its_own_user_only(owner, status):
    answer = client_of(make_user("ada")).get("/api/v1/me", headers={"X-EditJury-User": owner})
    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == "other_user"


def test_a_page_of_a_name_beyond_ascii_is_known():
    client = client_of(make_user("你好"))
    headers = {"X-EditJury-User": "%E4%BD%A0%E5%A5%BD"}
    assert client.get("/api/v1/me", headers=headers).status_code == 200


def test_a_closed_account_is_out_at_once():
    user = make_user("ada")
    client = client_of(user)
    User.objects.update(is_active=False)
    assert client.get("/api/v1/me").status_code == 401


def test_name_and_language_change():
    client = client_of(make_user("ada", last_name="Old"))
    answer = client.patch(
        "/api/v1/me", {"name": "Ada L.", "language": "zh-hans"}, content_type="application/json"
    )
    assert answer.status_code == 200
    assert answer.json()["name"] == "Ada L."
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"
    user = User.objects.get()
    assert (user.get_full_name(), user.language) == ("Ada L.", "zh-hans")


@pytest.mark.parametrize("body", [{"language": "xx"}, {"name": "x" * 151}, {"name": None}])
def test_a_bad_change_changes_nothing(body):
    client = client_of(make_user("ada"))
    before = rows(User)
    answer = client.patch("/api/v1/me", body, content_type="application/json")
    assert answer.status_code == 422
    assert rows(User) == before


def test_rights_cannot_be_patched():
    client = client_of(make_user("ada"))
    body = {"is_staff": True, "is_superuser": True, "username": "root"}
    answer = client.patch("/api/v1/me", body, content_type="application/json")
    assert answer.status_code == 200
    user = User.objects.get()
    assert (user.username, user.is_staff, user.is_superuser) == ("ada", False, False)


def test_a_browser_needs_the_csrf_token():
    client = client_of(make_user("ada"), enforce_csrf_checks=True)
    before = rows(User)
    answer = client.patch("/api/v1/me", {"name": "Eve"}, content_type="application/json")
    assert answer.status_code == 403
    assert rows(User) == before


def test_a_token_changes_no_account():
    user = make_user("ada")
    headers = bearer(user, ApiToken.Scope.LEAD)
    before = rows(User)
    answer = Client().patch(
        "/api/v1/me", {"name": "Eve"}, content_type="application/json", headers=headers
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "token_scope"
    assert rows(User) == before


def test_preferences_are_kept_one_by_one():
    user = make_user("ada")
    client = client_of(user)

    def patch(preferences):
        body = {"preferences": preferences}
        return client.patch("/api/v1/me", body, content_type="application/json")

    assert patch({"keys": {"blink": "b"}, "tour": 1}).status_code == 200
    assert patch({"tour": None, "hand": "left"}).json()["preferences"] == {
        "keys": {"blink": "b"},
        "hand": "left",
    }
    user.refresh_from_db()
    assert user.preferences == {"keys": {"blink": "b"}, "hand": "left"}


@pytest.mark.parametrize("wrong", [[], "x", {"k" * 33: 1}, {"k": "x" * 8192}])
def test_wrong_preferences_change_nothing(wrong):
    user = make_user("ada", preferences={"hand": "left"})
    body = {"preferences": wrong, "name": "Somebody"}
    answer = client_of(user).patch("/api/v1/me", body, content_type="application/json")
    assert answer.status_code == 422
    user.refresh_from_db()
    assert (user.preferences, user.get_full_name()) == ({"hand": "left"}, "")


def test_preferences_do_not_pile_up():
    user = make_user("ada", preferences={"first": "x" * 8000})
    body = {"preferences": {"second": "x" * 8000}}
    answer = client_of(user).patch("/api/v1/me", body, content_type="application/json")
    assert answer.status_code == 422
    user.refresh_from_db()
    assert set(user.preferences) == {"first"}
