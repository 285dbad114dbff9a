"""Logging in: by name or email, counted per account and address, refused while nobody counts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings as real_settings
from django.core.cache import cache
from django.test import Client, override_settings

from annotate.people.hashing import PasswordHasher
from annotate.people.models import Role, User
from embedded import ports
from tests.annotate.people.cast import PASSWORD, client_of, make_member, make_project, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
LIMIT = 10
LAB: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.7"}
HOME: dict[str, Any] = {"REMOTE_ADDR": "198.51.100.20"}


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No failure of an earlier test counts here."""
    cache.clear()


def log_in(login: str, password: str = PASSWORD, client: Client | None = None, **more):
    return (client or Client()).post(LOGIN, {"login": login, "password": password}, **more)


def fail(login: str, times: int = LIMIT, **more) -> list[int]:
    return [log_in(login, "wrong", **more).status_code for _ in range(times)]


def test_it_works():
    make_user("ada", password=PASSWORD)
    client = Client()
    answer = log_in("ada", client=client)
    assert (answer.status_code, answer.headers["location"]) == (302, "/")
    assert client.get("/api/v1/me").json()["username"] == "ada"


@pytest.mark.parametrize("login", ["ada", "ADA", "ada@example.org", "Ada@Example.org"])
def test_name_and_email_both_log_in(login):
    make_user("ada", password=PASSWORD, email="ada@example.org")
    assert log_in(login).status_code == 302


@pytest.mark.parametrize(
    ("login", "password"),
    [("ada", "wrong"), ("eve", PASSWORD), ("", PASSWORD), ("ada", ""), ("a\0da", PASSWORD)],
)
def test_anything_else_does_not(login, password):
    make_user("ada", password=PASSWORD)
    client = Client()
    assert log_in(login, password, client).status_code == 200
    assert client.get("/api/v1/me").status_code == 401
    assert User.objects.get().last_login is None


def test_a_closed_account_does_not_log_in():
    make_user("ada", password=PASSWORD, is_active=False)
    client = Client()
    assert log_in("ada", client=client).headers["location"] == "/accounts/inactive/"
    assert client.get("/api/v1/me").status_code == 401


def test_an_account_without_password_does_not_log_in():
    make_user("ada")
    assert [log_in("ada", word).status_code for word in ("", "!", "None")] == [200] * 3


def test_wrong_and_unknown_look_the_same():
    make_user("ada", password=PASSWORD)
    pages = [log_in(name, "wrong").content.decode() for name in ("ada", "eve")]
    marks = [page.replace("ada", "?").replace("eve", "?").split("<main")[1] for page in pages]
    tokens = [mark.split('csrfmiddlewaretoken" value="') for mark in marks]
    bare = ["".join(part[64:] if index else part for index, part in enumerate(t)) for t in tokens]
    assert bare[0] == bare[1]


def test_an_unknown_name_costs_a_password_check(monkeypatch):
    """As far as Django gives it: the hasher runs once whether the account exists or not."""
    make_user("ada", password=PASSWORD)
    runs: list[str] = []

    def noted(method: str) -> None:
        done = getattr(PasswordHasher, method)

        def run(*words):
            runs.append(method)
            return done(*words)

        monkeypatch.setattr(PasswordHasher, method, run)

    noted("encode")
    noted("verify")
    log_in("eve", "wrong")
    log_in("ada", "wrong")
    assert runs == ["encode", "verify"]


def test_sixty_four_annotators_log_in_from_one_address():
    for number in range(64):
        make_user(f"a{number}", password=PASSWORD)
    mistyped = [log_in(f"a{number}", "wrong", **LAB).status_code for number in range(64)]
    answers = [log_in(f"a{number}", **LAB).status_code for number in range(64)]
    assert mistyped == [200] * 64
    assert answers == [302] * 64


def test_ten_wrong_passwords_lock_the_account_at_this_address_only():
    for name in ("ada", "bob"):
        make_user(name, password=PASSWORD)
    assert fail("ada", **LAB) == [200] * (LIMIT - 1) + [429]
    locked = log_in("ada", **LAB)
    assert locked.status_code == 429
    assert "Too many wrong passwords" in locked.content.decode()
    assert log_in("bob", **LAB).status_code == 302
    assert log_in("ada", **HOME).status_code == 302


