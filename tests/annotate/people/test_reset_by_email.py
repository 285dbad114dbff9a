"""A forgotten password, where the server sends email and where it does not."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from annotate.people.models import User
from tests.annotate.people.cast import PASSWORD, client_of, make_user, rows

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
NEW = {"password1": "three lazy green frogs", "password2": "three lazy green frogs"}


@pytest.fixture
def email(settings):
    cache.clear()
    settings.EMAIL_URL = "smtp://mail.example"


def link() -> str:
    found = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_it_works(email):
    user = make_user("ada", password=PASSWORD, email="ada@example.org")
    elsewhere = client_of(user)
    client = Client()
    assert client.post(RESET, {"email": "ADA@example.org"}).status_code == 302
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    page = client.get(link(), follow=True)
    answer = client.post(page.redirect_chain[-1][0], NEW)
    assert answer.status_code == 302
    assert User.objects.get().check_password(NEW["password1"])
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me").status_code == 401


def test_a_link_works_once(email):
    make_user("ada", password=PASSWORD, email="ada@example.org")
    client = Client()
    client.post(RESET, {"email": "ada@example.org"})
    once = link()
    place = client.get(once, follow=True).redirect_chain[-1][0]
    client.post(place, NEW)
    before = rows(User)
    page = Client().get(once)
    assert "Bad Token" in page.content.decode()
    assert rows(User) == before


def test_an_unknown_address_looks_the_same(email):
    make_user("ada", password=PASSWORD, email="ada@example.org")
    pages = [Client().post(RESET, {"email": f"{name}@example.org"}) for name in ("ada", "eve")]
    assert [page.headers["location"] for page in pages] == [f"{RESET}done/"] * 2


def test_a_closed_account_gets_no_link(email):
    make_user("ada", password=PASSWORD, email="ada@example.org", is_active=False)
    Client().post(RESET, {"email": "ada@example.org"})
    assert [m for m in mail.outbox if "/password/reset/key/" in m.body] == []


def test_one_address_is_not_flooded(email):
    make_user("ada", password=PASSWORD, email="ada@example.org")
    for _ in range(5):
        Client().post(RESET, {"email": "ada@example.org"})
    assert len(mail.outbox) == 3


def test_without_email_the_page_says_whom_to_ask(settings):
    settings.EMAIL_URL = ""
    make_user("ada", password=PASSWORD, email="ada@example.org")
    assert "Ask the lead" in Client().get(RESET).content.decode()
    assert Client().post(RESET, {"email": "ada@example.org"}).status_code == 409
    assert mail.outbox == []
