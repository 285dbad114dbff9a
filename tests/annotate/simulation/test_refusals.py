"""What is refused before anything changes, and that nobody gets into a planted account."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from annotate.errors import ConflictError
from annotate.judgments.models import Judgment
from annotate.people.invitations import create_password_link
from annotate.people.models import ApiToken, Invitation, Membership, User
from annotate.people.services import set_password
from annotate.people.tokens import create_token
from annotate.simulation.services import simulate
from annotate.tasks.models import Project
from protocol.commands import RefusedInput
from protocol.errors import Refused
from tests.annotate.simulation.stored import contents, named_tasks
from tests.builders import claim_one, make_member, make_project, make_user, submit

pytestmark = pytest.mark.django_db
TABLES = (Project, User, Membership, Judgment, ApiToken, Invitation)
GOOD = {"task": "t0", "system": "system-0", "dimension": "d0", "value": 1, "noise": 0.1}


def refused(project: Project, **options) -> str:
    """Why the simulation is refused; nothing may have changed."""
    before = contents(*TABLES)
    with pytest.raises(Refused) as caught:
        simulate(project=project, **{"annotators": 2, "seed": 7, **options})
    assert contents(*TABLES) == before
    return str(caught.value)


def refused_command(capsys, *words: str) -> dict[str, Any]:
    """What a refused command prints for programs; nothing may have changed."""
    before = contents(*TABLES)
    with pytest.raises(RefusedInput) as caught:
        call_command("simulate", *words, "--json")
    assert caught.value.returncode == 2
    assert contents(*TABLES) == before
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_it_works(tmp_path, capsys):
    """The command: an object for programs, words for people."""
    project = make_project(overlap=2)
    named_tasks(4, project=project)
    path = tmp_path / "truth.jsonl"
    path.write_text(json.dumps(GOOD) + "\n")
    words = ["--project", project.slug, "--annotators", "3", "--seed", "7", "--truth", str(path)]
    call_command("simulate", *words, "--leave-open", "1", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["open_tasks"] == 1
    assert report["truth_lines"] == 1
    assert report["judgments"] == Judgment.objects.count()
    assert [each["username"] for each in report["annotators"]] == [
        f"simulated-7-{number}" for number in (1, 2, 3)
    ]
    assert set(report["annotators"][0]) == {
        *("username", "number", "severity", "noise", "position_bias", "cell_ms", "judgments")
    }
    assert set(report["annotators"][0]["severity"]) == {"d0", "d1"}
    call_command("simulate", *words)
    said = capsys.readouterr().out
    rest = 8 - report["judgments"]
    assert said.startswith(f"{rest} simulated judgments; 0 tasks can still be claimed.\n")
    assert "simulated-7-3: severity d0 " in said


def test_bad_truth_is_refused_with_each_line(tmp_path, capsys):
    project = make_project()
    named_tasks(1, project=project)
    path = tmp_path / "truth.jsonl"
    rows = [GOOD, {**GOOD, "system": "x"}, {**GOOD, "dimension": "d9"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    words = ["--project", project.slug, "--annotators", "2", "--seed", "7", "--truth", str(path)]
    assert refused_command(capsys, *words)["faults"] == [
        {"line": 2, "reason": "the task 't0' has no candidate of 'x'"},
        {"line": 3, "reason": "there is no dimension 'd9'; accepted are d0, d1"},
    ]


def test_an_unknown_project_is_refused(capsys):
    words = ["--project", "cats", "--annotators", "2", "--seed", "7"]
    assert refused_command(capsys, *words) == {
        "refused": "There is no project cats; create_project makes one."
    }


def test_another_projects_tasks_are_unknown(tmp_path):
    named_tasks(1, project=make_project())
    path = tmp_path / "truth.jsonl"
    path.write_text(json.dumps(GOOD) + "\n")
    said = refused(make_project(), truth=path)
    assert said == "1 bad truth lines\nline 1: the project has no task 't0'"


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("annotators", 0, "1 to 500"),
        ("annotators", 501, "1 to 500"),
        ("seed", -1, "0 to 9223372036854775807"),
        ("seed", 2**63, "0 to 9223372036854775807"),
        ("leave_open", -1, "0 to 9223372036854775807"),
    ],
)
def test_numbers_have_limits(name, value, accepted):
    assert refused(make_project(), **{name: value}) == f"{name} is {value}; accepted is {accepted}"


@pytest.mark.parametrize("state", ["paused", "archived"])
def test_a_project_that_gives_out_no_work_is_refused(state):
    project = make_project(slug="birds", state=state)
    assert refused(project).startswith(f"birds is {state}; ")


def test_real_work_is_not_mixed_with_simulated():
    project = make_project(slug="birds")
    named_tasks(2, project=project)
    member = make_member(project=project)
    submit(member, claim_one(member))
    assert refused(project).startswith("birds holds real judgments, ")


def test_real_work_in_a_simulated_project_goes_on():
    project = make_project(simulated=True, overlap=2)
    named_tasks(2, project=project)
    member = make_member(project=project)
    submit(member, claim_one(member))
    assert simulate(project=project, annotators=2, seed=7).total == 3


def test_a_persons_account_is_not_taken_over():
    make_user(username="Simulated-7-2")
    said = refused(make_project())
    assert said == "the account simulated-7-2 is somebody's; choose another seed"


def test_nobody_gets_into_a_planted_account(client):
    project = make_project(overlap=1)
    named_tasks(1, project=project)
    simulate(project=project, annotators=1, seed=7)
    user = User.objects.get(username="simulated-7-1")
    assert (user.has_usable_password(), user.is_staff, user.is_superuser) == (False,) * 3
    before = contents(User, ApiToken, Invitation)
    for way in (
        lambda: set_password(user=user, password="a long sentence of mine"),
        lambda: create_password_link(user=user),
        lambda: create_token(user=user, scope=ApiToken.Scope.ANNOTATE),
    ):
        with pytest.raises(ConflictError) as caught:
            way()
        assert caught.value.code == "not_a_person"
    for command in (
        ["reset_link", user.username],
        ["create_token", user.username, "--scope", "annotate"],
    ):
        with pytest.raises(RefusedInput):
            call_command(*command)
    for password in ("", "!", user.password, "simulated-7-1"):
        client.post(reverse("account_login"), {"login": user.username, "password": password})
        assert "_auth_user_id" not in client.session
    assert contents(User, ApiToken, Invitation) == before


def test_a_link_of_add_member_does_not_open_one():
    project, other = make_project(overlap=1), make_project()
    named_tasks(1, project=project)
    simulate(project=project, annotators=1, seed=7)
    before = contents(Membership, Invitation)
    with pytest.raises(RefusedInput):
        call_command("add_member", "simulated-7-1", "--project", other.slug, "--role", "lead")
    assert contents(Membership, Invitation) == before
