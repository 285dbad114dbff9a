"""The commands that make accounts, tokens and links."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from annotate.people.models import ApiToken, Invitation, Membership, Role, User
from annotate.people.selectors import find_invitation, find_token
from tests.annotate.people.cast import PASSWORD, make_project, make_user, rows

pytestmark = pytest.mark.django_db


def run(capsys, *words: str):
    call_command(*words, "--json")
    return json.loads(capsys.readouterr().out)


def refused(*words: str) -> str:
    """What a refused command says; nothing may have changed."""
    before = rows(User, Membership, Invitation, ApiToken)
    with pytest.raises(CommandError) as caught:
        call_command(*words)
    assert caught.value.returncode == 2
    assert rows(User, Membership, Invitation, ApiToken) == before
    return str(caught.value)


def test_it_works(capsys):
    make_project()
    report = run(capsys, "add_member", "ada", "--project", "birds", "--role", "lead")
    member = Membership.objects.get()
    assert (member.user.username, member.role, member.ended_at) == ("ada", Role.LEAD, None)
    assert not member.user.has_usable_password()
    assert (report["username"], report["project"], report["role"]) == ("ada", "birds", "lead")
    path, _, secret = report["password_link"].partition("#")
    assert path.endswith("/accounts/invitation/")
    assert find_invitation(secret).user == member.user


def test_an_account_with_a_password_gets_no_link(capsys):
    make_project()
    make_user("ada", password=PASSWORD)
    report = run(capsys, "add_member", "ada", "--project", "birds", "--role", "annotator")
    assert report["password_link"] is None
    assert Invitation.objects.count() == 0
    assert User.objects.count() == 1


def test_adding_twice_is_refused():
    make_project()
    call_command("add_member", "ada", "--project", "birds", "--role", "annotator")
    said = refused("add_member", "Ada", "--project", "birds", "--role", "admin")
    assert said == "ada is already a member, as annotator."


def test_an_unknown_project_or_a_bad_name_is_refused():
    assert refused("add_member", "ada", "--project", "cats", "--role", "lead").startswith(
        "There is no project cats"
    )
    make_project()
    assert "username" in refused("add_member", "a b", "--project", "birds", "--role", "lead")


def test_a_token_is_printed_once(capsys):
    user = make_user("ada")
    report = run(capsys, "create_token", "ada", "--scope", "engineer", "--days", "3")
    token = find_token(report["token"])
    assert token is not None
    assert (token.user, token.scope, token.key) == (user, "engineer", report["id"])
    until = datetime.fromisoformat(report["expires_at"])
    assert timedelta(days=2, hours=23) < until - datetime.now(UTC) <= timedelta(days=3)
    assert set(report) == {"token", "id", "expires_at"}


def test_a_token_for_nobody_or_for_ever_is_refused():
    assert refused("create_token", "ada", "--scope", "lead") == "There is no account ada."
    make_user("ada")
    assert (
        refused("create_token", "ada", "--scope", "lead", "--days", "999") == "days: out_of_range"
    )


def test_a_reset_link_ends_the_one_before(capsys):
    user = make_user("ada", password=PASSWORD)
    first = run(capsys, "reset_link", "ada")
    second = run(capsys, "reset_link", "ada")
    links = Invitation.objects.order_by("created_at")
    assert [link.revoked_at is None for link in links] == [False, True]
    assert find_invitation(second["url"].partition("#")[2]).user == user
    assert first["url"] != second["url"]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"kind": "imported"}])
def test_an_account_that_nobody_uses_gets_no_link(fields):
    make_user("ada", **fields)
    assert refused("reset_link", "ada").startswith("ada is not a person's open account")
    assert refused("reset_link", "eve") == "There is no account eve."
