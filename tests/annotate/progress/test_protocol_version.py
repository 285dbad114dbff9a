"""The protocol versions of a project, for tasks that were started under an older one."""

import json

import pytest

from annotate.people.models import Role
from annotate.tasks.models import Project
from protocol.services import import_edition
from tests.annotate.people.cast import client_of, make_member
from tests.annotate.tasks.builders import make_project
from tests.protocol.builders import edition_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def ada(project):
    return make_member(project, Role.ANNOTATOR, "ada").user


def version_of(key, *, number=1, publish=True):
    return import_edition(text=edition_text(key=key, number=number), publish=publish)


def ask(user, version):
    return client_of(user).get(f"/api/v1/projects/edits/protocols/{version.digest}")


def test_it_works(ada):
    first, second = version_of("sample"), version_of("sample", number=2)
    Project.objects.update(protocol_version=second)
    assert ask(ada, first).json() == {
        "key": "sample",
        "number": 1,
        "digest": first.digest,
        "document": json.loads(first.document),
    }
    assert ask(ada, second).json()["number"] == 2


def test_a_draft_and_another_protocol_are_not_shown(ada):
    Project.objects.update(protocol_version=version_of("sample"))
    assert ask(ada, version_of("sample", number=2, publish=False)).status_code == 404
    assert ask(ada, version_of("other")).status_code == 404


def test_a_stranger_finds_nothing(project):
    version = project.protocol_version
    stranger = make_member(make_project("else"), Role.LEAD, "eve").user
    assert ask(stranger, version).status_code == 404
