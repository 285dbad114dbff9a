"""What is wrong with the layout of a page: cut text, overlaps, small targets, shifts."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")
WATCH_SHIFTS = """
window.layoutShifts = [];
const say = ({ node, previousRect: a, currentRect: b }) =>
  `${node?.className || node?.nodeName} ${a.x},${a.y} ${a.width}x${a.height}` +
  ` -> ${b.x},${b.y} ${b.width}x${b.height}`;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput)
      window.layoutShifts.push(`layout shift outside input: ${entry.sources.map(say).join("; ")}`);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def watch_shifts(context: BrowserContext) -> None:
    """Note every layout shift in the pages that the context opens from now on."""
    context.add_init_script(WATCH_SHIFTS)


def faults(page: Page) -> list[str]:
    """What is wrong with the layout of the page as it is now."""
    found: list[str] = page.evaluate(SCRIPT)
    return found
