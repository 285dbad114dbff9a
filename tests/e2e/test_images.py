"""How pictures come: two requests at once, nearest task first, all panes of a task in one frame."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.holding import Held, holding
from tests.e2e.site import Site
from tests.world import World

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
A_TASK, AHEAD = 4, 3


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
