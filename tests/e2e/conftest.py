"""The browser, the running site, and a guard over every page that a test opens."""

import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from embedded import browser as installed
from tests.e2e.browsing import Browsing
from tests.e2e.site import LAB_HOST, Site, serve, work_jobs
from tests.world import World, make_world

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {LAB_HOST} 127.0.0.1",
]
FAILED = pytest.StashKey[bool]()

# Playwright's loop makes Django think that our synchronous tests are asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: a loop of Playwright's runs in the thread from the first on."""
    items.sort(key=lambda item: item.nodeid.startswith("tests/e2e/"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure for the fixtures that end after it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The web server, as in production."""
    with serve(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed.find(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def shared_folders(transactional_db: None, site: Site, settings: Any) -> None:
    """The test writes images and links where the running site looks for them."""
    settings.PUBLIC_URL = site.url
    settings.EXPORT_ROOT = site.folder / "exports"
    settings.MEDIA_ROOT = site.folder / "media"
    options = {"location": settings.MEDIA_ROOT, "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def worker(site: Site, shared_folders: None) -> Iterator[None]:
    """A Celery worker."""
    with work_jobs(site):
        yield


@pytest.fixture
def browsing(
    chromium: Browser, site: Site, shared_folders: None, request: pytest.FixtureRequest
) -> Iterator[Browsing]:
    """Opens windows; when the test ends, none may have met what `Watch` notes."""
    windows = Browsing(chromium, site)
    yield windows
    name = re.sub(r"\W+", "-", request.node.nodeid.removeprefix("tests/e2e/"))
    faults = windows.end(name, failed=request.node.stash.get(FAILED, False))
    assert faults == []


@pytest.fixture
def world(shared_folders: None, tmp_path: Path) -> World:
    """A project of six tasks, imported from disk."""
    return make_world(tmp_path / "world")
