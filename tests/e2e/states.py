"""The states of the rating page that the pictures show and the checks of looks go through."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from annotate.people.models import Membership, Role, User
from annotate.tasks.models import Project
from annotate.tasks.services import create_project
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World

DIMENSIONS = ("instruction_following", "visual_quality")
LEVELS = "32413142"


@dataclass(frozen=True)
class Room:
    """One annotator's window on a project; `idle` is a project without tasks."""

    bench: Bench
    project: Project
    idle: Project

    def open(self) -> None:
        """The project's page with a task on it; a long instruction that opened itself is read."""
        self.bench.open(self.project.slug)
        dialog = self.bench.page.get_by_role("dialog")
        if dialog.count():
            self.bench.page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)


def fill(room: Room) -> None:
    """A level for every cell."""
    cells = len(DIMENSIONS) * len(room.bench.labels)
    room.bench.press([LEVELS[number % len(LEVELS)] for number in range(cells)])


def focus(room: Room) -> None:
    """Two edits rated, the third beside the source."""
    room.open()
    room.bench.press("32")


def sheet(room: Room) -> None:
    """All edits at once."""
    focus(room)
    room.bench.press("v")


def zoomed(room: Room) -> None:
    """Nearer than the whole image."""
    focus(room)
    room.bench.press(["Shift+Equal"] * 6)


def difference(room: Room) -> None:
    """What differs between source and edit, amplified."""
    focus(room)
    room.bench.press("d")
    expect(room.bench.page.locator("[data-tool=difference]").first).to_be_visible()


def slider(room: Room) -> None:
    """The source left of a line, the edit right of it."""
    focus(room)
    room.bench.press("s")
    expect(room.bench.page.locator("[data-tool=slider]").first).to_be_visible()


def change_map(room: Room) -> None:
    """Where one sees that something changed."""
    focus(room)
    room.bench.press("e")
    expect(room.bench.page.locator(".map-picture")).to_be_visible(timeout=30_000)


def outside(room: Room) -> None:
    """The edit dimmed in a drawn box, the change map around it."""
    focus(room)
    page = room.bench.page
    page.keyboard.press("o")
    expect(page.get_by_text("Draw a box around the change")).to_be_visible()
    area = page.locator(".pane-area").last.bounding_box()
    assert area is not None
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    page.mouse.move(x - 80, y - 20)
    page.mouse.down()
    page.mouse.move(x + 80, y + 120, steps=3)
    page.mouse.up()
    expect(page.locator(".map-picture")).to_be_visible(timeout=30_000)


def blink(room: Room) -> None:
    """Source and edit in turn, stopped on the edit."""
    focus(room)
    room.bench.press("kp")
    expect(room.bench.page.locator("[data-tool=blink]").first).to_be_visible()


def loupe(room: Room) -> None:
    """Both pictures pixel by pixel under the pointer."""
    focus(room)
    page = room.bench.page
    page.keyboard.press("l")
    area = page.locator(".pane-area").last.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    expect(page.locator(".loupe")).to_be_visible()


def shelf(room: Room) -> None:
    """The examples of the levels above the dock."""
    focus(room)
    room.bench.press("g")
    expect(room.bench.page.locator(".shelf")).to_be_visible()
    for picture in room.bench.page.locator(".shelf img").all():
        expect(picture).to_have_js_property("complete", value=True)


def lineup(room: Room) -> None:
    """All levels at one glance, before Enter."""
    room.open()
    fill(room)
    room.bench.press("a")
    expect(room.bench.page.locator(".lineup")).to_be_visible()


def tie_break(room: Room) -> None:
    """Two edits of equal sums, and the question which is better."""
    room.open()
    room.bench.press("3" * len(DIMENSIONS) * len(room.bench.labels))
    room.bench.wait_saved()
    Project.objects.filter(pk=room.project.pk).update(tie_break=True)
    room.bench.page.reload()
    expect(room.bench.page.get_by_text("Which edit is better overall?")).to_be_visible()
    Project.objects.filter(pk=room.project.pk).update(tie_break=False)


def cannot(room: Room) -> None:
    """The question what cannot be judged, with a reason chosen."""
    focus(room)
    room.bench.press("x2")
    expect(room.bench.page.get_by_role("dialog")).to_be_visible()


