"""What the tests of the account pages share: people, codes, and the rules of accessibility."""

from typing import Any

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from annotate.people.models import User

PASSWORD = "a quiet plate of rice"
LANDING = "/accounts/2fa/"


def make_user(username: str, **fields: Any) -> User:
    """An account that can log in."""
    user = User(username=username, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(page: Page, login: str = "ada", password: str = PASSWORD) -> None:
    """Fill in the login page and send it."""
    page.goto(f"/accounts/login/?next={LANDING}")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main form.sheet button[type=submit]")


def totp(secret: str) -> str:
    """The six digits that an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def violations(page: Page) -> list[str]:
    """What breaks an accessibility rule on this page."""
    report = Axe().run(page).response
    return [
        f"{fault['id']}: {node['html']}"
        for fault in report["violations"]
        for node in fault["nodes"]
    ]
