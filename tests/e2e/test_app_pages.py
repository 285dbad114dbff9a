"""The app's pages with something on them: accessible, no overflow, nothing foreign."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotate.judgments.exclusions import create_exclusion
from annotate.people.invitations import create_invitation
from annotate.people.models import Membership, Role, User
from annotate.tasks.services import update_settings
from modelbridge.dataset.options import resolve
from modelbridge.exports import start_export
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.world import World

SECTIONS = ("progress", "tasks", "annotators", "people", "settings", "exports")
WINDOWS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "zoomed": {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
PANELS = {"x": "What can", "c": "Comment", "h": "Guideline", "?": "Keys"}


@pytest.fixture
def lived_in(world: World, browsing: Browsing) -> World:
    """A project in which something has happened on every page."""
    ann, lea = world.add("ann"), world.add("lea", Role.LEAD)
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    bench.rate_all(1)
    bench.submit()
    bench.wait_saved()
    update_settings(project=world.project, changes={"title": "The meadow in spring"})
    membership = Membership.objects.get(user=lea)
    create_invitation(project_id=world.project.pk, role=Role.ANNOTATOR, note="Bo", by=membership)
    now = timezone.now()
    create_exclusion(
        project=world.project,
        user=ann,
        starts_at=now - timedelta(hours=1),
        ends_at=now - timedelta(minutes=30),
        why="tired",
        by=lea,
    )
    start_export(project=world.project, options=resolve(formats=["groups"]), as_of=None, by=lea)
    return world


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a page of the app."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    gate = page.get_by_role("button", name="Open the list")
    if address.endswith("/tasks") and gate.is_visible():
        gate.click()
        expect(page.get_by_role("table")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return [f"{address}: {fault}" for fault in faults_here(page)]


@pytest.mark.parametrize("window", list(WINDOWS))
def test_it_works(lived_in: World, browsing: Browsing, window: str) -> None:
    """Each section of the lead, home, help and account, at a desk, zoomed and on a phone."""
    page = browsing.open(lived_in.people["lea"], **WINDOWS[window])
    found = [look(page, f"/p/{lived_in.project.slug}/{section}") for section in SECTIONS]
    found += [look(page, address) for address in ("/", "/help", "/account")]
    assert [fault for faults in found for fault in faults] == []


def rating(browsing: Browsing, user: User, slug: str, **options: Any) -> Page:
    """A rating page with a task."""
    page = browsing.open(user, **options)
    Bench(page).open(slug)
    return page


@pytest.mark.parametrize("window", list(WINDOWS))
def test_rating(world: World, browsing: Browsing, window: str) -> None:
    """The rating page, and each panel over it."""
    page = rating(browsing, world.add("ann"), world.project.slug, **WINDOWS[window])
    found = [faults_here(page)]
    for key, title in PANELS.items():
        page.keyboard.press(key)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        expect(dialog).to_contain_text(title)
        found.append([f"{title}: {fault}" for fault in faults_here(page)])
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.keyboard.press("v")
    found.append([f"sheet: {fault}" for fault in faults_here(page)])
    assert [fault for faults in found for fault in faults] == []


def test_messages(world: World, browsing: Browsing) -> None:
    """What stands in place of a task: nothing left, waiting for others, an unknown project."""
    world.project.tasks.exclude(external_id="task-0").update(withdrawn_at=timezone.now())
    rating(browsing, world.add("ann"), world.project.slug)
    page = browsing.open(world.add("bob"))
    page.goto(f"/work/{world.project.slug}")
    expect(page.get_by_role("heading", name="No task is free right now")).to_be_visible()
    found = faults_here(page)
    browsing.allow("status of 404")
    page.goto("/work/elsewhere")
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults_here(page)
    assert found == []
