"""`prepare_demo` makes accounts and a project once, and never touches a stranger's."""

import json
import stat
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from annotate.models import Membership, Project, User
from protocol.commands import RefusedInput
from protocol.models import ProtocolVersion
from tests.modelbridge.builders import make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash that takes no time: these tests log in, they do not resist guessing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def prepare(path):
    """Runs the command; the JSON it prints."""
    out = StringIO()
    call_command("prepare_demo", accounts=path, json=True, stdout=out)
    return json.loads(out.getvalue())


def test_it_works(tmp_path, settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8123"
    path = tmp_path / "var" / "demo.json"
    assert prepare(path)["project"] == "demo"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = json.loads(path.read_text())
    assert content["url"] == "http://127.0.0.1:8123"
    assert [(entry["username"], entry["roles"]) for entry in content["accounts"]] == [
        ("annotator", ["annotator"]),
        ("annotator2", ["annotator"]),
        ("lead", ["lead"]),
        ("engineer", ["engineer"]),
        ("admin", ["admin"]),
    ]
    project = Project.objects.get(slug="demo")
    assert project.simulated
    for entry in content["accounts"]:
        request = RequestFactory().post("/")
        user = authenticate(request, username=entry["username"], password=entry["password"])
        assert user is not None, entry["username"]
        assert Membership.objects.get(user=user, project=project).role == entry["roles"][0]
    staff = User.objects.filter(is_staff=True, is_superuser=True)
    assert [user.username for user in staff] == ["admin"]


def test_every_shipped_edition_is_published(tmp_path):
    prepare(tmp_path / "demo.json")
    version = Project.objects.get().protocol_version
    assert (version.protocol.key, version.state) == ("editreward", "published")
    assert ProtocolVersion.objects.values("protocol").distinct().count() >= 2


def test_again_changes_nothing(tmp_path):
    path = tmp_path / "demo.json"
    prepare(path)
    before = path.read_text(), list(User.objects.order_by("pk").values())
    prepare(path)
    assert (path.read_text(), list(User.objects.order_by("pk").values())) == before
    assert Membership.objects.count() == 5


def test_a_lost_file_gives_new_passwords(tmp_path):
    path = tmp_path / "demo.json"
    prepare(path)
    before = path.read_text()
    path.unlink()
    prepare(path)
    entry = json.loads(path.read_text())["accounts"][0]
    assert path.read_text() != before
    assert User.objects.get(username="annotator").check_password(entry["password"])


def test_a_strangers_account_is_refused(tmp_path):
    make_user("lead")
    with pytest.raises(RefusedInput, match=r"not the demo's: lead"):
        prepare(tmp_path / "demo.json")
    assert not (tmp_path / "demo.json").exists()
    assert User.objects.count() == 1


def test_a_real_project_of_that_name_is_refused(tmp_path):
    make_project("demo")
    with pytest.raises(RefusedInput, match="holds real work"):
        prepare(tmp_path / "demo.json")
    assert not User.objects.exists()
    assert not (tmp_path / "demo.json").exists()
