"""An annotator's whole way by keyboard, and what is written at its end."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotate.judgments.models import Rating
from annotate.tasks.models import Candidate
from tests.e2e.bench import Answer, Bench, start_by_keys
from tests.e2e.browsing import Browsing
from tests.world import PASSWORD, World


def log_in(page: Page, username: str) -> None:
    """Through the login page, without the mouse."""
    page.goto("/")
    expect(page.get_by_label("User name or email")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My projects")).to_be_visible()


def stored() -> set[Answer]:
    """What the database holds, in terms of the manifest."""
    return {
        (
            int(rating.candidate.task.external_id.removeprefix("task-")),
            int(rating.candidate.system.removeprefix("system-")),
            rating.dimension,
            int(rating.value),
        )
        for rating in Rating.objects.select_related("candidate__task")
    }


def exported(slug: str, folder: Path) -> set[Answer]:
    """What a reader of the `groups` export finds, by nothing but the files."""
    call_command("export_dataset", project=slug, formats=["groups"], out=folder)
    lines = [
        line
        for path in sorted(folder.glob("groups/*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    found = set()
    for task in map(json.loads, lines):
        number = int(task["external_id"].removeprefix("task-"))
        place = {c["id"]: int(c["system"].removeprefix("system-")) for c in task["candidates"]}
        for rating in task["ratings"]:
            name, value = rating["dimension"], int(rating["value"])
            found.add((number, place[rating["candidate"]], name, value))
    return found


def test_it_works(world: World, browsing: Browsing, tmp_path: Path) -> None:
    """Login, six tasks and the end by keys alone; each rating is stored and exported as given."""
    world.add("ann")
    page = browsing.open()
    log_in(page, "ann")
    start_by_keys(page)
    bench = Bench(page)
    said: set[Answer] = set()
    for seed, _ in enumerate(world.tasks):
        bench.wait()
        answers = bench.rate_all(seed)
        assert {place for _, place, _, _ in answers} == {0, 1, 2}
        said |= set(answers)
        bench.submit()
    expect(page.get_by_role("heading", name="Nothing left to judge")).to_be_visible()
    bench.wait_saved()
    assert len(said) == Candidate.objects.count() * 2 == 36
    assert stored() == said
    assert exported(world.project.slug, tmp_path / "out") == said


def test_order_is_drawn(world: World, browsing: Browsing) -> None:
    """Two annotators see the candidates of the same tasks in orders of their own."""
    world.project.tasks.update(wanted=2)
    orders = []
    for name in ("ann", "bob"):
        bench = Bench(browsing.open(world.add(name)))
        bench.open(world.project.slug)
        seen = {}
        for _ in world.tasks:
            bench.wait()
            seen[bench.number] = [bench.place(label) for label in bench.labels]
            bench.rate_all(1)
            if len(seen) < len(world.tasks):
                bench.submit()
        orders.append(seen)
    assert orders[0].keys() == orders[1].keys()
    assert orders[0] != orders[1]


def test_draft_survives(world: World, browsing: Browsing) -> None:
    """What was rated is there after a reload, and in another browser of the same account."""
    user = world.add("ann")
    bench = Bench(browsing.open(user))
    bench.open(world.project.slug)
    bench.press(["4", "2"])
    bench.wait_saved()
    instruction, before = bench.instruction, bench.checked()
    assert ["4" in before[0], "2" in before[1]] == [True, True]
    bench.page.reload()
    bench.wait()
    assert (bench.instruction, bench.checked()) == (instruction, before)
    other = Bench(browsing.open(user))
    other.open(world.project.slug)
    assert (other.instruction, other.checked()) == (instruction, before)


def test_chinese(world: World, browsing: Browsing) -> None:
    """In Simplified Chinese: levels, questions and page; the rating is the same."""
    user = world.add("mei", language="zh-hans")
    bench = Bench(browsing.open(user, locale="zh-CN"))
    bench.open(world.project.slug)
    assert bench.page.locator("html").get_attribute("lang") == "zh-Hans"
    expect(bench.page.get_by_role("button", name="提交")).to_be_visible()
    said = bench.rate_all(3)
    bench.submit()
    bench.wait()
    bench.wait_saved()
    assert stored() == set(said)


@pytest.mark.parametrize("when", ["before", "after"])
def test_offline(world: World, browsing: Browsing, when: str) -> None:
    """What is rated without a network is sent when it is back."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    browsing.allow("ERR_INTERNET_DISCONNECTED")
    said = bench.rate_all(5) if when == "before" else []
    bench.page.context.set_offline(True)
    said += bench.rate_all(5) if when == "after" else []
    bench.page.keyboard.press("Enter")
    expect(bench.page.locator(".save")).to_contain_text("unsaved")
    assert stored() == set()
    bench.page.context.set_offline(False)
    bench.wait_saved()
    assert stored() == set(said)
