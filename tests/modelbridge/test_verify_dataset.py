"""`verify_dataset` finds every change to a data set, and none in a whole one."""

import hashlib
import json
import subprocess
from io import StringIO

import pytest
from django.core.management import call_command

from modelbridge.dataset.verify import dataset_faults
from protocol.commands import FaultsFound, RefusedInput
from tests.modelbridge.exports import export, lines_of, rows_of

pytestmark = pytest.mark.django_db
ROWS, LINES = "editreward/train-00000-of-00001.json", "groups/train-00000-of-00001.jsonl"


@pytest.fixture(params=["keep", "drop", "duplicate"])
def whole(request, judged, tmp_path):
    """A data set as it was written, under each tie policy."""
    export(judged, tmp_path / "set", ties=request.param)
    return tmp_path / "set"


@pytest.fixture
def written(judged, tmp_path):
    """A data set as it was written."""
    export(judged, tmp_path / "set")
    return tmp_path / "set"


def faults(folder):
    return list(dataset_faults(folder))


def rewrite(folder, path, content: bytes):
    """Change a file and list it in the manifest as it is now: a forgery."""
    (folder / path).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    for entry in manifest["files"]:
        if entry["path"] == path:
            entry["bytes"] = len(content)
            entry["sha256"] = hashlib.sha256(content).hexdigest()
    write_manifest(folder, manifest)


def write_manifest(folder, manifest):
    """Write another manifest and the sums of it all: a forgery that only a digest finds."""
    (folder / "manifest.json").write_text(json.dumps(manifest))
    names = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in names
    ]
    (folder / "SHA256SUMS").write_text(
        "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line[66:]))
    )


def rewrite_rows(folder, rows):
    """Write these rows in place of the pairs."""
    body = ",\n".join(json.dumps(row) for row in rows)
    rewrite(folder, ROWS, f"[\n{body}\n]\n".encode())


def test_it_works(whole):
    printed = StringIO()
    call_command("verify_dataset", str(whole), stdout=printed)
    assert printed.getvalue() == f"{whole} is whole\n"


@pytest.mark.parametrize("name", ["groups", "editreward"])
def test_one_format_alone_is_whole(judged, tmp_path, name):
    export(judged, tmp_path / "set", name)
    assert faults(tmp_path / "set") == []


def test_every_flipped_byte_is_found(written):
    paths = sorted(path for path in written.rglob("*") if path.is_file())
    for path in paths:
        content = path.read_bytes()
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        found = faults(written)
        name = path.relative_to(written).as_posix()
        assert found, name
        assert found[0].startswith(f"{name}:"), found
        path.write_bytes(content)
    assert faults(written) == []


def test_missing_and_added_files_are_found(written):
    (written / ROWS).rename(written / "extra.json")
    with pytest.raises(FaultsFound, match=r"2 fault\(s\) found"):
        call_command("verify_dataset", str(written), stdout=StringIO())
    assert faults(written) == [
        f"{ROWS}: missing",
        "extra.json: is not listed in manifest.json",
    ]


def test_every_flipped_byte_of_the_lists_is_found(written):
    """With the digest it is said which of the two lists was changed."""
    digest = hashlib.sha256((written / "SHA256SUMS").read_bytes()).hexdigest()
    assert list(dataset_faults(written, digest)) == []
    for name in ("SHA256SUMS", "manifest.json"):
        content = (written / name).read_bytes()
        for place in range(0, len(content), 7):
            flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            (written / name).write_bytes(flipped)
            found = list(dataset_faults(written, digest))
            assert found, (name, place)
            assert found[0].startswith(f"{name}:"), (found, place)
        (written / name).write_bytes(content)


def test_sha256sum_accepts_it(written):
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=written, check=False)
    assert done.returncode == 0


def test_another_data_set_than_the_one_asked_for_is_a_fault(written):
    found = list(dataset_faults(written, "0" * 64))
    assert len(found) == 1
    assert found[0].startswith("SHA256SUMS: has the SHA-256 ")


def test_a_missing_or_broken_manifest_is_a_fault(written):
    manifest = written / "manifest.json"
    manifest.write_text("{")
    assert faults(written)[0].startswith("manifest.json: not a manifest (JSONDecodeError")
    manifest.write_text('{"format_version": 99}')
    assert faults(written) == ["manifest.json: format_version is 99, this program reads 2"]
    manifest.unlink()
    assert faults(written) == ["manifest.json: missing"]


def test_a_forged_preference_is_found(written):
    first, tie = rows_of(written)
    forged = first | {"model1_overall_score": 8}
    rewrite_rows(written, [forged, tie])
    assert faults(written) == [f"{ROWS}:2: does not follow from {LINES}:1"]


def test_swapped_sides_are_found(written):
    first, tie = rows_of(written)
    swapped = first | {"path1": first["path2"], "path2": first["path1"]}
    rewrite_rows(written, [swapped, tie])
    assert faults(written) == [f"{ROWS}:2: does not follow from {LINES}:1"]


def test_a_lost_pair_and_a_surplus_pair_are_found(written):
    first, tie = rows_of(written)
    rewrite_rows(written, [first])
    assert faults(written) == [
        f"{LINES}:2: gives a pair that editreward does not hold",
        "manifest.json: says 2 editreward_rows, the files hold 1",
    ]
    rewrite_rows(written, [first, tie, tie])
    assert faults(written) == [f"{ROWS}:4: belongs to no task"]


def test_a_forged_rating_is_found(written):
    first, second = lines_of(written)
    first["ratings"][0]["value"] = 1
    body = "\n".join(json.dumps(line) for line in (first, second)) + "\n"
    rewrite(written, LINES, body.encode())
    assert faults(written)[:2] == [
        f"{LINES}:1: does not follow from its own ratings",
        f"{ROWS}:2: does not follow from {LINES}:1",
    ]


def test_a_row_against_its_schema(written):
    first, tie = rows_of(written)
    rewrite_rows(written, [first | {"votes": "two"}, tie])
    assert f"{ROWS}:2: $.votes: 'two' is not of type 'array'" in faults(written)


def test_an_image_that_no_row_names(written):
    content = b"another picture"
    sha256 = hashlib.sha256(content).hexdigest()
    path = f"images/{sha256}.webp"
    manifest = json.loads((written / "manifest.json").read_text())
    manifest["files"].append({"path": path, "bytes": len(content), "sha256": sha256})
    (written / path).write_bytes(content)
    write_manifest(written, manifest)
    assert faults(written) == [f"{path}: no row names it"]


def test_a_forged_count_is_found(written):
    manifest = json.loads((written / "manifest.json").read_text())
    manifest["counts"]["ties"] = 7
    write_manifest(written, manifest)
    assert faults(written) == ["manifest.json: says 7 ties, the files hold 1"]


def test_no_folder_is_refused(tmp_path):
    with pytest.raises(RefusedInput, match="is not a folder"):
        call_command("verify_dataset", str(tmp_path / "none"))
