"""Two simulations of one project at the same moment: nothing twice, nothing too much."""

import pytest
from django.db.models import Count

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment
from annotate.people.models import Membership, User
from annotate.simulation.services import simulate
from annotate.tasks.models import Project, Task
from tests.annotate.assignment.invariants import faults
from tests.annotate.assignment.test_concurrency import at_once
from tests.annotate.simulation.stored import named_tasks
from tests.builders import make_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def run(project: Project, **options) -> list[int]:
    """How many judgments each of three simulations made that start together."""
    slug = project.slug

    def one(number: int) -> int:
        fresh = Project.objects.get(slug=slug)
        return simulate(project=fresh, annotators=4, seed=7, **options).total

    return at_once(one, threads=3)


def test_it_works():
    project = make_project(overlap=3)
    named_tasks(20, project=project)
    made = run(project)
    assert sum(made) == Judgment.objects.count() == 60
    assert User.objects.count() == Membership.objects.count() == 4
    assert set(Task.objects.values_list("held", "counted")) == {(0, 3)}
    doubled = Assignment.objects.values("task", "annotator").annotate(n=Count("pk")).filter(n__gt=1)
    assert doubled.count() == 0
    assert faults(project) == []


def test_what_is_left_open_stays_open():
    project = make_project(overlap=3)
    named_tasks(20, project=project)
    run(project, leave_open=6)
    assert Task.objects.filter(claimable=True).count() == 6
    assert faults(project) == []


def test_different_seeds_share_the_work():
    project = make_project(overlap=3)
    named_tasks(20, project=project)
    slug = project.slug
    made = at_once(
        lambda number: (
            simulate(project=Project.objects.get(slug=slug), annotators=3, seed=number).total
        ),
        threads=2,
    )
    assert sum(made) == Judgment.objects.count() == 60
    assert User.objects.filter(kind="simulated").count() == 6
    assert faults(project) == []
