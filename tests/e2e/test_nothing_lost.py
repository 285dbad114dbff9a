"""Nothing is lost: a bad network, a server that is killed, a tab that crashes, a wrong clock."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from annotate.judgments.models import Judgment
from tests.e2e.browsing import sign_in
from tests.e2e.proxy import DRAFT_FAULTS, FaultyProxy, Weather
from tests.e2e.site import Server, Site
from tests.e2e.storm import Annotator, LostError, Storm, make_plan, make_tasks, stored

SEED = 20261124
TASKS, CANDIDATES = 10, 2


@pytest.fixture
def server(site: Site, shared_folders: None, tmp_path: Path) -> Iterator[Server]:
    """A web server that may be killed."""
    folder = tmp_path / "server"
    folder.mkdir()
    running = Server(site, folder)
    yield running
    running.program.stop()


def weather_the_storm(
    chromium: Browser, server: Server, folder: Path, kill: Callable[[], None], *, outbox: bool
) -> None:
    """Ten tasks through the storm; at the end the database holds exactly the plan."""
    world = make_tasks(folder / "world", TASKS, CANDIDATES)
    plan = make_plan(SEED, TASKS, CANDIDATES)
    weather = Weather(SEED, share=0.5, longest=0.4)
    with FaultyProxy(("127.0.0.1", server.port), weather) as proxy:
        context = chromium.new_context(base_url=proxy.url, viewport={"width": 1440, "height": 900})
        sign_in(context, server.site, world.add("ann"))
        storm = Storm(7, kill, frozenset({4}), outbox)
        annotator = Annotator(context, f"/work/{world.project.slug}", plan, storm)
        try:
            annotator.work()
        finally:
            context.close()
    assert stored(world) == plan
    assert Judgment.objects.count() == TASKS
    assert annotator.kills == TASKS * CANDIDATES * 2 // 7
    assert set(weather.met) == set(DRAFT_FAULTS)


def test_it_works(chromium: Browser, server: Server, tmp_path: Path) -> None:
    """Every answer is given once, whatever breaks, and each one arrives once."""
    weather_the_storm(chromium, server, tmp_path, server.kill, outbox=True)


def test_without_the_outbox_answers_are_lost(
    chromium: Browser, server: Server, tmp_path: Path
) -> None:
    """The same storm where the browser's database keeps nothing: the test above sees it."""
    with pytest.raises(LostError, match="became None"):
        weather_the_storm(chromium, server, tmp_path, server.kill, outbox=False)
