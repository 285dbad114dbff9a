"""A picture that does not come: nothing is submitted, the task goes back, the next one comes."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, expect

from annotate.assignment.models import Assignment, Draft
from annotate.judgments.models import Judgment
from annotate.people.models import Role
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import INSTRUCTIONS, World, make_world

NOTICE = "one of its images did not load"
LOST = "net::ERR_FAILED"


def lose(page: Page, is_lost: Callable[[str], bool]) -> None:
    """Let requests fail for pictures of edit B of the first task that is given out."""
    lost: list[str] = []

    def claim(route: Route) -> None:
        response = route.fetch()
        if not lost:
            lost.append(response.json()["assignments"][0]["candidates"][1]["url"])
        route.fulfill(response=response)

    def picture(route: Route) -> None:
        url = route.request.url
        if any(part in url for part in lost) and is_lost(url):
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/projects/*/assignments", claim)
    page.route("**/i/**", picture)


def large_rows(folder: Path) -> list[dict[str, object]]:
    """Two tasks of pictures so large that a zoom needs another level of them."""
    folder.mkdir(parents=True)
    for place in range(3):
        Image.new("RGB", (1600, 1200), (90 + 40 * place, 120, 90)).save(folder / f"{place}.png")
    return [
        {
            "id": f"task-{number}",
            "instruction": INSTRUCTIONS[number],
            "source": "0.png",
            "category": "scene",
            "candidates": [
                {"system": f"system-{place}", "image": f"{place}.png"} for place in (1, 2)
            ],
        }
        for number in range(2)
    ]


def assert_returned(first: str) -> Assignment:
    """The task with this instruction went back because of edit B; its assignment."""
    row = Assignment.objects.get(task__instruction=first)
    assert (row.state, row.release_reason) == (Assignment.State.RELEASED, "image_failed")
    assert row.release_candidate_id == row.presentation[1]
    assert Judgment.objects.count() == 0
    return row


def test_it_works(world: World, browsing: Browsing) -> None:
    """A picture fails before the task is shown: the task after it is, and it is said why."""
    page = browsing.open(world.add("ann"))
    browsing.allow(LOST)
    lose(page, lambda _: True)
    with page.expect_response("**/api/v1/projects/*/assignments") as given:
        page.goto(f"/work/{world.project.slug}")
    first, second = (task["instruction"] for task in given.value.json()["assignments"][:2])
    expect(page.locator(".line .notice")).to_contain_text(NOTICE, timeout=30_000)
    bench = Bench(page)
    bench.wait()
    assert bench.instruction == second
    bench.press(["3"])
    expect(page.locator(".line .notice")).not_to_contain_text(NOTICE)
    assert_returned(first)
    lead = browsing.open(world.add("lea", Role.LEAD))
    lead.goto(f"/p/{world.project.slug}/tasks")
    lead.get_by_role("button", name="Open the list").click()
    row = lead.get_by_role("row").filter(has_text=first)
    expect(row).to_contain_text("1 time given back: an image did not load")


def test_while_rating(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A sharper picture fails while one rates: the draft is kept, the next task comes."""
    folder = tmp_path / "world"
    world = make_world(folder, rows=large_rows(folder))
    bench = Bench(browsing.open(world.add("ann")))
    browsing.allow(LOST)
    lose(bench.page, lambda url: "level=1024" not in url and "level=512" not in url)
    bench.open(world.project.slug)
    first = bench.instruction
    bench.press(["3", "2", "1", "Shift+B", "z"])
    expect(bench.page.locator(".line .notice")).to_contain_text(NOTICE, timeout=30_000)
    bench.wait()
    assert bench.instruction != first
    row = assert_returned(first)
    ratings = Draft.objects.get(assignment=row).answers["ratings"]
    assert sorted((item["label"], item["value"]) for item in ratings) == [
        ("A", 1),
        ("A", 3),
        ("B", 2),
    ]
    bench.rate_all(1)
    bench.page.keyboard.press("Enter")
    expect(bench.page.get_by_role("heading", name="Nothing left to judge")).to_be_visible()
    bench.wait_saved()
    assert Judgment.objects.get().assignment.task.instruction != first


def test_out_of_reach(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """With the server gone nothing is given back: what is there stays, and is submitted later."""
    folder = tmp_path / "world"
    world = make_world(folder, rows=large_rows(folder))
    bench = Bench(browsing.open(world.add("ann")))
    browsing.allow("net::ERR_")
    bench.open(world.project.slug)
    first = bench.instruction
    bench.page.context.set_offline(True)
    with bench.page.expect_event("requestfailed", lambda one: one.url.endswith("/release")):
        bench.press(["3", "2", "1", "4", "z"])
    bench.wait()
    assert bench.instruction == first
    bench.page.context.set_offline(False)
    bench.submit()
    bench.wait_saved()
    assert Judgment.objects.get().assignment.task.instruction == first
