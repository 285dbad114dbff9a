"""Rating writes no history: the tables are their own."""

import pytest
from django.apps import apps
from django.db import connection

from annotate.judgments.models import Judgment
from tests.builders import claim_one, make_member, make_project, make_tasks, submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

EVENTS = [model for model in apps.get_models() if model.__name__.endswith("Event")]


def event_rows() -> dict[str, int]:
    """How many rows each event table holds."""
    return {model.__name__: model._default_manager.count() for model in EVENTS}


def analyze() -> None:
    """Make the planner forget plans it made while the tables were empty, as autovacuum would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_it_works():
    """1,000 cycles of claim and submit leave every event table as it was."""
    project = make_project(overlap=1)
    make_tasks(1000, project=project, candidates=1)
    member = make_member(project=project)
    before = event_rows()
    assert before["MembershipEvent"] == 1
    for cycle in range(1000):
        if cycle in (0, 100):
            analyze()
        submit(member, claim_one(member))
    assert Judgment.objects.count() == 1000
    assert event_rows() == before
