"""The rating page with its comparison tools: a small world, and what the compare pane shows."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from annotate.assignment.models import Assignment
from tests.e2e.bench import Bench
from tests.world import World, make_world

SIZE = (480, 360)
SQUARE = (300, 80, 390, 170)
"""Left, top, right, bottom of what the edit `planted` changed."""
SOURCE, PLANTED = (40, 90, 200), (230, 200, 40)
SYSTEMS = ("same", "planted", "shifted")
Shot = Image.Image


def scene() -> Shot:
    """A picture with detail everywhere; the area of the square has one colour."""
    picture = Image.radial_gradient("L").resize(SIZE).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for number in range(40):
        left, top = 37 * number % 460, 53 * number % 340
        shade = (60 + 4 * number, 200 - 3 * number, 90 + number)
        pen.rectangle((left, top, left + 22, top + 14), fill=shade)
    pen.rectangle(SQUARE, fill=SOURCE)
    return picture


def edit(system: str) -> Shot:
    """What a system made of the picture."""
    picture = scene()
    if system == "planted":
        ImageDraw.Draw(picture).rectangle(SQUARE, fill=PLANTED)
    if system == "shifted":
        moved = picture.copy()
        moved.paste(picture, (3, 2))
        return moved
    return picture


def tools_world(folder: Path, *, mask: bool = False) -> World:
    """Two tasks with an equal, a locally changed and a shifted candidate."""
    folder.mkdir(parents=True)
    scene().save(folder / "source.png")
    for system in SYSTEMS:
        edit(system).save(folder / f"{system}.png")
    area = Image.new("L", SIZE)
    ImageDraw.Draw(area).rectangle(SQUARE, fill=255)
    area.save(folder / "mask.png")
    rows = [
        {
            "id": f"task-{number}",
            "instruction": instruction,
            "source": "source.png",
            "candidates": [{"system": name, "image": f"{name}.png"} for name in SYSTEMS],
            **({"edit_mask": "mask.png"} if mask else {}),
        }
        for number, instruction in enumerate(("Paint the barn red", "Make it evening"))
    ]
    return make_world(folder, rows=rows)


class Tools(Bench):
    """The rating page of one annotator, and what the compare pane shows."""

    def __init__(self, page: Page, world: World) -> None:
        super().__init__(page)
        self.world = world
        self.open(world.project.slug)

    @property
    def title(self) -> Locator:
        """The name of what the compare pane shows."""
        return self.page.locator(".tool-title")

    def label(self, system: str) -> str:
        """The letter under which a system's edit is shown in the open task."""
        row = Assignment.objects.get(state="live", task__instruction=self.instruction)
        systems = {candidate.pk: candidate.system for candidate in row.task.candidates.all()}
        return "ABC"[[systems[pk] for pk in row.presentation].index(system)]

    def go(self, system: str) -> str:
        """Focus a system's edit by its letter."""
        label = self.label(system)
        self.page.keyboard.press(f"Shift+{label}")
        expect(self.page.get_by_role("tab", selected=True)).to_contain_text(label)
        return label

    def shot(self) -> Shot:
        """What the compare pane shows of the frame, without the ground around it."""
        pane = self.page.locator(".pane-area").last
        area, frame = pane.bounding_box(), pane.locator(".frame").first.bounding_box()
        assert area is not None
        assert frame is not None
        left, top = frame["x"] - area["x"] + 1, frame["y"] - area["y"] + 1
        right, bottom = left + frame["width"] - 2, top + frame["height"] - 2
        picture = Image.open(BytesIO(pane.screenshot())).convert("RGB")
        return picture.crop((round(left), round(top), round(right), round(bottom)))

    def at(self, x: float, y: float) -> tuple[int, ...]:
        """The colour that is shown at a point of the frame, in its pixels."""
        shot = self.shot()
        point = (round(x * shot.width / SIZE[0]), round(y * shot.height / SIZE[1]))
        colour = shot.getpixel(point)
        assert isinstance(colour, tuple)
        return colour

    def map(self) -> Locator:
        """The change map once it is there."""
        canvas = self.page.locator(".map-picture")
        expect(canvas).to_be_visible(timeout=30_000)
        return canvas

    def finish(self) -> None:
        """Rate everything that is missing and submit."""
        for _ in range(6):
            self.page.keyboard.press("2")
        self.submit()
