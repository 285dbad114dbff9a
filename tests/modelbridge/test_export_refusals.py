"""An export that cannot be made says why and leaves nothing behind."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError

from annotate.models import Candidate, Judgment
from annotate.tasks import storage
from protocol.commands import RefusedInput
from tests.modelbridge.builders import make_project
from tests.modelbridge.exports import contents, export

pytestmark = pytest.mark.django_db


def test_a_folder_that_holds_something(judged, tmp_path):
    out = tmp_path / "set"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(RefusedInput, match="is not empty"):
        export(judged, out)
    assert contents(tmp_path) == {"set/mine.txt": b"mine"}


def test_an_empty_folder_is_filled(judged, tmp_path):
    (tmp_path / "set").mkdir()
    export(judged, tmp_path / "set")
    assert (tmp_path / "set" / "manifest.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_a_file_or_a_link(judged, tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(RefusedInput, match="is no folder"):
            export(judged, tmp_path / name)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_place_below_a_file(judged, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(RefusedInput, match="cannot be written"):
        export(judged, tmp_path / "file" / "set")
    assert contents(tmp_path) == {"file": b"mine"}


def test_an_unknown_project(tmp_path):
    with pytest.raises(RefusedInput, match="there is no project nowhere"):
        export("nowhere", tmp_path / "set")
    assert list(tmp_path.iterdir()) == []


def test_a_project_without_judgments(tmp_path):
    with pytest.raises(RefusedInput, match="has no judgment that counts"):
        export(make_project(), tmp_path / "set")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("format", "parquet", "invalid choice"),
        ("consensus", "mode", "invalid choice"),
        ("ties", "maybe", "invalid choice"),
        ("min_raters", "0", "accepted is 1 to 100"),
        ("min_raters", "two", "invalid int"),
        ("as_of", "yesterday", "accepted is ISO 8601"),
    ],
)
def test_words_that_are_not_accepted(judged, tmp_path, option, value, message):
    with pytest.raises(CommandError, match=message):
        export(judged, tmp_path / "set", **{option: value})
    assert list(tmp_path.iterdir()) == []


def test_an_image_that_the_storage_lost(judged, tmp_path):
    candidate = Candidate.objects.get(task__external_id="t2", system="beta")
    default_storage.delete(storage.level_path(candidate.image.sha256, storage.FULL))
    with pytest.raises(RefusedInput, match="the candidate beta of task t2 is missing"):
        export(judged, tmp_path / "set")
    assert list(tmp_path.iterdir()) == []
    assert Judgment.objects.count() == 4


FILL = """
import sys
from datetime import datetime, UTC
from io import BytesIO
from pathlib import Path
from modelbridge.dataset.facts import Source
from modelbridge.dataset.options import resolve
from modelbridge.dataset.write import write_dataset
from protocol.errors import Refused
from tests.unit.modelbridge.facts import task_of

task = task_of(((4, 4), (3, 3)), ((4, 4), (3, 3)))
source = Source("p", b"k" * 32, datetime.now(UTC), 20_000, iter([task] * 20_000), {})
options = resolve(formats=["groups", "editreward"])
try:
    write_dataset(source, options, Path(sys.argv[1]), lambda _: BytesIO(b"x"), lambda *_: None)
except Refused as refusal:
    print(refusal)
    raise SystemExit(2)
"""


def test_a_disk_that_fills(tmp_path):
    """A limit on file size stands in for the full disk: the kernel refuses the write."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))

    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path / "set")],
        cwd=Path(settings.BASE_DIR),
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert "there is no room for" in done.stdout
    assert list(tmp_path.iterdir()) == []
