"""Files are stored whole, by content, and scratch folders leave nothing behind."""

import pytest
from django.core.files.storage import default_storage

from annotate.tasks import storage

SHA = "ab" * 32


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    options = {"location": settings.MEDIA_ROOT, "base_url": None}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": options,
        },
    }
    return settings.MEDIA_ROOT


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_it_works(media):
    storage.put(storage.level_path(SHA, 512), b"pixels")
    assert files(media) == [f"levels/512/ab/ab/{SHA}"]
    with storage.open_stored(storage.level_path(SHA, 512)) as file:
        assert file.read() == b"pixels"
    assert storage.exists(storage.level_path(SHA, 512))
    assert storage.size(storage.level_path(SHA, 512)) == 6


def test_storing_again_replaces_with_the_same(media):
    for _ in range(2):
        storage.put(storage.original_path(SHA), b"file")
    assert files(media) == [f"originals/ab/ab/{SHA}"]


def test_what_is_missing_says_so(media):
    assert not storage.exists(storage.level_path(SHA, 0))
    with pytest.raises(FileNotFoundError):
        storage.open_stored(storage.level_path(SHA, 0))


def test_scratch_is_private_and_goes(media):
    with storage.scratch() as folder:
        (folder / "file").write_bytes(b"x")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.is_relative_to(media)
    assert files(media) == []


def test_scratch_of_a_killed_import_is_swept_and_a_live_one_kept(media):
    left = media / "scratch" / "left"
    left.mkdir(parents=True)
    (left / "file").write_bytes(b"x")
    with storage.scratch() as live:
        assert not left.exists()
        (live / "file").write_bytes(b"x")
        with storage.scratch():
            assert (live / "file").exists()


@pytest.mark.parametrize(
    ("levels", "wanted", "served"),
    [([0], 512, 0), ([512, 0], 512, 512), ([512, 1024, 0], 700, 1024), ([512, 0], 0, 0)],
)
def test_best_level(levels, wanted, served):
    assert storage.best_level(levels, wanted) == served


def test_a_level_of_the_default_storage_is_a_file(media):
    storage.put("key", b"x")
    assert default_storage.path("key") == str(media / "key")
