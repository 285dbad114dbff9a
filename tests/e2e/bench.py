"""The rating page as an annotator uses it: what is on the screen, and keys."""

from collections.abc import Sequence
from random import Random

from playwright.sync_api import Locator, Page, expect

from tests.world import INSTRUCTIONS

SAVED = ("Saved", "已保存")
SHADE = """
(image, left) => {
  const canvas = Object.assign(document.createElement("canvas"),
    { width: image.naturalWidth, height: image.naturalHeight });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return pen.getImageData(left + 20, canvas.height / 2, 1, 1).data[0];
}
"""
"""The red of a picture in the middle of its house: `tests.world.draw` says what it tells."""

Answer = tuple[int, int, str, int]
"""Number of the task, place of the candidate in the manifest, dimension by its place, level."""


class Bench:
    """One annotator's rating page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, slug: str) -> None:
        """Go to the page of a project and wait for its first task."""
        self.page.goto(f"/work/{slug}")
        self.wait()

    @property
    def levels(self) -> Locator:
        """The levels of the current cell."""
        return self.page.locator(".rating").get_by_role("radio")

    def wait(self) -> None:
        """Wait until the task is painted, so that keys rate."""
        expect(self.levels.first).to_be_enabled()

    @property
    def instruction(self) -> str:
        """The instruction on the screen."""
        return self.page.locator(".instruction-text").inner_text()

    @property
    def number(self) -> int:
        """The place in the manifest of the task on the screen."""
        return INSTRUCTIONS.index(self.instruction)

    @property
    def labels(self) -> list[str]:
        """The letters of the candidates."""
        return self.page.locator(".tab-letter").all_inner_texts()

    def place(self, label: str) -> int:
        """The place in the manifest of the picture that is shown under a letter."""
        tab = self.page.get_by_role("tab").nth(self.labels.index(label))
        red = tab.locator("img").evaluate(SHADE, 10 + 7 * self.number)
        return int((200 - red) / 25) - 1

    def press(self, keys: Sequence[str]) -> None:
        """Press keys one after the other, as fast as they can be taken."""
        for key in keys:
            self.page.keyboard.press(key)

    def rate_all(self, seed: int) -> list[Answer]:
        """Rate every cell by a digit, along each dimension; what was said about which picture."""
        draw = Random(seed)  # noqa: S311 - levels, not secrets
        number, labels = self.number, self.labels
        places = [self.place(label) for label in labels]
        said = []
        for dimension in ("instruction_following", "visual_quality"):
            for place in places:
                level = draw.randint(1, 4)
                self.page.keyboard.press(str(level))
                said.append((number, place, dimension, level))
        return said

    def submit(self) -> None:
        """Enter, and wait until another task or a message has taken the place of this one."""
        before = self.instruction
        expect(self.page.locator(".submit[data-complete]")).to_be_visible()
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".instruction-text", has_text=before)).to_have_count(0)

    def wait_saved(self) -> None:
        """Wait until the server has everything."""
        expect(self.page.locator(".save[data-state='saved']")).to_be_visible()

    def checked(self) -> list[str]:
        """What each candidate's tab says is rated."""
        tabs = self.page.get_by_role("tab").all()
        return [str(tab.get_attribute("aria-label")) for tab in tabs]


def start_by_keys(page: Page) -> None:
    """From home to the rating page, by Tab and Enter."""
    link = page.get_by_role("link", name="Start")
    expect(link).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
