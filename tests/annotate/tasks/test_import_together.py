"""Imports that run at once, and changes of settings between them."""

import threading
from typing import Any

import pytest
from django.db import connection

from annotate.tasks import importer
from annotate.tasks.models import Task
from annotate.tasks.services import update_settings
from tests.annotate.tasks.builders import counts, make_project, row, run_import, stored

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works) -> list[Any]:
    """Run each in a thread with a connection of its own; what they returned or raised."""
    outcomes: list[Any] = [None] * len(works)

    def run(place):
        try:
            outcomes[place] = works[place]()
        except BaseException as error:  # noqa: BLE001 - it is what the test looks at
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_it_works(dataset, media, monkeypatch):
    """The same rows in two orders: each task is added by one of the imports."""
    monkeypatch.setattr(importer, "BATCH", 4)
    project = make_project()
    rows = [row(f"t{number}") for number in range(12)]
    paths = []
    for name, order in [("one", rows), ("two", rows[::-1])]:
        dataset.add(*order)
        paths.append(dataset.write(*order, name=f"{name}.jsonl"))
    first, second = together(
        *(
            lambda path=path: run_import(project, path, rejected=f"{path.stem}-rejected")
            for path in paths
        )
    )
    assert first.added + second.added == 12
    assert first.unchanged + second.unchanged == 12
    assert counts() == (12, 24, 36)
    assert len(stored(media)) == 72


def test_no_task_keeps_an_old_overlap(dataset, monkeypatch):
    monkeypatch.setattr(importer, "BATCH", 1)
    project = make_project()
    path = dataset.add(*(row(f"t{number}", candidates=("a",)) for number in range(15)))

    def change():
        for overlap in (4, 5, 6):
            update_settings(project=project, changes={"overlap": overlap})

    report, none = together(lambda: run_import(project, path), change)
    assert (report.added, none) == (15, None)
    assert set(Task.objects.values_list("wanted", flat=True)) == {6}
