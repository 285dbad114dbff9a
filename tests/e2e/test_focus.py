"""Where the focus is, and what keys mean there."""

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.holding import holding
from tests.e2e.site import Site
from tests.world import World

PLAIN = "(init) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init))"


def open_bench(world: World, browsing: Browsing) -> Bench:
    """The rating page of a new annotator."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    return bench


def tab(page: Page) -> Locator:
    """The tab of the current candidate."""
    return page.get_by_role("tab", selected=True)


def letter(page: Page) -> str:
    """The current candidate."""
    return tab(page).locator(".tab-letter").inner_text()


def dimension(page: Page) -> str:
    """The name of the current dimension."""
    return page.locator(".rating-head h2").inner_text()


def send(page: Page, **init: object) -> None:
    """A key event as no keyboard of the test's makes it, where the focus is."""
    page.evaluate(PLAIN, {"bubbles": True, "cancelable": True, **init})


def test_it_works(world: World, browsing: Browsing) -> None:
    """One candidate can be reached by Tab and has the focus; arrows and digits move it along."""
    bench = open_bench(world, browsing)
    page = bench.page
    expect(tab(page)).to_be_focused()
    reachable = page.locator("[role=tab][tabindex='0']")
    expect(reachable).to_have_count(1)
    bench.press(["ArrowRight"])
    assert letter(page) == "B"
    expect(tab(page)).to_be_focused()
    first = dimension(page)
    bench.press(["ArrowDown"])
    assert dimension(page) != first
    bench.press(["ArrowUp", "2"])
    assert letter(page) == "C"
    expect(tab(page)).to_be_focused()
    bench.press(["Shift+A"])
    assert letter(page) == "A"


def test_next_empty_cell(world: World, browsing: Browsing) -> None:
    """A digit goes to the next cell that is empty; at the last one it stays and points to Enter."""
    bench = open_bench(world, browsing)
    page = bench.page
    bench.press(["Shift+B", "3", "Shift+A", "4"])
    assert letter(page) == "C"
    status = page.locator(".rating").get_by_role("status")
    expect(status).to_have_text("")
    bench.press(["1"] * 4)
    expect(status).to_contain_text("Complete: submit")
    expect(status.locator("kbd")).to_have_text("Enter")
    before = letter(page), dimension(page)
    bench.press(["2"])
    assert (letter(page), dimension(page)) == before


def test_levels_reached_by_tab(world: World, browsing: Browsing) -> None:
    """Inside the levels arrows are the browser's and nothing moves on; a digit rests the focus."""
    bench = open_bench(world, browsing)
    page = bench.page
    first = bench.levels.first
    for _ in range(12):
        page.keyboard.press("Tab")
        if first.evaluate("input => input === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(bench.levels.nth(1)).to_be_checked()
    expect(bench.levels.nth(1)).to_be_focused()
    assert letter(page) == "A"
    page.keyboard.press("4")
    expect(tab(page)).to_be_focused()
    assert letter(page) == "B"


def test_pointer(world: World, browsing: Browsing) -> None:
    """A pressed level, picture or button leaves the focus with the candidates."""
    bench = open_bench(world, browsing)
    page = bench.page
    page.locator(".levels label").nth(2).click()
    assert letter(page) == "B"
    expect(tab(page)).to_be_focused()
    page.locator(".stage").click(position={"x": 60, "y": 60})
    expect(tab(page)).to_be_focused()
    page.locator(".bar").get_by_role("button", name="Menu").click()
    page.locator(".menu [data-action=zoomIn]").click()
    expect(tab(page)).to_be_focused()


def test_arrows_elsewhere(world: World, browsing: Browsing) -> None:
    """With the focus on a button outside the stage arrows move nothing, and digits still rate."""
    bench = open_bench(world, browsing)
    page = bench.page
    page.locator(".dock [data-action=comment]").focus()
    bench.press(["ArrowRight", "ArrowDown"])
    assert letter(page) == "A"
    bench.press(["3"])
    assert letter(page) == "B"
    expect(tab(page)).to_be_focused()


def test_repeats(world: World, browsing: Browsing) -> None:
    """A held-down digit, Enter or undo counts once; a held-down arrow goes on."""
    bench = open_bench(world, browsing)
    page = bench.page
    instruction = bench.instruction
    for _ in range(3):
        page.keyboard.down("2")
    page.keyboard.up("2")
    assert letter(page) == "B"
    for _ in range(2):
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    assert letter(page) == "C"
    bench.press(["1"] * 6)
    bench.press(["Shift+A", "ArrowUp"])
    page.keyboard.down("Control")
    for _ in range(3):
        page.keyboard.down("z")
    page.keyboard.up("z")
    page.keyboard.up("Control")
    expect(page.locator(".submit[data-complete]")).to_have_count(0)
    expect(page.locator(".submit-missing")).to_have_text("1 rating missing")
    assert bench.instruction == instruction


def test_composition_and_modifiers(world: World, browsing: Browsing) -> None:
    """Nothing is rated while an input method composes, or with a modifier that is not bound."""
    bench = open_bench(world, browsing)
    page = bench.page
    before = bench.checked()
    send(page, key="Process", code="Digit3", keyCode=229)
    send(page, key="3", code="Digit3", isComposing=True)
    send(page, key="3", code="Digit3", altKey=True)
    send(page, key="x", code="KeyX", metaKey=True)
    assert bench.checked() == before
    expect(page.get_by_role("dialog")).to_have_count(0)
    send(page, key="&", code="Digit3")
    assert "3" in bench.checked()[0]
    send(page, key="м", code="KeyV")
    expect(page.locator(".stage[data-view=sheet]")).to_be_visible()


def test_dead_until_painted(world: World, chromium: Browser, site: Site) -> None:
    """While the pictures of a task are on their way, no key rates, and none does so afterwards."""
    ann = world.add("ann")
    with holding(site) as (proxied, held):
        windows = Browsing(chromium, proxied)
        bench = Bench(windows.open(ann))
        bench.page.goto(f"/work/{world.project.slug}")
        held.let_go()
        expect(bench.page.get_by_text("Loading the next task")).to_be_visible()
        bench.press(["3", "Enter", "x", "Control+z"])
        held.open()
        bench.wait()
        expect(bench.page.get_by_role("dialog")).to_have_count(0)
        assert all("not rated" in said for said in bench.checked())
        assert windows.end("focus", failed=False) == []
