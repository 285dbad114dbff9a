"""How pictures come: two requests at once, nearest task first, all panes of a task in one frame."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.holding import Held, holding
from tests.e2e.site import Site
from tests.world import World, draw, make_world

PAINTED = """
window.painted = [];
new PerformanceObserver((list) => {
  for (const { url, renderTime } of list.getEntries())
    painted.push([new URL(url).pathname, renderTime]);
}).observe({ type: "element", buffered: true });
"""
"""Notes when each picture of the stage was first painted."""
TIMES = """
([assignment, count]) => new Promise((done) => {
  const look = () => {
    const own = painted.filter(([path]) => path.includes(assignment));
    if (own.length < count) requestAnimationFrame(look);
    else done(own.map(([, time]) => time));
  };
  look();
})
"""
SHOWN = "document.querySelectorAll('.stage img').length"
WIDTHS = """
([shown, hidden]) => new Promise((done) => {
  const widths = (isShown) => [...document.querySelectorAll(".stage img")]
    .filter((image) => (image.style.visibility !== "hidden") === isShown)
    .map((image) => image.naturalWidth);
  const look = () => {
    if (widths(true).join() === shown.join()) done(widths(false).sort());
    else requestAnimationFrame(look);
  };
  look();
})
"""
"""The widths of the hidden pictures once the shown ones are as wide as given."""
A_TASK, AHEAD = 4, 3
LARGE = (1600, 1200)


@pytest.fixture
def behind(chromium: Browser, site: Site, shared_folders: None) -> Iterator[tuple[Browsing, Held]]:
    """Windows that reach the site through the proxy."""
    with holding(site) as (proxied, held):
        windows = Browsing(chromium, proxied)
        yield windows, held
        held.open()
        assert windows.end("images", failed=False) == []


def owner(address: str) -> str:
    """The assignment that an image's address belongs to."""
    return address.split("/")[2]


def frames(page: Page, assignment: str, count: int) -> list[float]:
    """When the pictures of an assignment were painted, once so many were."""
    times: list[float] = page.evaluate(TIMES, [assignment, count])
    return times


def test_it_works(world: World, behind: tuple[Browsing, Held]) -> None:
    """Slow pictures: never more than two requests, in the order of tasks, each once; one frame."""
    browsing, held = behind
    page = browsing.open(world.add("ann"))
    page.add_init_script(PAINTED)
    page.goto(f"/work/{world.project.slug}")
    for _ in range(A_TASK):
        assert page.evaluate(SHOWN) == 0
        held.let_go()
    bench = Bench(page)
    bench.wait()
    held.let_go(A_TASK * AHEAD)
    assert held.most == 2
    assert len(set(held.asked)) == len(held.asked) == A_TASK * (1 + AHEAD)
    order = [owner(address) for address in held.asked]
    tasks = list(dict.fromkeys(order))
    assert order == [task for task in tasks for _ in range(A_TASK)]
    first = frames(page, tasks[0], 2)
    assert (len(first), len(set(first))) == (2, 1)
    held.open()
    bench.press(["v"])
    bench.rate_all(1)
    bench.submit()
    bench.wait()
    second = frames(page, tasks[1], A_TASK)
    assert (len(second), len(set(second))) == (A_TASK, 1)


def test_only_shown_panes_get_sharper(
    shared_folders: None, browsing: Browsing, tmp_path: Path
) -> None:
    """At 100 % the two panes of the focus view get every pixel, the other edits when shown."""
    folder = tmp_path / "world"
    folder.mkdir()
    names = [f"{place}.png" for place in range(4)]
    for place, name in enumerate(names):
        draw(folder / name, 0, place, LARGE)
    edits = [{"system": name, "image": name} for name in names[1:]]
    row = {"id": "a", "instruction": "Look", "source": names[0], "candidates": edits}
    world = make_world(folder, rows=[row])
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    fitted, full = 1024, LARGE[0]
    assert bench.page.evaluate(WIDTHS, [[fitted, fitted]]) == [fitted] * 3
    bench.press(["z"])
    assert bench.page.evaluate(WIDTHS, [[full, full]]) == [fitted, fitted, full]
    bench.press(["ArrowRight"])
    assert bench.page.evaluate(WIDTHS, [[full, full]]) == [fitted, full, full]
