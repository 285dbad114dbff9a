"""How long the next task takes: from Enter to its last picture, and from a zoom to its frame.

Chromium rates tasks of five images of 1024 pixels by keys, with 40 ms of network delay and 1 to 4
seconds of seeded thinking. A task's time runs from the keydown's time stamp to the largest
`renderTime` of its element-timing entries; a picture of the page proves that it is the right task.
The control is the same page for whom every claim brings the current task only. Then a zoom by key
and by wheel, on tasks of 5 images of 1 and 9 of 12 megapixels, focus view and contact sheet.
"""

import io
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import lab
from benchmarks.client import PASSWORD
from embedded import browser as installed

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PROBE = (Path(__file__).parent / "next_task.js").read_text(encoding="utf-8")
DELAY_MS = 40
CANDIDATES, DIMENSIONS = 4, 2
SMALL, LARGE = (1024, 1024), (4000, 3000)
PATIENCE = 120_000
ZOOMS = ("+", "+", "+", "-", "-", "-")


@dataclass
class Tally:
    """What one run of tasks saw."""

    seconds: list[float] = field(default_factory=list)
    late: int = 0
    script_kb: float = 0.0


@contextmanager
def rating_page(
    browser: Browser, port: int, user: str, slug: str, *, known: int = 10**9
) -> Iterator[Page]:
    """A signed-in page with the probe, on a slow network, that gets to know so many tasks."""
    url = f"http://127.0.0.1:{port}"
    context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/")
    page.add_init_script(f"window.knownTasks = {known};\n{PROBE}")
    slow = {"offline": False, "latency": DELAY_MS, "downloadThroughput": -1, "uploadThroughput": -1}
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", slow)
    page.goto(f"/work/{slug}")
    try:
        yield page
    finally:
        context.close()


def shown_task(page: Page) -> int:
    """The number of the task whose colours source and edit have in a picture; an error without."""
    from benchmarks.pictures import EDITED, colour  # noqa: PLC0415 - needs Django set up

    number = int(page.locator(".instruction-text").inner_text().removeprefix("Task "))
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    wanted = [colour(number, 0)[:2], colour(number % EDITED, 1)[:2]]
    found = []
    for area in page.locator(".pane-area").all():
        box = area.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        middle = (int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2))
        found.append(taken.getpixel(middle)[:2])  # type: ignore[index]
    if found != wanted:
        raise RuntimeError(f"task {number}: the panes show {found} instead of {wanted}")
    return number


def rate(page: Page, thinking: float) -> None:
    """Think, and give every level in the meantime."""
    cells = CANDIDATES * DIMENSIONS
    for _ in range(cells):
        time.sleep(thinking / cells)
        page.keyboard.press("3")
    page.locator(".submit[data-complete]").wait_for()


def work_through(page: Page, tasks: int, draw: random.Random, *, control: bool = False) -> Tally:
    """Rate so many tasks; the times of the tasks that came after an Enter."""
    tally = Tally()
    seen = {number_painted(page, None)}
    tally.script_kb = round(page.evaluate("probe.scriptBytes()") / 1000, 1)
    for _ in range(tasks):
        rate(page, draw.uniform(1, 4))
        before = page.evaluate("probe.open()")
        if control:
            page.evaluate("knownTasks += 1")
        page.keyboard.press("Enter")
        seen.add(number_painted(page, before))
        figures = page.evaluate("probe.next()")
        tally.seconds.append(figures["ms"] / 1000)
        tally.late += figures["late"]
    if len(seen) != tasks + 1:
        raise RuntimeError(f"{len(seen)} different tasks instead of {tasks + 1}")
    return tally


def number_painted(page: Page, before: str | None) -> int:
    """The number of the task that follows another one, once it is painted."""
    page.evaluate("before => probe.painted(before)", before)
    page.locator(".rating input[type=radio]:enabled").first.wait_for(state="attached")
    return shown_task(page)


def zoom_times(page: Page, rounds: int, widest: int) -> dict[str, Any]:
    """Milliseconds from zoom keys and wheel turns to the frame, at the level the zoom needs."""
    # 200 % or whole first: at 100 % the key would go back to the whole image.
    page.keyboard.press("Alt+z")
    page.keyboard.press("z")
    page.evaluate("widest => probe.sharp(widest)", widest)
    for _ in range(rounds):
        for key in ZOOMS:
            page.keyboard.press(key)
            page.evaluate("probe.quiet()")
    page.mouse.move(1000, 400)
    for turn in range(rounds * len(ZOOMS)):
        page.mouse.wheel(0, -60 if turn % 6 < 3 else 60)
        page.evaluate("probe.quiet()")
    found = page.evaluate("probe.zooms()")
    return {
        kind: lab.quantiles([one / 1000 for one in found[kind]]) for kind in ("key", "wheel")
    } | {"widths": found["widths"]}


def zooming(browser: Browser, port: int, slug: str, rounds: int, widths: tuple[int, int]) -> Any:
    """The zoom of one task in focus view, then in the contact sheet."""
    with rating_page(browser, port, "rater2", slug) as page:
        number_painted(page, None)
        focus = zoom_times(page, rounds, widths[0])
        page.keyboard.press("v")
        return {"focus": focus, "sheet": zoom_times(page, rounds, widths[1])}


def measure(port: int, *, tasks: int, controls: int, rounds: int, large: bool) -> dict[str, Any]:
    """All figures; those of large images if they were made."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed.find(), args=list(FLAGS))
        with rating_page(browser, port, "rater0", "next") as page:
            run = work_through(page, tasks, random.Random(7))  # noqa: S311 - repeatable
        with rating_page(browser, port, "rater1", "next", known=1) as page:
            control = work_through(page, controls, random.Random(8), control=True)  # noqa: S311
        print("tasks", lab.quantiles(run.seconds), lab.quantiles(control.seconds), file=sys.stderr)
        report: dict[str, Any] = {
            "next_task_ms": lab.quantiles(run.seconds),
            "next_task_worst_ms": round(max(run.seconds) * 1000, 1),
            "tasks": tasks,
            "not_prefetched": round(run.late / tasks, 4),
            "control": lab.quantiles(control.seconds) | {"not_prefetched": control.late / controls},
            "script_kb": run.script_kb,
            "zoom_ms": {"5x1MP": zooming(browser, port, "next", rounds, (1024, 1024))},
            "rendering": "software",
            "chromium": browser.version,
        }
        if large:
            widths = (4000, 2048)
            report["zoom_ms"]["8x12MP"] = zooming(browser, port, "large", rounds, widths)
        browser.close()
    return report


def main() -> None:
    """Make the projects, rate, print."""
    options = lab.parser(__doc__).parse_args()
    tasks, controls, rounds = (4, 2, 1) if options.quick else (100, 15, 8)
    with lab.laboratory() as place:
        from benchmarks import pictures, seed  # noqa: PLC0415 - needs Django set up

        shapes = {"next": (tasks + 1, CANDIDATES, SMALL)}
        if not options.quick:
            shapes["large"] = (1, 8, LARGE)
        projects = [
            pictures.make_project(place.root / slug, slug, shape) for slug, shape in shapes.items()
        ]
        people = seed.make_annotators(projects[0], 3, known=tuple(shapes))
        for project in projects[1:]:
            seed.join(project, people)
        with lab.web_server(place) as (port, _):
            report = measure(
                port, tasks=tasks, controls=controls, rounds=rounds, large=not options.quick
            )
    lab.say(report, as_json=options.json)


if __name__ == "__main__":
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    main()
