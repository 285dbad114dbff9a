"""Chinese is written with characters: no two of those on the pages look the same."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from embedded import fonts
from tests.e2e.browsing import Browsing
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent.parent
ALIKE = """
(characters) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `28px ${getComputedStyle(document.body).fontFamily}`;
  const seen = new Map();
  for (const one of characters) {
    pen.clearRect(0, 0, 40, 40);
    pen.fillText(one, 4, 32);
    const drawn = pen.getImageData(0, 0, 40, 40).data.join();
    seen.set(drawn, (seen.get(drawn) ?? "") + one);
  }
  return [...seen.values()].filter((same) => [...same].length > 1);
}
"""
NOWHERE = "\U000fffff\U000ffffe"
"""Two code points that no font has: both are empty boxes."""


@pytest.mark.skipif(not fonts.has_chinese(), reason=fonts.ABSENT)
def test_it_works(world: World, browsing: Browsing) -> None:
    """Every character of the Chinese messages has a look of its own; empty boxes have one."""
    folder = ROOT / "frontend" / "src" / "i18n" / "zh-Hans"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ts")))
    characters = "".join(sorted(set(re.findall(r"[\u4e00-\u9fff]", text))))
    page = browsing.open(world.add("mei", language="zh-hans"), locale="zh-CN")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(ALIKE, characters) == []
    assert page.evaluate(ALIKE, NOWHERE) == [NOWHERE]
