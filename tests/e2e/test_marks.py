"""What is said beside the levels: cannot judge, comment, doubt; by keyboard and by pointer."""

from playwright.sync_api import expect

from annotate.judgments.models import Judgment, Rating
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World


def test_it_works(world: World, browsing: Browsing) -> None:
    """By keyboard: Escape leaves all as it was, then the whole task for the second reason."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    dialog = bench.page.get_by_role("dialog")
    bench.press(["x", "1", "Escape"])
    expect(dialog).to_have_count(0)
    expect(bench.page.locator(".covered")).to_have_count(0)
    expect(bench.page.get_by_role("tab", selected=True)).to_be_focused()
    bench.press(["x", "ArrowDown", "2", "Enter"])
    expect(bench.page.locator(".covered")).to_contain_text("The instruction cannot be understood")
    bench.submit()
    bench.wait_saved()
    judgment = Judgment.objects.get()
    assert judgment.cannot_judge == [{"reason": "instruction_unclear"}]
    assert judgment.ratings.count() == 0


def test_by_pointer(world: World, browsing: Browsing) -> None:
    """One edit is left out, and judged after all, by the mouse alone."""
    page = browsing.open(world.add("ann"))
    bench = Bench(page)
    bench.open(world.project.slug)
    page.locator(".tools").get_by_role("button", name="judge").click()
    page.get_by_role("radio", name="Another reason").click()
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("tab").first.click()
    expect(page.locator(".covered")).to_contain_text("Edit A is marked")
    page.get_by_role("button", name="Judge it after all").click()
    expect(bench.levels).to_have_count(4)


def test_doubt_and_comment(world: World, browsing: Browsing) -> None:
    """Q marks a level as unsure and takes it back; a comment is kept; both are reopened."""
    page = browsing.open(world.add("ann"))
    bench = Bench(page)
    bench.open(world.project.slug)
    sign = page.locator(".rating .unsure-sign")
    bench.press(["3", "ArrowLeft", "q"])
    expect(sign).to_have_count(1)
    bench.press(["q"])
    expect(sign).to_have_count(0)
    bench.press(["q", "2", "ArrowLeft", "c"])
    page.get_by_role("dialog").get_by_role("textbox").fill("Half is hidden")
    page.keyboard.press("Escape")
    bench.rate_all(3)
    bench.press(["Shift+A", "ArrowUp"])
    expect(page.locator(".unsure[aria-pressed=true]")).to_have_count(1)
    bench.submit()
    bench.wait_saved()
    assert [rating.candidate_id for rating in Rating.objects.filter(unsure=True)] == [
        Judgment.objects.get().assignment.presentation[0]
    ]
    assert Judgment.objects.get().comment == "Half is hidden"
    page.reload()
    bench.wait()
    bench.press(["Control+z"])
    expect(page.get_by_text("Press Ctrl+Z again")).to_be_visible()
    bench.press(["Control+z"])
    expect(page.locator(".tab .dot[data-unsure]")).to_have_count(1)
