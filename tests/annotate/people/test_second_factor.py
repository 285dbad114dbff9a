"""A second factor stands before everything that the account opens, Django's admin included."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from annotate.people.invitations import create_password_link
from annotate.people.models import User
from tests.annotate.people.cast import PASSWORD, client_of, make_user

pytestmark = pytest.mark.django_db
CODE_PAGE = "/accounts/2fa/authenticate/"


@pytest.fixture
def secret() -> str:
    """The secret of ada, who is staff and has an authenticator app."""
    cache.clear()
    user = make_user("ada", password=PASSWORD, is_staff=True, is_superuser=True)
    secret = str(generate_totp_secret())
    TOTP.activate(user, secret)
    return secret


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def half_way(place: str = "/") -> Client:
    """A browser that has given the password."""
    client = Client()
    form = {"login": "ada", "password": PASSWORD, "next": place}
    answer = client.post("/accounts/login/", form)
    assert answer.headers["location"].startswith(CODE_PAGE)
    return client


def test_it_works(secret):
    client = half_way("/admin/")
    answer = client.post(CODE_PAGE, {"code": code(secret)})
    assert (answer.status_code, answer.headers["location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_the_password_alone_opens_nothing(secret):
    client = half_way()
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/admin/").headers["location"] == "/admin/login/?next=/admin/"
    assert User.objects.get().last_login is None


@pytest.mark.parametrize("wrong", ["000000", "", "abc", "0" * 400])
def test_a_wrong_code_opens_nothing(secret, wrong):
    client = half_way()
    assert client.post(CODE_PAGE, {"code": wrong}).status_code == 200
    assert client.get("/api/v1/me").status_code == 401


def test_a_code_works_once(secret):
    given = code(secret)
    assert half_way().post(CODE_PAGE, {"code": given}).status_code == 302
    client = half_way()
    assert client.post(CODE_PAGE, {"code": given}).status_code == 200
    assert client.get("/api/v1/me").status_code == 401


def test_codes_cannot_be_tried_out(secret):
    client = half_way()
    for number in range(10):
        client.post(CODE_PAGE, {"code": f"{number:06}"})
    answer = client.post(CODE_PAGE, {"code": code(secret)})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()
    assert client.get("/api/v1/me").status_code == 401


def test_a_recovery_code_opens_once(secret):
    spare = RecoveryCodes.activate(User.objects.get()).get_unused_codes()[0]
    assert half_way().post(CODE_PAGE, {"code": spare}).status_code == 302
    assert half_way().post(CODE_PAGE, {"code": spare}).status_code == 200


def test_a_password_link_does_not_get_around_it(secret):
    link = create_password_link(user=User.objects.get())
    client = Client()
    page = "/accounts/invitation/"
    client.post(page, {"secret": link.url.partition("#")[2]})
    answer = client.post(page, {"password": "another long password"})
    assert answer.headers["location"].startswith(CODE_PAGE)
    assert client.get("/api/v1/me").status_code == 401


def test_it_cannot_be_switched_off_without_the_password():
    user = make_user("ada", password=PASSWORD)
    TOTP.activate(user, generate_totp_secret())
    answer = client_of(user).post("/accounts/2fa/totp/deactivate/")
    assert answer.headers["location"].startswith("/accounts/")
    assert "reauthenticate" in answer.headers["location"]
    assert Authenticator.objects.filter(user=user).count() == 1
