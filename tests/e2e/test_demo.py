"""The demo project, filled by its own job, is rated by keys in English and by mouse in Chinese."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import expect

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment, Rating
from annotate.tasks.models import Project
from modelbridge.demo_fill import LEAVE_OPEN
from modelbridge.demo_project import prepare_project, start_fill
from modelbridge.jobs import run_job
from tests.e2e.bench import Bench, start_by_keys
from tests.e2e.browsing import Browsing
from tests.world import World

Said = set[tuple[str, str, str, int]]
"""Task, system, dimension, level."""
DIMENSIONS = ("instruction_following", "visual_quality")
OPEN_AGAIN = 2 * LEAVE_OPEN
"""Slots enough for both of us, whatever the planted annotators took."""


@pytest.fixture
def demo(shared_folders: None) -> World:
    """The demo as `make demo` fills it, with a slot for each of two people in its open tasks."""
    project = prepare_project()
    job = start_fill(project=project)
    assert job is not None
    run_job(str(job.pk))
    project.tasks.filter(claimable=True).update(wanted=OPEN_AGAIN)
    return World(Project.objects.get(pk=project.pk), manifest=Path())


def systems(bench: Bench, username: str) -> list[str]:
    """The systems behind the letters of the task on the screen, as the database has them."""
    row = Assignment.objects.get(
        annotator__username=username, state="live", task__instruction=bench.instruction
    )
    names = {candidate.pk: candidate.system for candidate in row.task.candidates.all()}
    return [names[key] for key in row.presentation]


def rate(bench: Bench, username: str, draw: Random, give: Callable[[int], None]) -> Said:
    """Give a level to every cell along each dimension; what was said of which system."""
    instruction, said = bench.instruction, set()
    for dimension in DIMENSIONS:
        for system in systems(bench, username):
            level = draw.randint(1, 4)
            give(level)
            said.add((instruction, system, dimension, level))
    return said


def stored(username: str) -> Said:
    rows = Rating.objects.filter(judgment__assignment__annotator__username=username)
    return {
        (
            rating.candidate.task.instruction,
            rating.candidate.system,
            rating.dimension,
            int(rating.value),
        )
        for rating in rows.select_related("candidate__task")
    }


def go_through(
    bench: Bench, username: str, give: Callable[[int], None], end: Callable[[], None]
) -> Said:
    """Rate until nothing is left."""
    draw = Random(username)  # noqa: S311 - levels, not secrets
    said: Said = set()
    for _ in range(LEAVE_OPEN):
        bench.wait()
        before = bench.instruction
        said |= rate(bench, username, draw, give)
        expect(bench.page.locator(".submit[data-complete]")).to_be_visible()
        end()
        expect(bench.page.locator(".instruction-text", has_text=before)).to_have_count(0)
    return said


def test_it_works(demo: World, browsing: Browsing) -> None:
    """What each of two people gave is what is stored, for all ten open tasks."""
    page = browsing.open(demo.add("eve"))
    page.goto("/")
    start_by_keys(page)
    bench = Bench(page)
    said = go_through(
        bench,
        "eve",
        lambda level: page.keyboard.press(str(level)),
        lambda: page.keyboard.press("Enter"),
    )
    expect(page.get_by_role("heading", name="Nothing left to judge")).to_be_visible()
    bench.wait_saved()
    assert stored("eve") == said

    page = browsing.open(demo.add("mei", language="zh-hans"), locale="zh-CN")
    page.goto("/")
    page.get_by_role("link", name="开始").click()
    bench = Bench(page)
    said = go_through(
        bench,
        "mei",
        lambda level: page.locator(".levels label").nth(level - 1).click(),
        lambda: page.get_by_role("button", name="提交").click(),
    )
    expect(page.get_by_role("heading", name="没有要评审的了")).to_be_visible()
    bench.wait_saved()
    assert stored("mei") == said
    people = Judgment.objects.filter(assignment__annotator__username__in=["eve", "mei"])
    assert people.count() == 2 * LEAVE_OPEN
