"""Keys of one's own: set on the account page, obeyed and shown on the rating page."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.world import World


def row(page: Page, action: str) -> Locator:
    """The line of an action in the list of keys."""
    return page.locator(f"[data-key-of={action}]")


def press_for(page: Page, action: str, key: str) -> None:
    """Change the key of an action by keyboard."""
    row(page, action).locator(".capture").focus()
    page.keyboard.press("Enter")
    expect(row(page, action).locator(".capture")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(key)


def account(browsing: Browsing, user: Any, **options: Any) -> Page:
    """The account page."""
    page = browsing.open(user, **options)
    page.goto("/account")
    expect(page.get_by_role("heading", name="Keys", exact=True)).to_be_visible()
    return page


def test_it_works(world: World, browsing: Browsing) -> None:
    """An own key is stored with the account, works on the rating page and is printed there."""
    ann = world.add("ann")
    page = account(browsing, ann)
    press_for(page, "view", "Alt+j")
    expect(row(page, "view").locator("kbd")).to_have_text(["Alt+J"])
    expect(page.get_by_role("button", name="Reset all keys")).to_be_enabled()
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    bench.press(["v"])
    expect(bench.page.locator(".stage[data-view=focus]")).to_be_visible()
    bench.press(["Alt+j"])
    expect(bench.page.locator(".stage[data-view=sheet]")).to_be_visible()
    bench.press(["?"])
    listed = bench.page.get_by_role("dialog").locator("[data-listed=view] kbd")
    expect(listed).to_have_text(["Alt+J"])
    ann.refresh_from_db()
    assert ann.preferences["keys"]["own"] == {"view": ["Alt+j"]}
    row(page, "view").get_by_role("button", name="Reset").click()
    expect(row(page, "view").locator("kbd")).to_have_text(["V"])


def test_refused(world: World, browsing: Browsing) -> None:
    """What the browser needs and what another action has is refused in words."""
    page = account(browsing, world.add("ann"))
    before = row(page, "fit").locator("kbd").all_inner_texts()
    for key, why in {
        "Control+w": "Ctrl+W belongs to the browser",
        "F5": "F5 belongs to the browser",
        "v": "V is taken by: Contact sheet",
        "3": "3 is taken by: Give the level",
        "Enter": "Enter is taken by: Submit",
    }.items():
        press_for(page, "fit", key)
        expect(row(page, "fit").get_by_role("alert")).to_contain_text(why)
        assert row(page, "fit").locator("kbd").all_inner_texts() == before
    press_for(page, "fit", "Escape")
    expect(row(page, "fit").locator(".capture")).to_have_text("Change")
    press_for(page, "fit", "Tab")
    expect(row(page, "fit").locator(".capture")).not_to_be_focused()
    assert row(page, "fit").locator("kbd").all_inner_texts() == before


def test_no_single_keys(world: World, browsing: Browsing) -> None:
    """With single keys off digits and letters do nothing; controls, arrows, Ctrl+Z, Enter do."""
    ann = world.add("ann")
    page = account(browsing, ann)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_role("checkbox", name="Single keys are shortcuts").click()
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    before = bench.checked()
    bench.press(["3", "Numpad2", "v", "x", "Shift+B", "?"])
    assert bench.checked() == before
    expect(bench.page.locator(".stage[data-view=focus]")).to_be_visible()
    expect(bench.page.get_by_role("dialog")).to_have_count(0)
    bench.press(["ArrowRight"])
    expect(bench.page.get_by_role("tab", selected=True).locator(".tab-letter")).to_have_text("B")
    for _ in range(6):
        bench.page.locator(".levels label").nth(2).click()
    complete = bench.page.locator(".submit[data-complete]")
    expect(complete).to_be_visible()
    bench.press(["Control+z"])
    expect(complete).to_have_count(0)
    bench.press(["Control+Shift+z"])
    expect(complete).to_be_visible()
    bench.submit()


def test_left_hand(world: World, browsing: Browsing) -> None:
    """For the mouse in the left hand the letters are mirrored, on the page and on its caps."""
    ann = world.add("ann")
    page = account(browsing, ann)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_role("radio", name="Left", exact=True).click()
    expect(row(page, "view").locator("kbd")).to_have_text(["M"])
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    bench.press(["m"])
    expect(bench.page.locator(".stage[data-view=sheet]")).to_be_visible()


@pytest.mark.parametrize("window", [(1440, 900), (390, 844), (320, 640)])
def test_accessible(world: World, browsing: Browsing, window: tuple[int, int]) -> None:
    """The list of keys, with a refusal in it, in light and dark and at every width."""
    width, height = window
    ann = world.add("ann")
    page = account(browsing, ann, viewport={"width": width, "height": height})
    press_for(page, "view", "j")
    expect(row(page, "view").locator("kbd")).to_have_text(["J"])
    press_for(page, "fit", "F5")
    expect(row(page, "fit").get_by_role("alert")).to_be_visible()
    assert faults_here(page) == []
