"""Whoever has an address hears of a changed password or second factor."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from annotate.people.models import User
from tests.annotate.people.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
CHANGE = "/accounts/password/change/"
NEW = "three lazy green frogs"
FORM = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}


def logged_in(**fields: str) -> Client:
    cache.clear()
    make_user("ada", password=PASSWORD, **fields)
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    return client


def test_it_works():
    client = logged_in(email="ada@example.org")
    assert client.post(CHANGE, FORM).status_code == 302
    (notice,) = mail.outbox
    assert notice.to == ["ada@example.org"]
    assert "Password Changed" in notice.subject
    assert NEW not in str(notice.message())


def test_without_an_address_nothing_is_sent():
    assert logged_in().post(CHANGE, FORM).status_code == 302
    assert mail.outbox == []


def test_a_mail_server_that_is_away_undoes_nothing(settings, caplog):
    client = logged_in(email="ada@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert client.post(CHANGE, FORM).status_code == 302
    assert User.objects.get().check_password(NEW)
    assert "no notice could be sent" in caplog.text
