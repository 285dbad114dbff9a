"""Example images of an edition: what is kept of them, and which files are refused."""

import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from PIL import Image

from protocol.document import canonical, parse
from protocol.edition import EditionError, read_edition
from protocol.images import LARGEST_FILE
from protocol.models import ExampleImage, ProtocolVersion
from protocol.selectors import example_image, parsed
from protocol.services import import_edition
from tests.protocol.builders import edition_text, read_document

EXAMPLE = """[[dimensions.levels.examples]]
source = "one"
edit = "two"
note = { en = "Bent" }
"""


def picture(shade: int, side: int = 8, kind: str = "PNG") -> bytes:
    """An image file of one grey."""
    buffer = BytesIO()
    Image.new("RGB", (side, side), (shade,) * 3).save(buffer, kind)
    return buffer.getvalue()


def sha256(content: bytes) -> str:
    """The digest by which an image is known."""
    return hashlib.sha256(content).hexdigest()


def table(key: str, content: bytes) -> str:
    """How an edition names an image."""
    return f'[[images]]\nkey = "{key}"\nfile = "{key}.png"\nsha256 = "{sha256(content)}"\n'


def header(side: int) -> bytes:
    """The beginning of a PNG that claims to be so large; few bytes, many pixels."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    check = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + check


ONE, TWO = picture(10), picture(200)
TEXT = (
    edition_text().replace("[[cannot_judge_reasons]]", f"{EXAMPLE}[[cannot_judge_reasons]]")
    + table("one", ONE)
    + table("two", TWO)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both pictures beside where the edition lies."""
    images = tmp_path / "images"
    images.mkdir()
    (images / "one.png").write_bytes(ONE)
    (images / "two.png").write_bytes(TWO)
    return tmp_path


def faults(text: str, folder: Path | None) -> list[tuple[int, str, str]]:
    """The faults of an edition that is refused."""
    with pytest.raises(EditionError) as refusal:
        read_edition(text, folder=folder)
    return refusal.value.faults


def line(text: str, start: str, number: int = 1) -> int:
    """The line on which the text so begins for the so many-th time."""
    lines = [at for at, each in enumerate(text.split("\n"), 1) if each.startswith(start)]
    return lines[number - 1]


def test_it_works(folder: Path):
    """The document names images by SHA-256; file names are not in it."""
    edition = read_edition(TEXT, folder=folder)
    assert "images" not in edition.document
    assert ".png" not in canonical(edition.document)
    document = parse(canonical(edition.document))
    (example,) = document.dimensions[0].levels[-1].examples
    assert (example.source, example.edit) == (sha256(ONE), sha256(TWO))
    assert (example.instruction, example.note) == (None, {"en": "Bent"})
    assert document.images == {sha256(ONE), sha256(TWO)}
    assert [(each.sha256, each.media_type, each.content) for each in edition.images] == [
        (sha256(ONE), "image/png", ONE),
        (sha256(TWO), "image/png", TWO),
    ]


def test_an_edition_without_examples_is_written_as_before():
    assert "examples" not in canonical(read_document(edition_text()))


@pytest.mark.parametrize(
    ("old", "new", "place", "key", "found"),
    [
        ('edit = "two"', 'edit = "three"', ("edit =", 1), "edit", "the unknown image 'three'"),
        ('file = "two.png"', 'file = "../two.png"', ("file =", 2), "file", "'../two.png'"),
        ('file = "two.png"', 'file = "three.png"', ("file =", 2), "file", "no such file"),
        ('key = "two"', 'key = "one"', ("key =", 7), "key", "'one' a second time"),
    ],
)
def test_a_wrong_name_is_a_fault(folder: Path, old, new, place, key, found):
    text = TEXT.replace(old, new)
    said = [
        (at, shown.split(".")[-1], message.split("; accepted: ")[0])
        for at, shown, message in faults(text, folder)
    ]
    assert (line(text, *place), key, f"found {found}") in said


def test_a_wrong_digest_is_a_fault(folder: Path):
    (folder / "images" / "two.png").write_bytes(ONE)
    assert faults(TEXT, folder) == [
        (
            line(TEXT, "sha256", 2),
            "images[1].sha256",
            f"found '{sha256(TWO)}'; accepted: the SHA-256 of the file, {sha256(ONE)}",
        )
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"GIF89a", "another content"),
        (picture(1, 513), "another content"),
        (picture(1)[:40], "another content"),
        (picture(1, kind="BMP"), "another content"),
        (header(60_000), "another content"),
        (b"0" * (LARGEST_FILE + 1), f"{LARGEST_FILE + 1} bytes"),
    ],
)
def test_what_is_not_a_small_image_is_a_fault(folder: Path, content, found):
    (folder / "images" / "two.png").write_bytes(content)
    text = TEXT.replace(sha256(TWO), sha256(content))
    ((at, key, message),) = faults(text, folder)
    assert (at, key) == (line(text, "file", 2), "images[1].file")
    assert message.startswith(f"found {found}; accepted: ")


def test_an_image_that_no_example_shows_is_a_fault(folder: Path):
    ((_, key, message),) = faults(TEXT.replace('edit = "two"', 'edit = "one"'), folder)
    assert (key, message) == (
        "images[1]",
        "found 'two', which no example shows; accepted: used images",
    )


def test_without_a_folder_no_image_is_found():
    assert [key for _, key, _ in faults(TEXT, None)] == ["images[0].file", "images[1].file"]


def test_the_command_keeps_the_files_beside_the_edition(db, folder: Path):
    path = folder / "mine.toml"
    path.write_text(TEXT)
    for _ in range(2):
        call_command("import_protocol", str(path), "--publish")
    version = ProtocolVersion.objects.get()
    assert parsed(version.pk).images == {sha256(ONE), sha256(TWO)}
    kept = {row.sha256: bytes(row.content) for row in ExampleImage.objects.all()}
    assert kept == {sha256(ONE): ONE, sha256(TWO): TWO}


def test_a_refused_edition_leaves_no_image(db, folder: Path):
    (folder / "images" / "two.png").unlink()
    with pytest.raises(EditionError):
        import_edition(text=TEXT, folder=folder)
    assert (ExampleImage.objects.count(), ProtocolVersion.objects.count()) == (0, 0)


def test_an_image_is_found_through_its_version_only(db, folder: Path):
    version = import_edition(text=TEXT, folder=folder, publish=True)
    other = import_edition(text=edition_text(key="other"), publish=True)
    found = example_image(version.pk, sha256(ONE))
    assert found is not None
    assert bytes(found.content) == ONE
    assert example_image(version.pk, "0" * 64) is None
    assert example_image(other.pk, sha256(ONE)) is None


def test_a_kept_image_never_changes(db, folder: Path):
    import_edition(text=TEXT, folder=folder)
    row = ExampleImage.objects.first()
    assert row is not None
    rows = ExampleImage.objects.filter(pk=row.pk)
    for change in (lambda: rows.update(media_type="text/html"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        ExampleImage.objects.create(sha256="1" * 64, media_type="image/png", content=ONE)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE protocol_exampleimage")
    assert ExampleImage.objects.filter(pk=row.pk, media_type=row.media_type).exists()
