"""The caller of the API's tests, over images of its own."""

from pathlib import Path
from typing import Any

import pytest

from tests.api.calls import Cast


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Path:
    """Images and exports go to folders of the test."""
    options = {"location": tmp_path / "media", "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": options}}
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORT_ROOT = tmp_path / "exports"
    return tmp_path


@pytest.fixture
def cast(db: None, folders: Path) -> Cast:
    """An admin who also rates."""
    return Cast(folders / "world")
