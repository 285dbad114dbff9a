"""The browser's half of `faults.py`: an annotator rates through storms, and nothing is lost.

Runs in the copy of the project that `faults.py` started, with its settings and its database. In
each storm a proxy delays requests by up to five seconds, cuts them, loses answers and answers in
the server's place; the web server is killed now and then, the tab after each k-th key, and its
clock is a day off either way. At the end the database must hold exactly what was planned.
"""

import json
import os
import signal
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from embedded import browser as installed
from tests.e2e.browsing import sign_in
from tests.e2e.proxy import FaultyProxy, Weather
from tests.e2e.site import Site
from tests.e2e.storm import Annotator, Storm, make_plan, make_tasks, stored

TASKS, CANDIDATES = 10, 2
FULL = (1, 2, 3, 5, 8, 13)
"""After how many keys the tab is killed, a storm for each."""


def kill_web() -> None:
    """Kill -9 of the web server; the supervisor starts it again."""
    os.kill(int(json.loads(Path("var/run/web.pid").read_text())["pid"]), signal.SIGKILL)


def one_storm(
    browser: Browser, port: int, seed: int, kill_after: int, longest: float
) -> dict[str, int]:
    """One annotator through one storm; what is missing or different at the end."""
    with tempfile.TemporaryDirectory() as folder:
        world = make_tasks(Path(folder) / "world", TASKS, CANDIDATES, slug=f"storm-{kill_after}")
        plan = make_plan(seed, TASKS, CANDIDATES)
        weather = Weather(seed, share=0.5, longest=longest)
        user = world.add(f"storm{kill_after}")
        with FaultyProxy(("127.0.0.1", port), weather) as proxy:
            context = browser.new_context(base_url=proxy.url)
            sign_in(context, Site(proxy.url, Path(folder), {}), user)
            storm = Storm(kill_after, kill_web, frozenset({3, 6}))
            annotator = Annotator(context, f"/work/{world.project.slug}", plan, storm)
            annotator.work()
            context.close()
        kept = stored(world)
        return {
            "answers": len(plan),
            "wrong": sum(kept.get(cell) != level for cell, level in plan.items()),
            "extra": len(kept.keys() - plan.keys()),
            "tab_kills": annotator.kills,
            "faults": sum(weather.met.values()),
        }


def main(port: int, seed: int, *, quick: bool) -> None:
    """Every storm; prints the sums as JSON."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sums: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        for kill_after in FULL[-1:] if quick else FULL:
            found = one_storm(browser, port, seed, kill_after, 0.4 if quick else 5.0)
            sums = {key: sums.get(key, 0) + value for key, value in found.items()}
        browser.close()
    print(json.dumps(sums))
