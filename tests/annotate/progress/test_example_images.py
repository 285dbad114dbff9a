"""Pictures of examples reach the members of projects whose protocol shows them."""

import pytest

from annotate.people.models import Membership, Role
from protocol.models import ExampleImage, ProtocolVersion
from protocol.selectors import parsed
from protocol.services import import_edition, import_shipped
from tests.annotate.people.cast import client_of, make_member
from tests.builders import make_project
from tests.protocol.builders import edition_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return import_shipped(key="editreward", number=2)


@pytest.fixture
def project(version):
    return make_project(slug="edits", version=version)


@pytest.fixture
def ada(project):
    return make_member(project, Role.ANNOTATOR, "ada").user


def ask(user, digest, image, slug="edits"):
    headers = {"accept": "image/avif,image/webp,image/*;q=0.8"}
    path = f"/api/v1/projects/{slug}/protocols/{digest}/images/{image}"
    return client_of(user).get(path, headers=headers)


def test_it_works(ada, version):
    for image in parsed(version.pk).images:
        answer = ask(ada, version.digest, image)
        assert answer.status_code == 200
        assert answer.content == bytes(ExampleImage.objects.get(sha256=image).content)
        assert answer["Content-Type"] == "image/webp"
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Content-Disposition" not in answer


def test_a_superseded_version_is_still_shown(ada, project, version):
    """Tasks that were begun under it are judged by it."""
    text = edition_text(key="editreward", number=3)
    project.protocol_version = import_edition(text=text, publish=True)
    project.save()
    version.refresh_from_db()
    assert version.state == ProtocolVersion.State.SUPERSEDED
    assert ask(ada, version.digest, min(parsed(version.pk).images)).status_code == 200


def test_another_version_does_not_lend_its_images(ada, project, version):
    image = min(parsed(version.pk).images)
    text = edition_text(key="editreward", number=3)
    third = import_edition(text=text, publish=True)
    assert ask(ada, third.digest, image).status_code == 404
    assert ask(ada, "0" * 64, image).status_code == 404
    assert ask(ada, version.digest, "0" * 64).status_code == 404


def test_others_find_nothing(ada, project, version):
    """Not a member of another project, nor one whose membership ended, nor another protocol's."""
    image = min(parsed(version.pk).images)
    other = make_project(slug="else")
    eve = make_member(other, Role.ADMIN, "eve").user
    assert ask(eve, version.digest, image).status_code == 404
    assert ask(eve, version.digest, image, slug="else").status_code == 404
    Membership.objects.filter(user=ada).update(ended_at="2026-01-01T00:00:00Z")
    assert ask(ada, version.digest, image).status_code == 404
