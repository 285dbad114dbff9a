"""Going back: through the changes of a task, then to those that were submitted before it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from annotate.judgments.exclusions import create_exclusion
from annotate.judgments.models import Judgment
from annotate.people.models import Role
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World

AGAIN = "Press Ctrl+Z again to reopen the previous task"


def open_bench(world: World, browsing: Browsing) -> Bench:
    """The rating page of an annotator."""
    bench = Bench(browsing.open(world.people.get("ann") or world.add("ann")))
    bench.open(world.project.slug)
    return bench


def levels() -> list[tuple[int, list[int]]]:
    """Revision and levels of each stored judgment, in the order in which they came."""
    rows = Judgment.objects.order_by("pk").prefetch_related("ratings")
    return [
        (row.revision, [int(rating.value) for rating in row.ratings.order_by("pk")]) for row in rows
    ]


def test_it_works(world: World, browsing: Browsing) -> None:
    """Ctrl+Z twice on a fresh task shows the one before as submitted; Enter writes a revision."""
    bench = open_bench(world, browsing)
    first = bench.instruction
    bench.press(["1"] * 6)
    bench.submit()
    bench.wait_saved()
    bench.wait()
    second = bench.instruction
    bench.press(["4", "Control+z"])
    status = bench.page.locator(".rating").get_by_role("status")
    expect(status).to_have_text("")
    bench.press(["Control+z"])
    expect(status).to_have_text(AGAIN)
    bench.press(["Control+z"])
    expect(bench.page.locator(".instruction-text")).to_have_text(first)
    bench.wait()
    expect(status).to_contain_text("Reopened. Unchanged until you resubmit.")
    assert levels() == [(1, [1] * 6)]
    bench.press(["3"])
    bench.submit()
    expect(bench.page.locator(".instruction-text")).to_have_text(second)
    bench.wait_saved()
    assert [revision for revision, _ in levels()] == [1, 2]
    assert sorted(levels()[1][1]) == [1] * 5 + [3]


def test_after_a_reload(world: World, browsing: Browsing) -> None:
    """A judgment of an earlier page is reopened too, and can be left as it was."""
    bench = open_bench(world, browsing)
    first = bench.instruction
    bench.press(["2"] * 6)
    bench.submit()
    bench.wait_saved()
    bench.page.reload()
    bench.wait()
    bench.press(["Control+z"])
    expect(bench.page.get_by_role("status").filter(has_text=AGAIN)).to_be_visible()
    bench.press(["Control+z"])
    expect(bench.page.locator(".instruction-text")).to_have_text(first)
    bench.wait()
    bench.press(["4"])
    bench.page.get_by_role("button", name="Leave as it was").click()
    expect(bench.page.locator(".instruction-text")).not_to_have_text(first)
    assert levels() == [(1, [2] * 6)]


def set_aside(world: World) -> None:
    """A lead excludes the annotator's judgments of this hour."""
    now = timezone.now()
    create_exclusion(
        project=world.project,
        user=world.people["ann"],
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
        why="tired",
        by=world.add("lea", Role.LEAD),
    )


def test_refusals(world: World, browsing: Browsing) -> None:
    """Without an earlier task, and when the lead has set the judgments aside, it is said why."""
    bench = open_bench(world, browsing)
    bench.press(["Control+z"])
    status = bench.page.locator(".rating").get_by_role("status")
    expect(status).to_have_text("There is no earlier task to reopen.")
    bench.press(["2"] * 6)
    bench.submit()
    bench.wait_saved()
    set_aside(world)
    bench.page.reload()
    bench.wait()
    bench.press(["Control+z"])
    expect(status).to_contain_text("The lead has set your judgments here aside")


def test_refused_amendment(world: World, browsing: Browsing) -> None:
    """An amendment that comes too late stays on the page with the reason in words."""
    bench = open_bench(world, browsing)
    bench.press(["2"] * 6)
    bench.submit()
    bench.wait_saved()
    bench.wait()
    bench.press(["Control+z", "Control+z"])
    expect(bench.page.locator(".submit")).to_contain_text("Resubmit")
    bench.wait()
    set_aside(world)
    browsing.allow("status of 409")
    bench.press(["4"])
    bench.submit()
    bench.page.get_by_role("button", name="Review").click()
    dialog = bench.page.get_by_role("dialog")
    expect(dialog).to_contain_text("The lead has set your judgments here aside")
    assert [revision for revision, _ in levels()] == [1]


def test_text_is_the_browsers(world: World, browsing: Browsing) -> None:
    """In a text field Ctrl+Z takes back typing, and no rating."""
    bench = open_bench(world, browsing)
    bench.press(["2", "c"])
    field = bench.page.get_by_role("dialog").get_by_role("textbox")
    expect(field).to_be_focused()
    bench.page.keyboard.type("word")
    before = bench.checked()
    bench.press(["Control+z"])
    expect(field).not_to_have_value("word")
    assert bench.checked() == before
