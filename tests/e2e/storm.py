"""The oracle of "nothing is lost": a plan of every answer, and an annotator who gives each once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from annotate.judgments.models import Judgment
from tests.e2e.bench import SHADE
from tests.world import World, make_world, manifest_rows

DIMENSIONS = ("instruction_following", "visual_quality")
DAY = 86_400_000
PATIENCE = 120_000
SHORT = 300
THINK = 2
"""After so many keys the annotator thinks until the draft has met its fate."""
SHIFTED = """
(() => {
  const Real = Date;
  class Shifted extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + SHIFT); }
    static now() { return Real.now() + SHIFT; }
  }
  globalThis.Date = Shifted;
})();
"""
FORGETFUL = "IDBObjectStore.prototype.put = function () { return this.count(); };"
"""A browser whose database says that it stores and stores nothing: the outbox is switched off."""

Cell = tuple[int, int, str]
"""Number of the task, place of the candidate in the manifest, dimension."""


class LostError(AssertionError):
    """Something that was said is not there any more."""


def make_plan(seed: int, tasks: int, candidates: int) -> dict[Cell, int]:
    """A level for every cell of every task."""
    draw = Random(seed)  # noqa: S311 - levels, not secrets
    return {
        (task, place, dimension): draw.randint(1, 4)
        for task in range(tasks)
        for place in range(candidates)
        for dimension in DIMENSIONS
    }


def make_tasks(folder: Path, tasks: int, candidates: int, slug: str = "storm") -> World:
    """A project of tasks that say their number."""
    folder.mkdir(parents=True)
    rows = manifest_rows(folder, tasks, candidates)
    rows = [row | {"instruction": f"Edit number {n}"} for n, row in enumerate(rows)]
    return make_world(folder, slug=slug, rows=rows)


@dataclass
class Storm:
    """What breaks beside the network."""

    kill_after: int
    """The tab is killed after so many keys."""
    kill_server: Callable[[], None]
    kill_server_after: frozenset[int]
    """After which tasks the server is killed and started again."""
    outbox: bool = True


@dataclass
class Annotator:
    """Gives each planned answer once, never twice: what gets lost stays lost."""

    context: BrowserContext
    address: str
    plan: dict[Cell, int]
    storm: Storm
    keys: int = 0
    kills: int = 0
    given: dict[Cell, int] = field(default_factory=dict)
    _page: Page | None = None

    @property
    def page(self) -> Page:
        """The tab that is open."""
        assert self._page is not None
        return self._page

    def work(self) -> None:
        """Rate all that is planned and see it saved."""
        self.open_tab()
        done: set[int] = set()
        while number := self.next_task(done):
            task = int(number)
            self.rate(task)
            self.submit(task)
            done.add(task)
            if len(done) in self.storm.kill_server_after:
                self.storm.kill_server()
        self.finish()

    def open_tab(self) -> None:
        """A fresh tab, whose clock may be a day off."""
        self._page = self.context.new_page()
        shift = (0, DAY, -DAY)[self.kills % 3]
        self.page.add_init_script(SHIFTED.replace("SHIFT", str(shift)))
        if not self.storm.outbox:
            self.page.add_init_script(FORGETFUL)
        for _ in range(PATIENCE // SHORT):
            try:
                self.page.goto(self.address)
            except Error:
                # The server is being started again: the annotator loads the page once more.
                self.page.wait_for_timeout(SHORT)
            else:
                return

    def kill_tab(self) -> None:
        """The renderer crashes: no handler of the page runs any more."""
        self.kills += 1
        old = self.page
        try:
            old.goto("chrome://crash", timeout=SHORT)
        except Error:
            old.close()
        self.open_tab()

    def next_task(self, done: set[int]) -> str | None:
        """The number of a task that is painted and not done, None at the end of the work."""
        end = self.page.get_by_role("heading", name="Nothing left to judge")
        ready = self.page.locator(".rating input:enabled").first
        for _ in self.attended(f"a task after {len(done)}"):
            if end.is_visible():
                return None
            if ready.is_visible() and (number := self.number()) and int(number) not in done:
                return number
        raise AssertionError

    def number(self) -> str | None:
        """The number of the task on the screen, if one is open."""
        text = self.page.locator(".instruction-text")
        found = text.inner_text() if text.count() else ""
        match = re.search(r"\d+", found)
        return match and match[0]

    def rate(self, task: int) -> None:
        """Give each cell of the task that was not given yet its level, by keys."""
        places = self.places(task)
        for dimension in DIMENSIONS:
            for label, place in places.items():
                cell = (task, place, dimension)
                if cell not in self.given:
                    self.rate_cell(label, cell)

    def places(self, task: int) -> dict[str, int]:
        """Which picture of the manifest stands under which letter."""
        found = {}
        for tab in self.page.get_by_role("tab").all():
            label = tab.locator(".tab-letter").inner_text()
            red = tab.locator("img").evaluate(SHADE, 10 + 7 * task)
            found[label] = int((200 - red) / 25) - 1
        return found

    def rate_cell(self, label: str, cell: Cell) -> None:
        """Go to a cell, press its level, see it taken; sometimes the tab is killed then."""
        level = self.plan[cell]
        self.given[cell] = level
        column = DIMENSIONS.index(cell[2])
        for _ in self.attended(f"cell {cell}"):
            self.page.keyboard.press(f"Shift+{label}")
            for _ in DIMENSIONS:
                self.page.keyboard.press("ArrowUp")
            for _ in range(column):
                self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press(str(level))
            if self.levels(label)[column] == level:
                break
        self.keys += 1
        if self.keys % THINK == 0:
            expect(self.page.locator(".save:not([data-state=saving])")).to_be_attached(
                timeout=PATIENCE
            )
        if self.keys % self.storm.kill_after == 0:
            self.wait_stored()
            self.kill_tab()
            number = self.next_task(set())
            if number != str(cell[0]):
                raise LostError(f"task {cell[0]} is gone; {number} is open")
            self.check_given(cell[0])

    def levels(self, label: str) -> list[int | None]:
        """What the tab of a candidate says about its dimensions."""
        tab = self.page.get_by_role("tab", name=f"Edit {label}.")
        spoken = str(tab.get_attribute("aria-label")).split(". ", 1)[1].split(", ")
        said = [part.rsplit(": ", 1)[1] for part in spoken]
        return [int(word) if word.isdecimal() else None for word in said]

    def check_given(self, task: int) -> None:
        """What was given is on the screen again."""
        for label, place in self.places(task).items():
            for column, dimension in enumerate(DIMENSIONS):
                level = self.given.get((task, place, dimension))
                shown = self.levels(label)[column]
                if level is not None and shown != level:
                    raise LostError(f"{label} {dimension} of task {task}: {level} became {shown}")

    def submit(self, task: int) -> None:
        """Enter, until another task or the end has taken its place."""
        complete = self.page.locator(".submit[data-complete]")
        for _ in self.attended(f"submitting {task}"):
            if self.number() != str(task):
                return
            if complete.is_visible():
                self.page.keyboard.press("Enter")

    def finish(self) -> None:
        """See that the server has everything."""
        calm = self.page.locator(".save[data-state=saved], .save[data-state=idle]")
        for _ in self.attended("the last answers"):
            if calm.is_visible():
                return

    def wait_stored(self) -> None:
        """Wait until the page says that the browser's database has all of it."""
        expect(self.page.locator(".save[data-stored=true]")).to_be_attached(timeout=PATIENCE)

    def attended(self, what: str) -> Iterator[None]:
        """Try again and again, doing between what the page asks for; fail after some time."""
        yield
        for _ in range(PATIENCE // SHORT):
            self.attend()
            self.page.wait_for_timeout(SHORT)
            yield
        raise LostError(f"waited too long for {what}: {self.page.locator('body').inner_text()}")

    def attend(self) -> None:
        """Answer what the page asks: a conflict, a refusal, a session that ended."""
        page = self.page
        try:
            self.press_if_there(page.get_by_role("alert").get_by_role("button", name="I have"))
            self.press_if_there(page.locator("main").get_by_role("button", name="Try again"))
            state = page.locator(".save").first.get_attribute("data-state", timeout=SHORT)
            if state in ("conflict", "refused"):
                if not page.get_by_role("dialog").is_visible():
                    self.press_if_there(page.locator(".save-line"))
                for name in (re.compile("Keep this window"), "Send again"):
                    self.press_if_there(page.get_by_role("dialog").get_by_role("button", name=name))
            self.press_if_there(page.get_by_role("dialog").get_by_role("button", name="Close"))
        except TooLate:
            return

    def press_if_there(self, button: Locator) -> None:
        """Press a button that may go away by itself meanwhile."""
        if button.first.is_visible():
            button.first.click(timeout=SHORT * 3)


def stored(world: World) -> dict[Cell, int]:
    """What the database holds in the last revision of each judgment; each judgment once."""
    found: dict[Cell, int] = {}
    rows: Any = Judgment.objects.filter(assignment__project=world.project).order_by("revision")
    latest = {judgment.assignment_id: judgment for judgment in rows}
    assert len(latest) == len({one.assignment.task_id for one in latest.values()})
    for judgment in latest.values():
        for rating in judgment.ratings.select_related("candidate__task"):
            task = int(rating.candidate.task.external_id.removeprefix("task-"))
            place = int(rating.candidate.system.removeprefix("system-"))
            found[task, place, rating.dimension] = int(rating.value)
    return found
