"""An import that is killed is taken up again by running it once more."""

import os
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings
from django.db import connection

from annotate.tasks.models import Task
from tests.annotate.tasks.builders import counts, make_project, row, run_import, stored

pytestmark = pytest.mark.django_db(transaction=True)

KILLED = """
    import os, signal, sys
    from pathlib import Path
    import django
    django.setup()
    from django.conf import settings
    from annotate.tasks import supply
    from annotate.tasks.importing import import_manifest
    from annotate.tasks.models import Project

    moment, manifest = sys.argv[1:]
    left = {"between": 2, "stored": 5, "inserted": 2}[moment]

    def die(*_args, **_options):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "inserted":
        supply.touch_supply = die
    if moment == "stored":
        replace = Path.replace

        def replace_one(path, target):
            die()
            return replace(path, target)

        Path.replace = replace_one
    import_manifest(
        project=Project.objects.get(),
        path=Path(manifest),
        rejected=Path(manifest).with_name("rejected.jsonl"),
        batch=3,
        on_batch=die if moment == "between" else id,
    )
"""


def killed_import(path, media, moment):
    """Run the import in a process that kills itself at that moment."""
    database = connection.settings_dict
    login = f"{database['USER']}:{database['PASSWORD']}"
    url = f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), moment, str(path)],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "annotate.settings",
            "SECRET_KEY": "x",
            "DATABASE_URL": url,
            "REDIS_URL": settings.REDIS_URL,
            "MEDIA_ROOT": str(media),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr


@pytest.mark.parametrize(("moment", "there"), [("between", 6), ("stored", 0), ("inserted", 3)])
def test_it_works(dataset, media, moment, there):
    project = make_project()
    names = [f"t{number}" for number in range(8)]
    path = dataset.add(*(row(name) for name in names))
    killed_import(path, media, moment)
    assert Task.objects.count() == there
    assert all(task.claimable for task in Task.objects.all())
    report = run_import(project, path)
    assert (report.added, report.unchanged) == (8 - there, there)
    order = Task.objects.order_by("queue_rank").values_list("external_id", flat=True)
    assert list(order) == names
    assert counts() == (8, 16, 24)
    assert len(stored(media)) == 48
