"""API tokens: hashed, scoped, expiring, revocable."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from annotate.errors import InvalidError
from annotate.people.hashing import hash_secret
from annotate.people.models import ApiToken, Role
from annotate.people.tokens import create_token, revoke_token
from tests.annotate.people.cast import (
    PASSWORD,
    client_of,
    make_member,
    make_project,
    make_user,
    rows,
)

pytestmark = pytest.mark.django_db


def call(text: str, path: str = "/api/v1/me"):
    return Client().get(path, headers={"authorization": f"Bearer {text}"})


def test_it_works():
    user = make_user("ada")
    made = create_token(user=user, scope=ApiToken.Scope.ANNOTATE, name="script")
    answer = call(made.text)
    assert answer.status_code == 200
    assert answer.json()["username"] == "ada"


def test_only_the_hash_is_stored():
    made = create_token(user=make_user("ada"), scope=ApiToken.Scope.LEAD)
    secret = made.text.split("_", 2)[2]
    row = ApiToken.objects.values().get()
    assert secret not in str(row)
    assert row["secret_hash"] == hash_secret(secret)
    assert len(secret) == 43


def test_it_lives_ninety_days_by_default():
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False) as clock:
        made = create_token(user=make_user("ada"), scope=ApiToken.Scope.ANNOTATE)
        assert made.row.expires_at == datetime(2026, 5, 30, tzinfo=UTC)
        clock.shift(timedelta(days=90, seconds=-1))
        assert call(made.text).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert call(made.text).status_code == 401


@pytest.mark.parametrize("days", [0, -1, 367])
def test_days_have_a_range(days):
    with pytest.raises(InvalidError) as caught:
        create_token(user=make_user("ada"), scope=ApiToken.Scope.LEAD, days=days)
    assert caught.value.faults == [{"code": "out_of_range", "field": "days", "min": 1, "max": 366}]
    assert ApiToken.objects.count() == 0


def test_a_revoked_token_is_refused():
    made = create_token(user=make_user("ada"), scope=ApiToken.Scope.ANNOTATE)
    revoke_token(token=made.row)
    answer = call(made.text)
    assert answer.status_code == 401
    assert answer.json()["code"] == "bad_token"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_the_token_of_a_closed_account_is_refused():
    user = make_user("ada")
    made = create_token(user=user, scope=ApiToken.Scope.ANNOTATE)
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert call(made.text).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.replace("ej_", "ek_"),
        lambda text: "ej_0000000000000000_" + text.split("_", 2)[2],
        lambda text: text.rsplit("_", 1)[0],
        lambda _: "ej__",
        lambda _: "",
        lambda _: "\xff\xfe",
    ],
    ids=["end", "prefix", "other key", "no secret", "empty parts", "nothing", "bytes"],
)
def test_any_other_text_is_refused(change):
    made = create_token(user=make_user("ada"), scope=ApiToken.Scope.ANNOTATE)
    answer = call(change(made.text))
    assert answer.status_code == 401
    assert answer.json()["code"] == "bad_token"


def test_a_bad_token_is_not_rescued_by_a_session():
    client = client_of(make_user("ada"))
    answer = client.get("/api/v1/me", headers={"authorization": "Bearer ej_0_0"})
    assert answer.status_code == 401


def test_a_scope_covers_no_more_than_itself():
    lead = make_member(make_project(), Role.LEAD)
    for scope, status in [("annotate", 403), ("engineer", 403), ("lead", 200)]:
        made = create_token(user=lead.user, scope=ApiToken.Scope(scope))
        answer = call(made.text, "/api/v1/projects/birds/members")
        assert answer.status_code == status, scope


def test_a_scope_gives_no_role():
    member = make_member(make_project(), Role.ANNOTATOR)
    made = create_token(user=member.user, scope=ApiToken.Scope.LEAD)
    assert call(made.text, "/api/v1/projects/birds/members").status_code == 403


def log_in(client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_person_makes_lists_and_revokes_tokens():
    make_user("ada", password=PASSWORD)
    client = Client()
    log_in(client)
    made = client.post(
        "/api/v1/me/tokens", {"scope": "annotate", "days": 7}, content_type="application/json"
    )
    assert made.status_code == 201
    assert call(made.json()["token"]).status_code == 200
    listed = client.get("/api/v1/me/tokens").json()
    assert [set(row) for row in listed] == [{"id", "scope", "name", "created_at", "expires_at"}]
    gone = client.delete(f"/api/v1/me/tokens/{made.json()['id']}")
    assert gone.status_code == 204
    assert call(made.json()["token"]).status_code == 401
    assert client.get("/api/v1/me/tokens").json() == []


def test_making_one_asks_for_the_password_again_after_a_while():
    make_user("ada", password=PASSWORD)
    client = Client()
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False) as clock:
        log_in(client)
        clock.shift(timedelta(minutes=16))
        answer = client.post(
            "/api/v1/me/tokens", {"scope": "annotate"}, content_type="application/json"
        )
    assert answer.status_code == 403
    assert answer.json()["code"] == "login_again"
    assert ApiToken.objects.count() == 0


def test_a_token_makes_and_revokes_no_tokens():
    user = make_user("ada")
    made = create_token(user=user, scope=ApiToken.Scope.LEAD)
    headers = {"authorization": f"Bearer {made.text}"}
    before = rows(ApiToken)
    body = {"scope": "lead"}
    client = Client(headers=headers)
    answers = [
        client.get("/api/v1/me/tokens"),
        client.post("/api/v1/me/tokens", body, content_type="application/json"),
        client.delete(f"/api/v1/me/tokens/{made.row.key}"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert rows(ApiToken) == before


def test_nobody_revokes_another_persons_token():
    made = create_token(user=make_user("ada"), scope=ApiToken.Scope.LEAD)
    answer = client_of(make_user("eve")).delete(f"/api/v1/me/tokens/{made.row.key}")
    assert answer.status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_neither_token_nor_hash_reaches_a_log(caplog):
    caplog.set_level(logging.DEBUG)
    made = create_token(user=make_user("ada"), scope=ApiToken.Scope.LEAD)
    call(made.text)
    call(made.text + "x")
    assert made.text.split("_", 2)[2] not in caplog.text
    assert made.row.secret_hash not in caplog.text


def test_its_history_keeps_no_hash():
    made = create_token(user=make_user("ada"), scope=ApiToken.Scope.LEAD)
    revoke_token(token=made.row)
    history = rows(apps.get_model("annotate.ApiTokenEvent"))[0]
    assert [row["pgh_label"] for row in history] == ["insert", "update"]
    assert made.row.secret_hash not in str(history)
