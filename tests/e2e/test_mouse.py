"""An annotator's whole way by mouse alone, in Simplified Chinese."""

from random import Random

from playwright.sync_api import expect

from annotate.judgments.models import Rating
from tests.e2e.bench import Answer, Bench
from tests.e2e.browsing import Browsing
from tests.world import World

DIMENSIONS = ("instruction_following", "visual_quality")


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


def rate_by_mouse(bench: Bench, draw: Random) -> set[Answer]:
    """Press a level for every cell; each press brings up the next empty one."""
    number = bench.number
    places = [bench.place(label) for label in bench.labels]
    said = set()
    for dimension in DIMENSIONS:
        for place in places:
            level = draw.randint(1, 4)
            bench.page.locator(".levels label").nth(level - 1).click()
            said.add((number, place, dimension, level))
    return said


def test_it_works(world: World, browsing: Browsing) -> None:
    """From home to the end: what was pressed is what is stored, for every task."""
    page = browsing.open(world.add("mei", language="zh-hans"), locale="zh-CN")
    page.goto("/")
    page.get_by_role("link", name="开始").click()
    bench = Bench(page)
    draw = Random(11)  # noqa: S311 - levels, not secrets
    said: set[Answer] = set()
    for _ in world.tasks:
        bench.wait()
        before = bench.instruction
        said |= rate_by_mouse(bench, draw)
        page.get_by_role("button", name="提交").click()
        expect(page.locator(".instruction-text", has_text=before)).to_have_count(0)
    expect(page.get_by_role("heading", name="没有要评审的了")).to_be_visible()
    bench.wait_saved()
    assert len(said) == 36
    assert stored() == said
