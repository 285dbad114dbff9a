"""A media folder of the test's own, and a folder for manifests."""

import pytest

from tests.annotate.tasks.builders import Dataset


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The folder in which images are stored."""
    folder = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        },
    }
    return folder


@pytest.fixture
def dataset(tmp_path):
    """A folder with images, to write manifests into."""
    folder = tmp_path / "dataset"
    folder.mkdir()
    return Dataset(folder)