def region(room: Room) -> None:
    """A place in the picture marked by the pointer."""
    focus(room)
    page = room.bench.page
    page.keyboard.press("r")
    layer = page.locator(".region-layer")
    at = layer.evaluate("one => one.getBoundingClientRect().toJSON()")
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x - 60, y - 40)
    page.mouse.down()
    page.mouse.move(x, y)
    page.mouse.move(x + 60, y + 40)
    page.mouse.up()
    expect(page.locator(".region-box:not([data-draft])")).to_be_visible()


def comment(room: Room) -> None:
    """A comment half written."""
    focus(room)
    room.bench.press("c")
    box = room.bench.page.get_by_role("dialog").get_by_role("textbox")
    box.fill("The bowl floats above the branch.")


def guideline(room: Room) -> None:
    """The levels of the dimension, and the guideline."""
    focus(room)
    room.bench.press("h")
    expect(room.bench.page.get_by_role("dialog")).to_be_visible()


def offline(room: Room) -> None:
    """Rated without a network."""
    room.open()
    room.bench.page.context.set_offline(True)
    room.bench.press("3241")
    expect(room.bench.page.locator(".save[data-state=offline]")).to_be_visible()


def help_open(room: Room) -> None:
    """All keys."""
    focus(room)
    room.bench.press(["Shift+?"])
    expect(room.bench.page.get_by_role("dialog")).to_be_visible()


def menu(room: Room) -> None:
    """All that can be done, by name."""
    focus(room)
    room.bench.page.locator(".menu-button").click()
    expect(room.bench.page.locator("#work-menu")).to_be_visible()


def refused(room: Room) -> None:
    """A judgment that the server did not take, with its reasons open."""
    room.open()
    page = room.bench.page
    fault = {"code": "missing_rating", "label": "A", "dimension": "visual_quality"}
    problem = {"type": "about:blank", "title": "Invalid", "status": 422, "code": "invalid"}
    page.route(
        "**/judgment",
        lambda route: route.fulfill(
            status=422,
            content_type="application/problem+json",
            body=json.dumps({**problem, "faults": [fault]}),
        ),
    )
    fill(room)
    page.keyboard.press("Enter")
    expect(page.locator(".save[data-state=refused]")).to_be_visible()
    page.locator(".save-line").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def done(room: Room) -> None:
    """Nothing left to judge."""
    room.bench.page.goto(f"/work/{room.idle.slug}")
    expect(room.bench.page.get_by_role("heading", level=1)).to_be_visible()


STATES: dict[str, Callable[[Room], None]] = {
    "focus": focus,
    "sheet": sheet,
    "zoomed": zoomed,
    "difference": difference,
    "cannot": cannot,
    "region": region,
    "offline": offline,
    "done": done,
}


MORE: dict[str, Callable[[Room], None]] = {
    "slider": slider,
    "map": change_map,
    "outside": outside,
    "blink": blink,
    "loupe": loupe,
    "shelf": shelf,
    "lineup": lineup,
    "tie": tie_break,
    "guideline": guideline,
    "comment": comment,
    "help": help_open,
    "menu": menu,
    "refused": refused,
}
"""States that are checked, and shown in the documentation, but not in the matrix."""


def enter(browsing: Browsing, room: Room, name: str) -> None:
    """Bring the window into a state; whatever it was in before is left."""
    browsing.allow("ERR_INTERNET_DISCONNECTED|status of 422")
    room.bench.page.context.set_offline(False)
    (STATES | MORE)[name](room)


def make_room(
    browsing: Browsing, user: User, project: Project, idle: Project, **options: Any
) -> Room:
    """A window of the user."""
    return Room(Bench(browsing.open(user, **options)), project, idle)


def open_room(browsing: Browsing, world: World, **options: Any) -> Room:
    """A window of a new annotator, beside a project in which there is nothing to do."""
    version = world.project.protocol_version
    idle = create_project(slug="idle", version=version, overlap=1, title="The other meadow")
    ann = world.add("ann")
    Membership.objects.create(project=idle, user=ann, role=Role.ANNOTATOR)
    return make_room(browsing, ann, world.project, idle, **options)
