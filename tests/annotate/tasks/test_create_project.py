"""Making projects."""

import json

import pytest
from django.core.management import CommandError, call_command

from annotate.errors import ConflictError, InvalidError
from annotate.tasks.models import Project
from annotate.tasks.services import create_project
from protocol.models import ProtocolVersion
from protocol.services import import_edition
from protocol.shipped import shipped_edition
from tests.annotate.tasks.builders import make_project

pytestmark = pytest.mark.django_db


def test_it_works(capsys):
    call_command(
        "create_project", "edits", "--protocol", "editreward", "--overlap", "5",
        "--title", "Edits of May", "--json",
    )  # fmt: skip
    project = Project.objects.get()
    assert (project.slug, project.title, project.overlap) == ("edits", "Edits of May", 5)
    assert project.state == Project.State.ACTIVE
    assert json.loads(capsys.readouterr().out) == {
        "slug": "edits",
        "title": "Edits of May",
        "overlap": 5,
        "protocol": {"key": "editreward", "number": project.protocol_version.number},
        "digest": project.protocol_version.digest,
        "published_edition": True,
    }


def test_a_shipped_edition_is_published_and_said_once(capsys):
    call_command("create_project", "one", "--protocol", "editreward@1")
    assert "Published the shipped edition editreward@1." in capsys.readouterr().out
    call_command("create_project", "two", "--protocol", "editreward@1")
    assert "Published" not in capsys.readouterr().out
    assert ProtocolVersion.objects.get().state == ProtocolVersion.State.PUBLISHED


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "no published version of nothing"),
        ("editreward@99", "no editreward@99"),
        ("editreward@x", "accepted is KEY or KEY@NUMBER"),
    ],
)
def test_an_unknown_protocol_is_refused(name, said):
    with pytest.raises(CommandError, match=said) as caught:
        call_command("create_project", "edits", "--protocol", name)
    assert caught.value.returncode == 2
    assert (Project.objects.count(), ProtocolVersion.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("options", "field"),
    [(["a b"], "slug"), (["edits", "--overlap", "0"], "overlap"), (["x" * 65], "slug")],
)
def test_bad_values_are_refused_and_nothing_is_published(options, field):
    with pytest.raises(CommandError, match=f"{field}: ") as caught:
        call_command("create_project", *options, "--protocol", "editreward")
    assert caught.value.returncode == 2
    assert (Project.objects.count(), ProtocolVersion.objects.count()) == (0, 0)


def test_a_slug_is_taken_once():
    made = make_project("edits")
    with pytest.raises(InvalidError) as caught:
        create_project(slug="edits", version=made.protocol_version)
    assert [(fault["code"], fault["field"]) for fault in caught.value.faults] == [
        ("unique", "slug")
    ]
    assert Project.objects.get() == made


def test_a_draft_is_refused():
    version = import_edition(text=shipped_edition("editreward", 1).read_bytes())
    with pytest.raises(ConflictError, match="is a draft"):
        create_project(slug="edits", version=version)
    assert Project.objects.count() == 0
