"""Folders of their own for the images of these tests."""

from tests.api.conftest import folders

__all__ = ["folders"]
