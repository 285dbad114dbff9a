"""Sessions and their users read by prepared statements: Django's rules, fewer costs."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from annotate.people.models import User
from annotate.sessions import AccountBackend, SessionStore
from tests.annotate.api import Caller
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def test_it_works():
    user = make_user(username="ann", language="zh-hans")
    caller = Caller(user)
    request = HttpRequest()
    request.session = SessionStore(caller.client.session.session_key)
    found = get_user(request)
    assert found == user
    assert isinstance(found, User)
    assert (found.username, found.language, found.kind) == ("ann", "zh-hans", "human")
    assert request.session[SESSION_KEY] == str(user.pk)


def test_what_is_written_is_read():
    store = SessionStore()
    store["colour"] = "grey"
    store.save()
    again = SessionStore(store.session_key)
    assert again["colour"] == "grey"
    again["colour"] = "green"
    again.save()
    assert SessionStore(store.session_key)["colour"] == "green"


def test_an_ended_session_is_empty_and_gets_another_key():
    store = SessionStore()
    store["colour"] = "grey"
    store.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    again = SessionStore(store.session_key)
    assert again.get("colour") is None
    assert again.session_key is None


def test_an_unknown_key_is_empty():
    store = SessionStore("0" * 32)
    assert dict(store.items()) == {}
    assert store.session_key is None


def test_a_closed_account_is_nobody():
    user = make_user(is_active=False)
    assert AccountBackend().get_user(user.pk) is None
    assert AccountBackend().get_user(user.pk + 1) is None


def test_a_changed_password_ends_the_session():
    user = make_user()
    caller = Caller(user)
    assert caller.get("/me").status_code == 200
    user.set_password("another quiet plate")
    user.save(update_fields=["password"])
    assert caller.get("/me").status_code == 401