def test_a_lock_counts_name_and_email_as_one():
    make_user("ada", password=PASSWORD, email="ada@example.org")
    assert 429 not in fail("ada", LIMIT // 2, **LAB)
    assert fail("ADA@example.org", LIMIT // 2, **LAB)[-1] == 429
    assert log_in("ada", **LAB).status_code == 429


def test_emails_of_different_accounts_are_counted_apart():
    make_user("ada", password=PASSWORD, email="ada@example.org")
    make_user("bob", password=PASSWORD, email="bob@example.org")
    fail("ada@example.org", **LAB)
    assert log_in("bob@example.org", **LAB).status_code == 302


def test_a_right_password_forgets_the_wrong_ones():
    make_user("ada", password=PASSWORD)
    fail("ada", LIMIT - 1, **LAB)
    assert log_in("ada", **LAB).status_code == 302
    assert 429 not in fail("ada", LIMIT - 1, **LAB)


def test_a_forged_address_does_not_escape_the_lock():
    make_user("ada", password=PASSWORD)
    for number in range(LIMIT):
        log_in("ada", "wrong", headers={"x-forwarded-for": f"192.0.2.{number}"}, **LAB)
    assert log_in("ada", headers={"x-forwarded-for": "192.0.2.99"}, **LAB).status_code == 429


def test_behind_a_proxy_the_clients_address_counts(settings):
    settings.TRUSTED_PROXIES = 1
    make_user("ada", password=PASSWORD)
    forged = {"x-forwarded-for": "10.9.8.7, 203.0.113.7"}
    for number in range(LIMIT):
        log_in("ada", "wrong", headers={"x-forwarded-for": f"10.0.0.{number}, 203.0.113.7"})
    assert log_in("ada", headers=forged).status_code == 429
    assert log_in("ada", headers={"x-forwarded-for": "203.0.113.8"}).status_code == 302


@contextmanager
def no_cache_server() -> Iterator[None]:
    """Nothing listens where Valkey should be."""
    place = f"redis://127.0.0.1:{ports.choose(None)}/0"
    caches = {"default": real_settings.CACHES["default"] | {"LOCATION": place}}
    with override_settings(CACHES=caches):
        AxesProxyHandler.get_implementation(force=True)
        yield
    AxesProxyHandler.get_implementation(force=True)


def test_without_the_cache_nobody_logs_in():
    make_user("ada", password=PASSWORD)
    client = Client()
    with no_cache_server():
        answer = log_in("ada", client=client)
        assert client.get(LOGIN).status_code == 200
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "cannot be counted" in answer.content.decode()
    assert client.get("/api/v1/me").status_code == 401
    assert User.objects.get().last_login is None


def test_without_the_cache_whoever_is_logged_in_works_on():
    inside = client_of(make_member(make_project(), Role.LEAD).user)
    body = {"name": "Lea"}
    with no_cache_server():
        answers = [
            inside.get("/api/v1/me"),
            inside.patch("/api/v1/me", body, content_type="application/json"),
            inside.get("/api/v1/projects/birds/members"),
            inside.post("/accounts/logout/"),
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 302]


def test_the_login_needs_the_csrf_token():
    make_user("ada", password=PASSWORD)
    client = Client(enforce_csrf_checks=True)
    assert log_in("ada", client=client).status_code == 403
    assert client.get("/api/v1/me").status_code == 401


def test_the_session_changes_with_the_login():
    make_user("ada", password=PASSWORD)
    client = Client()
    client.session.save()
    before = client.session.session_key
    log_in("ada", client=client)
    assert client.session.session_key != before


def test_the_session_cookie_is_kept_from_scripts_and_ends_with_the_browser():
    make_user("ada", password=PASSWORD)
    client = Client()
    log_in("ada", client=client)
    cookie = client.cookies[real_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["expires"]) == ("Lax", "/", "")


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", "\\\\e"])
def test_the_login_leads_to_no_other_site(place):
    make_user("ada", password=PASSWORD)
    answer = Client().post(LOGIN, {"login": "ada", "password": PASSWORD, "next": place})
    assert answer.headers["location"] == "/"


def test_no_password_reaches_a_log(caplog):
    caplog.set_level(logging.DEBUG)
    make_user("ada", password=PASSWORD)
    log_in("ada", "an almost right password", **LAB)
    log_in("ada", **LAB)
    assert "an almost right password" not in caplog.text
    assert PASSWORD not in caplog.text


def test_nobody_signs_up_without_an_invitation():
    answer = Client().post(
        "/accounts/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "Ask the lead of your project" in answer.content.decode()
    assert User.objects.count() == 0
