"""Anchors, tour, line-up, breaks and stopping: what helps beside the rating."""

from typing import Any

from playwright.sync_api import Page, Response, expect

from annotate.assignment.models import Assignment
from annotate.people.models import User
from tests.annotate.progress.turns import MINUTE, begin, judge
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.world import World

PANES = """
() => [...document.querySelectorAll(".stage, .pane, .pane img, .dock")].map((one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return [one.className, left, top, width, height].join(" ");
})
"""
TOUR = "Read what was asked"


def open_bench(world: World, browsing: Browsing, user: User, **options: Any) -> tuple[Bench, Page]:
    """The rating page of an account."""
    page = browsing.open(user, **options)
    bench = Bench(page)
    bench.open(world.project.slug)
    return bench, page


def test_the_shelf_moves_no_image(world: World, browsing: Browsing) -> None:
    """G shows every level with its example, over the lower stage; panes and dock stay in place."""
    bench, page = open_bench(world, browsing, world.add("ann"))
    before = page.evaluate(PANES)
    shelf = page.locator(".shelf")
    expect(shelf).to_have_count(0)
    bench.press("g")
    expect(shelf).to_be_visible()
    assert page.evaluate(PANES) == before
    box, dock = shelf.bounding_box(), page.locator(".dock").bounding_box()
    assert box is not None
    assert dock is not None
    assert (box["height"], box["y"] + box["height"]) == (152, dock["y"])
    words = [" ".join(text.split()) for text in shelf.locator(".shelf-name").all_inner_texts()]
    assert words == ["1 Very poor", "2 Relatively poor", "3 Relatively good", "4 Very good"]
    pictures = shelf.locator("img")
    expect(pictures).to_have_count(8)
    for place in range(8):
        expect(pictures.nth(place)).to_have_js_property("naturalWidth", 256)
    following = pictures.evaluate_all("(images) => images.map((one) => one.src)")
    bench.press(["ArrowDown"])
    expect(page.locator(".rating h2")).to_have_text("Visual quality")
    for place in range(8):
        expect(pictures.nth(place)).to_have_js_property("naturalWidth", 256)
    quality = pictures.evaluate_all("(images) => images.map((one) => one.src)")
    assert not set(following) & set(quality)
    assert all(f"/projects/{world.project.slug}/protocols/" in address for address in quality)
    assert faults_here(page) == []
    bench.press("1")
    expect(page.locator(".tab[aria-selected=true]")).to_be_focused()
    bench.press("g")
    expect(shelf).to_have_count(0)
    assert page.evaluate(PANES) == before


def test_the_first_visit_opens_shelf_and_tour_once(world: World, browsing: Browsing) -> None:
    """The tour goes by keys, tries what it explains, and is remembered with the account."""
    user = world.add("ann", preferences={})
    bench, page = open_bench(world, browsing, user)
    tour = page.get_by_role("dialog")
    expect(tour).to_be_focused()
    expect(tour.get_by_role("heading")).to_contain_text(TOUR)
    expect(page.locator(".shelf")).to_be_visible()
    assert faults_here(page) == []
    page.keyboard.press("Enter")
    expect(tour.get_by_role("heading")).to_contain_text("Compare the edit with the source")
    page.keyboard.down("f")
    expect(page.get_by_text("SOURCE", exact=True)).to_be_visible()
    page.keyboard.up("f")
    expect(tour.get_by_role("heading")).to_contain_text("Every letter is one edit")
    expect(tour).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    expect(tour.get_by_role("heading")).to_contain_text("See what each level looks like")
    expect(tour).to_be_focused()
    assert "Instruction following: 2" in " ".join(bench.checked())
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(tour).to_have_count(0)
    expect(page.locator(".tab[aria-selected=true]")).to_be_focused()
    bench.wait_saved()
    with page.expect_response(lambda answer: answer.url.endswith("/api/v1/me")):
        page.reload()
    bench.wait()
    expect(page.locator(".tour, .shelf")).to_have_count(0)
    user.refresh_from_db()
    assert user.preferences == {"tour": "seen", "visited": [world.project.slug]}


def test_the_tour_is_skipped_and_repeated_from_help(world: World, browsing: Browsing) -> None:
    """Escape ends it at any step; help offers it again."""
    bench, page = open_bench(world, browsing, world.add("ann"))
    bench.press("?")
    page.get_by_role("button", name="Take the tour").click()
    expect(page.locator(".tour h2")).to_contain_text(TOUR)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".tour h2")).to_contain_text(TOUR)
    page.keyboard.press("Escape")
    expect(page.locator(".tour")).to_have_count(0)
    expect(page.locator(".tab[aria-selected=true]")).to_be_focused()


