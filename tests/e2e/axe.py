"""The accessibility rules of axe-core, run in a page."""

from importlib.resources import files

from playwright.sync_api import Page

SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async (tags) => (await axe.run(document, { runOnly: tags })).violations.flatMap(
  (rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
"""


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    found: list[str] = page.evaluate(RUN, RULES)
    return found
