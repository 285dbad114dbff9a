"""Judgments are only ever added: SQL as the server's own user is refused too."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from annotate.tasks.models import Candidate
from tests.builders import (
    claim_one,
    complete_payload,
    make_image,
    make_member,
    make_project,
    make_task,
    submit,
)

pytestmark = pytest.mark.django_db

TABLES = ("judgment", "rating", "comparison", "region", "reason")


@pytest.fixture
def member():
    project = make_project()
    make_task(project=project)
    return make_member(project=project)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def contents() -> list[list[tuple[object, ...]]]:
    with connection.cursor() as cursor:
        rows = []
        for table in TABLES:
            cursor.execute(f"SELECT * FROM annotate_{table} ORDER BY id")
            rows.append(cursor.fetchall())
        return rows


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_it_works(member, table, verb):
    offer = claim_one(member)
    payload = complete_payload(offer)
    payload["comparisons"] = [{"left": "A", "right": "B", "outcome": "tie"}]
    payload["reasons"] = [{"label": "A", "dimension": "d0", "reason": "ugly"}]
    payload["regions"] = [{"label": "A", "box": [0, 0, 1, 1]}]
    submit(member, offer, payload=payload)
    before = contents()
    assert [len(rows) for rows in before] == [1, 4, 1, 1, 1]
    with pytest.raises(DatabaseError, match="append-only"):
        run(verb.format(f"annotate_{table}"))
    assert contents() == before


def test_candidates_are_frozen_at_the_first_assignment(member):
    task = member.project.tasks.get()
    extra = Candidate.objects.create(task=task, system="extra", image=make_image())
    extra.delete()
    claim_one(member)
    insert = (
        "INSERT INTO annotate_candidate (uuid, task_id, system, image_id)"
        f" VALUES (gen_random_uuid(), {task.pk}, 'x', {task.source_id})"
    )
    for sql in (
        "UPDATE annotate_candidate SET system = 'other'",
        "DELETE FROM annotate_candidate",
        insert,
    ):
        with pytest.raises(DatabaseError, match="frozen"):
            run(sql)
    assert sorted(Candidate.objects.values_list("system", flat=True)) == ["system-0", "system-1"]