def test_the_lineup_shows_all_levels_before_enter(world: World, browsing: Browsing) -> None:
    """Once all is rated A shows it; Enter still submits."""
    bench, page = open_bench(world, browsing, world.add("ann"))
    lineup = page.get_by_role("region", name="All ratings of this task")
    bench.press("a")
    expect(lineup).to_have_count(0)
    bench.press("413224")
    bench.press("a")
    expect(lineup).to_be_visible()
    rows = [" ".join(row.split()) for row in lineup.locator(".lineup-row").all_inner_texts()]
    assert rows == [
        "Instruction following 4 Very good A 3 Relatively good C 1 Very poor B",
        "Visual quality 4 Very good C 2 Relatively poor A B",
    ]
    assert faults_here(page) == []
    before = bench.instruction
    page.keyboard.press("Enter")
    expect(page.locator(".instruction-text", has_text=before)).to_have_count(0)
    expect(lineup).to_have_count(0)
    bench.wait()
    bench.press("111111")
    page.locator(".submit").hover()
    expect(lineup).to_be_visible()
    page.locator(".rating h2").hover()
    expect(lineup).to_have_count(0)


def work_on(page: Page, steps: int) -> None:
    """Half minutes of work: the mouse moves after each."""
    for step in range(steps):
        page.clock.fast_forward(30_000)
        page.mouse.move(600 + step % 7, 20)


def test_a_break_is_suggested_after_a_set_time(world: World, browsing: Browsing) -> None:
    """A quiet line in the dock, never over the images; it goes, and comes again."""
    world.project.break_minutes = 2
    world.project.save()
    page = browsing.open(world.add("ann"))
    page.clock.install()
    bench = Bench(page)
    bench.open(world.project.slug)
    before = page.evaluate(PANES)
    notice = page.locator(".line.break")
    work_on(page, 3)
    expect(notice).to_have_count(0)
    work_on(page, 2)
    expect(notice).to_have_text("You have worked for a while. Time for a short break.Not now")
    assert page.evaluate(PANES) == before
    expect(page.locator("dialog[open]")).to_have_count(0)
    bench.press("3")
    assert "Instruction following: 3" in " ".join(bench.checked())
    page.get_by_role("button", name="Not now").click()
    expect(notice).to_have_count(0)
    work_on(page, 5)
    expect(notice).to_be_visible()


def test_an_account_can_switch_break_notices_off(world: World, browsing: Browsing) -> None:
    """The account page has the switch."""
    world.project.break_minutes = 1
    world.project.save()
    user = world.add("ann")
    page = browsing.open(user)
    page.goto("/account")
    box = page.get_by_role("checkbox", name="Suggest a break after some time of work")
    expect(box).to_be_checked()
    box.click()
    expect(box).not_to_be_checked()
    page.clock.install()
    bench = Bench(page)
    bench.open(world.project.slug)
    work_on(page, 6)
    bench.press("3")
    assert "Instruction following: 3" in " ".join(bench.checked())
    expect(page.locator(".line.break")).to_have_count(0)


def test_stop_after_this_task_goes_home(world: World, browsing: Browsing) -> None:
    """The judgment is in, the tasks that were claimed ahead are free for others."""
    user = world.add("ann")
    bench, page = open_bench(world, browsing, user)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Stop after this task").click()
    expect(page.locator(".bar-left")).to_have_text("Stops after this task")
    bench.press("111111")
    page.wait_for_load_state("networkidle")
    mine = Assignment.objects.filter(annotator=user)
    ahead = mine.filter(state="live").count() - 1
    assert ahead > 0
    given_back: list[str] = []

    def is_last_release(answer: Response) -> bool:
        given_back.extend([answer.url] if answer.url.endswith("/release") else [])
        return len(given_back) == ahead

    with page.expect_response(is_last_release):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My projects")).to_be_visible()
    bench.wait_saved()
    assert set(mine.values_list("state", flat=True)) == {"released", "submitted"}


def test_the_guideline_is_searched(world: World, browsing: Browsing) -> None:
    """H opens it; a search leaves the sections that hold the words, marked."""
    bench, page = open_bench(world, browsing, world.add("ann"))
    bench.press("h")
    dialog = page.get_by_role("dialog", name="Guideline")
    expect(dialog.get_by_role("heading", level=3)).to_have_count(7)
    assert faults_here(page) == []
    dialog.get_by_role("searchbox").fill("BACKGROUND")
    expect(dialog.get_by_role("status")).to_have_text("2 sections found")
    expect(dialog.get_by_role("heading", level=3)).to_have_text(
        ["Instruction following", "Cases that come up often"]
    )
    assert {text.lower() for text in dialog.locator("mark").all_inner_texts()} == {"background"}
    dialog.get_by_role("searchbox").fill("")
    expect(dialog.get_by_role("heading", level=3)).to_have_count(7)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_home_shows_own_hours_and_consistency(world: World, browsing: Browsing) -> None:
    """What is left, the own time, and how steady the levels were; nothing before there is any."""
    user = world.add("ann")
    page = browsing.open(user)
    page.goto("/")
    line = page.locator(".project-words")
    expect(line).to_contain_text("6 tasks left for me")
    expect(page.locator(".own-work")).to_have_count(0)
    (membership,) = user.memberships.all()
    task = world.tasks[0]
    judge(begin(membership, task), "123123", active_ms=90 * MINUTE)
    judge(begin(membership, task, "repeat"), "123321", active_ms=30 * MINUTE)
    page.reload()
    expect(page.locator(".own-work")).to_have_text(
        "2 hours in the last 7 days, 2 hours in all · Same level when a task came again: 67% of 6"
    )
    assert faults_here(page) == []
