"""A look at pages: accessible in light, dark and forced colours, no wider than the window."""

from typing import Literal

from playwright.sync_api import Page

from tests.e2e import axe

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SETTLED = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
"""Colours that fade are judged when they have arrived."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def open_page(page: Page, address: str) -> int:
    """The status of an address; the app's pages are awaited until they show something."""
    response = page.goto(address)
    assert response is not None
    if response.status == 200 and page.locator("#root").count():
        page.locator("main").first.wait_for()
        page.wait_for_load_state("networkidle")
    return response.status


def faults_here(page: Page) -> list[str]:
    """What is wrong with the page as it is now, in light, in dark and in forced colours."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found += [f"{scheme}: {fault}" for fault in axe.faults(page)]
    page.emulate_media(forced_colors="active")
    page.evaluate(SETTLED)
    found += [f"forced colours: {fault}" for fault in axe.faults(page)]
    page.emulate_media(forced_colors="none")
    if (wider := page.evaluate(OVERFLOW)) > 0:
        found.append(f"{wider} px wider than the window")
    return found


def faults(page: Page, addresses: list[str]) -> list[str]:
    """What is wrong with the pages at these addresses, each looked at once."""
    seen: set[str] = set()
    found = []
    for address in addresses:
        status = open_page(page, address)
        if status >= 500:
            found.append(f"{address}: {status}")
        if page.url not in seen and "/admin/" not in page.url:
            found += [f"{address}: {fault}" for fault in faults_here(page)]
        seen.add(page.url)
    return found
