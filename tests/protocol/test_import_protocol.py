"""`manage.py import_protocol`."""

import json
from io import StringIO

import pytest
from django.core.management import call_command, load_command_class
from django.core.management.base import CommandError

from protocol.models import ProtocolVersion
from tests.protocol.builders import edition_text


@pytest.fixture
def edition(tmp_path):
    path = tmp_path / "sample.toml"
    path.write_text(edition_text(), encoding="utf-8")
    return path


def run(*arguments):
    out = StringIO()
    call_command("import_protocol", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments):
    """The message of a refused run, its exit status 2 and what it printed."""
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_protocol", *map(str, arguments), stdout=out)
    assert refusal.value.returncode == 2
    assert ProtocolVersion.objects.count() == 0
    return str(refusal.value), out.getvalue()


def test_it_works(db, edition):
    printed = run(edition, "--publish")
    version = ProtocolVersion.objects.get()
    assert printed == f"sample@1 is published, digest {version.digest}\n"
    assert version.state == "published"


def test_it_leaves_a_draft_unless_asked(db, edition):
    assert run(edition).startswith("sample@1 is draft, digest ")


def test_it_prints_one_object_for_programs(db, edition):
    first, second = json.loads(run(edition, "--json")), json.loads(run(edition, "--json"))
    version = ProtocolVersion.objects.get()
    wanted = {"key": "sample", "number": 1, "state": "draft", "digest": version.digest}
    assert first == second == wanted


def test_a_faulty_file_is_refused_with_line_and_key(db, edition):
    edition.write_text(edition_text().replace("number = 1", "number = 0"), encoding="utf-8")
    text = "found 0; accepted: an integer from 1 to 9999"
    message, printed = refused(edition, "--publish", "--json")
    assert message == f"line 2: number: {text}"
    assert json.loads(printed) == {
        "refused": message,
        "faults": [{"line": 2, "key": "number", "message": text}],
    }
    assert refused(edition) == (message, "")


@pytest.mark.parametrize("name", ["none.toml", "."])
def test_what_is_no_file_is_refused(db, tmp_path, capsys, name):
    command = load_command_class("protocol", "import_protocol")
    with pytest.raises(SystemExit) as exit_:
        command.run_from_argv(["manage.py", "import_protocol", str(tmp_path / name)])
    printed = capsys.readouterr()
    assert (exit_.value.code, printed.out) == (2, "")
    wanted = f"FILE.toml: '{tmp_path / name}': accepted is the path of a readable file\n"
    assert printed.err.endswith(wanted)
