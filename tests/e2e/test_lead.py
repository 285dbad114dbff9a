"""A lead's way: invite, steer, exclude, pause, export."""

import pytest
from playwright.sync_api import Page, expect

from annotate.judgments.models import Exclusion
from annotate.people.models import Membership, Role
from annotate.tasks.models import Project
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import PASSWORD, World


@pytest.fixture
def lead(world: World, browsing: Browsing) -> Page:
    """The lead's window."""
    return browsing.open(world.add("lea", Role.LEAD), accept_downloads=True)


def section(page: Page, world: World, name: str) -> None:
    """Open a section of the project."""
    page.goto(f"/p/{world.project.slug}/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_it_works(world: World, lead: Page, browsing: Browsing) -> None:
    """A link that the lead makes lets somebody without an account in, once, and to work."""
    section(lead, world, "people")
    lead.get_by_role("button", name="Make an invitation link").click()
    link = lead.locator(".once input").input_value()
    guest = browsing.open()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="Join The meadow")).to_be_visible()
    guest.get_by_label("User name").fill("newcomer")
    for field in guest.locator("input[type=password]").all():
        field.fill(PASSWORD)
    guest.get_by_role("button", name="Make the account and join").click()
    expect(guest.get_by_role("heading", name="My projects")).to_be_visible()
    bench = Bench(guest)
    bench.open(world.project.slug)
    joined = Membership.objects.get(user__username="newcomer")
    assert (joined.project, joined.role) == (world.project, Role.ANNOTATOR)
    late = browsing.open()
    browsing.allow("status of 4(04|09|10)")
    late.goto(link)
    expect(late.get_by_role("heading", name="Join The meadow")).to_have_count(0)
    expect(late.locator("main")).to_contain_text("used")


def test_steer(world: World, lead: Page) -> None:
    """Priority, wanted and withdrawal of a task, overlap of the project: kept, with history."""
    section(lead, world, "tasks")
    assert Membership.objects.get(user__username="lea").unblinded_at is None
    lead.get_by_role("button", name="Open the list").click()
    first = lead.get_by_role("row").filter(has_text="task-0")
    first.get_by_label("Priority of task-0").select_option("urgent")
    first.get_by_label("Wanted of task-0").fill("4")
    first.get_by_label("Wanted of task-0").press("Enter")
    expect(first).to_contain_text("0 of 4")
    assert Membership.objects.get(user__username="lea").unblinded_at is not None
    lead.get_by_role("button", name="Withdraw of task-1").click()
    expect(lead.get_by_role("row").filter(has_text="task-1")).to_contain_text("Withdrawn")
    tasks = {task.external_id: task for task in world.tasks}
    assert (tasks["task-0"].priority, tasks["task-0"].wanted) == (2, 4)
    assert [name for name, task in tasks.items() if task.withdrawn_at] == ["task-1"]
    section(lead, world, "settings")
    lead.get_by_label("Judgments wanted per task").fill("3")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("Saved", exact=True)).to_be_visible()
    expect(lead.locator(".history")).to_contain_text("1 → 3")
    expect(lead.locator(".history")).to_contain_text("lea")
    assert Project.objects.get().overlap == 3


def test_pause(world: World, lead: Page, browsing: Browsing) -> None:
    """While the lead pauses the project nobody gets tasks; then work goes on."""
    user = world.add("ann")
    section(lead, world, "settings")
    lead.get_by_role("button", name="Pause").click()
    lead.get_by_role("dialog").get_by_role("button", name="Pause").click()
    expect(lead.get_by_role("button", name="Resume")).to_be_visible()
    page = browsing.open(user)
    browsing.allow("status of 409")
    page.goto(f"/work/{world.project.slug}")
    expect(page.get_by_role("heading", name="This project is paused")).to_be_visible()
    lead.get_by_role("button", name="Resume").click()
    lead.get_by_role("dialog").get_by_role("button", name="Resume").click()
    expect(lead.get_by_role("button", name="Pause")).to_be_visible()
    Bench(page).open(world.project.slug)


def test_exclude(world: World, lead: Page) -> None:
    """A span of somebody's work is excluded, and the exclusion ended; nothing is deleted."""
    world.add("ann")
    section(lead, world, "people")
    form = lead.locator("form").filter(has_text="From (UTC)")
    form.get_by_label("Username").fill("ann")
    form.get_by_label("From (UTC)").fill("2026-01-01T00:00")
    form.get_by_label("To (UTC)").fill("2026-01-02T00:00")
    form.get_by_label("Why").fill("tired that day")
    form.get_by_role("button").click()
    row = lead.get_by_role("row").filter(has_text="tired that day")
    expect(row).to_be_visible()
    row.get_by_role("button").click()
    lead.get_by_role("dialog").get_by_role("button", name="End it").click()
    expect(row).to_contain_text("ended")
    (exclusion,) = Exclusion.objects.all()
    assert (exclusion.user.username, exclusion.why) == ("ann", "tired that day")
    assert exclusion.ended_at is not None
