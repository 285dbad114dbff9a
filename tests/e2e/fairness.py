"""What near the images of the rating page could sway the eye: colours, frames, fades, covers."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Page

NEAR = 24
EDGE = 2  # pixels in which an image's own edge may be blended with the ground
TINT = 3
IMAGES = """
() => [...document.querySelectorAll(".stage img, .stage canvas")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((one) => {
    let { left, top, right, bottom } = one.getBoundingClientRect();
    for (let box = one.parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflow === "visible") continue;
      const clip = box.getBoundingClientRect();
      left = Math.max(left, clip.left); right = Math.min(right, clip.right);
      top = Math.max(top, clip.top); bottom = Math.min(bottom, clip.bottom);
    }
    return [left, top, right, bottom].map((side) => Math.round(side * devicePixelRatio));
  })
  .filter(([left, top, right, bottom]) => right - left > 8 && bottom - top > 8)
"""
DIALOG = """
() => [...document.querySelectorAll("dialog:modal, [popover]:popover-open")].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left, top, right, bottom].map((side) => Math.round(side * devicePixelRatio));
})
"""
DECORATED = """
() => {
  const plain = { borderRadius: "0px", boxShadow: "none", opacity: "1", filter: "none",
    outlineStyle: "none", transitionDuration: "0s", animationName: "none", borderTopWidth: "0px",
    borderLeftWidth: "0px", maskImage: "none" };
  const found = [];
  for (const image of document.querySelectorAll(".stage img, .stage canvas"))
    for (let one = image; one && !one.matches(".stage"); one = one.parentElement)
      for (const [name, value] of Object.entries(plain))
        if (getComputedStyle(one)[name] !== value)
          found.push(`${one.className || one.localName} has a ${name}`);
  return [...new Set(found)];
}
"""
COVERED = """
([left, top, right, bottom]) => {
  const found = new Set();
  for (let row = 1; row < 8; row += 1)
    for (let column = 1; column < 8; column += 1) {
      const x = (left + ((right - left) * column) / 8) / devicePixelRatio;
      const y = (top + ((bottom - top) * row) / 8) / devicePixelRatio;
      const over = document.elementFromPoint(x, y);
      if (!over?.closest(".pane-area")) found.add(`${over?.className} lies over an image`);
    }
  return [...found];
}
"""
LEVEL_COLOURS = """
() => [...document.querySelectorAll(".level, .level *, .chip")].flatMap((one) => {
  const style = getComputedStyle(one);
  return [style.color, style.backgroundColor, style.borderTopColor, style.fill];
})
"""

Box = tuple[int, int, int, int]


def pixels(page: Page) -> np.ndarray:
    """The window as rows of RGB values."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.int16)


def _cut(mask: np.ndarray, box: Box, margin: int, *, value: bool) -> None:
    left, top, right, bottom = box
    rows = slice(max(0, top - margin), max(0, bottom + margin))
    mask[rows, max(0, left - margin) : max(0, right + margin)] = value


def near(page: Page, shape: tuple[int, ...]) -> np.ndarray:
    """Which pixels are within `NEAR` of an image, yet of none; not those of a dialog."""
    ratio = int(page.evaluate("devicePixelRatio"))
    mask = np.zeros(shape[:2], dtype=bool)
    boxes: list[Box] = page.evaluate(IMAGES)
    for box in boxes:
        _cut(mask, box, NEAR * ratio, value=True)
    for box in boxes:
        _cut(mask, box, EDGE, value=False)
    for box in page.evaluate(DIALOG):
        _cut(mask, box, 0, value=False)
    return mask


def tinted(page: Page) -> list[str]:
    """Where something near an image has a colour."""
    seen = pixels(page)
    chroma = seen.max(axis=2) - seen.min(axis=2)
    rows, columns = np.nonzero(near(page, seen.shape) & (chroma > TINT))
    if rows.size == 0:
        return []
    place = f"{columns.min()},{rows.min()} to {columns.max()},{rows.max()}"
    return [f"{rows.size} pixels near an image have a colour: {place}"]


def faults(page: Page) -> list[str]:
    """What is unfair about the page as it is now."""
    found: list[str] = page.evaluate(DECORATED)
    if not page.evaluate(DIALOG):
        for box in page.evaluate(IMAGES):
            found += page.evaluate(COVERED, box)
    return tinted(page) + sorted(set(found))


def coloured_levels(page: Page) -> list[str]:
    """Colours of levels that are no grey."""
    found = set()
    for colour in page.evaluate(LEVEL_COLOURS):
        parts = colour[colour.find("(") + 1 : -1].split(",") if "(" in colour else []
        if parts and len({part.strip() for part in parts[:3]}) > 1:
            found.add(colour)
    return sorted(found)
