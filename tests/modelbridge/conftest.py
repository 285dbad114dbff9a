"""What tests of exports share: a storage of their own, and a project that was judged."""

import pytest

from annotate.models import Project
from tests.modelbridge.builders import make_judgment, make_project, make_task, make_user


@pytest.fixture(autouse=True)
def _media(settings, tmp_path_factory):
    """Images and exports go to a folder of the test."""
    root = tmp_path_factory.mktemp("media")
    settings.MEDIA_ROOT = root
    settings.EXPORT_ROOT = root / "exports"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": root, "base_url": None},
        },
    }


@pytest.fixture
def judged() -> Project:
    """Two tasks and two annotators: alpha wins the first, the second is a tie."""
    project = make_project()
    first = make_task(project, "t1", category="colour")
    second = make_task(project, "t2")
    ann, ben = make_user("ann"), make_user("ben")
    make_judgment(first, ann, {"alpha": (4, 3), "beta": (2, 2)})
    make_judgment(first, ben, {"alpha": (3, 3), "beta": (3, 2)})
    make_judgment(second, ann, {"alpha": (4, 2), "beta": (2, 4)})
    make_judgment(second, ben, {"alpha": (3, 3), "beta": (3, 3)})
    return project
