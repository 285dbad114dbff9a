"""Windows of the browser, each watched, and how a user gets into one."""

from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from annotate.people.models import User
from tests.e2e.site import ROOT, Site
from tests.e2e.watch import Watch
from tests.world import log_in

PATIENCE = 10_000
PICTURES = ROOT / "var" / "screenshots"
BACKEND = "annotate.sessions.AccountBackend"


def sign_in(context: BrowserContext, site: Site, user: User) -> None:
    """Give the browser a session of the user, where how one logs in is not the question."""
    client = log_in(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])


class Browsing:
    """Opens watched browser windows, each with cookies of its own."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self._chromium = chromium
        self._site = site
        self.pages: list[Page] = []
        self.watches: list[Watch] = []

    def open(self, user: User | None = None, **options: Any) -> Page:
        """A page in a new context, signed in as the user."""
        defaults = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US"}
        context = self._chromium.new_context(base_url=self._site.url, **defaults | options)
        context.set_default_timeout(PATIENCE)
        self.watches.append(Watch(context, self._site.url))
        if user is not None:
            sign_in(context, self._site, user)
        page = context.new_page()
        self.pages.append(page)
        return page

    def allow(self, pattern: str) -> None:
        """Expect console messages that match, in every window."""
        for watch in self.watches:
            watch.allow(pattern)

    def end(self, name: str, *, failed: bool) -> list[str]:
        """Close all; the faults seen. What a failed test saw is kept as pictures."""
        faults = [fault for watch in self.watches for fault in watch.faults]
        for number, page in enumerate(self.pages):
            if (failed or faults) and not page.is_closed():
                PICTURES.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=PICTURES / f"{name}-{number}.png")
            page.context.close()
        return faults
