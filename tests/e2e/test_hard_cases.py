"""What is long, hostile or lost on the way: instructions, markup, sessions, two browsers."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment, Rating
from annotate.people.models import Role
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing, sign_in
from tests.e2e.looking import faults_here
from tests.e2e.site import Site
from tests.world import PASSWORD, World, import_rows, make_world, manifest_rows

LONG = " ".join(f"word{number}" for number in range(200))
MARKUP = '"><img src=x onerror="window.planted=1"><script>window.planted=1</script>{{7*7}}&amp;'


def hostile_world(folder: Path) -> World:
    """A project whose every text is markup."""
    folder.mkdir(parents=True)
    (row,) = manifest_rows(folder, 1, 2)
    row |= {
        "id": f"id{MARKUP}",
        "instruction": f"Paint {MARKUP}",
        "category": MARKUP[:90],
        "instruction_translations": {"zh-Hans": f"画 {MARKUP}"},
    }
    world = make_world(folder, rows=[row])
    world.project.title = MARKUP
    world.project.save(update_fields=["title"])
    return world


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """An instruction of 200 words and 26 candidates: all can be read, seen and rated by keys."""
    folder = tmp_path / "world"
    folder.mkdir()
    (row,) = manifest_rows(folder, 1, 26)
    world = make_world(folder, rows=[{**row, "instruction": LONG}])
    page = browsing.open(world.add("ann"))
    page.goto(f"/work/{world.project.slug}")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("word199")
    assert faults_here(page) == []
    page.keyboard.press("Escape")
    bench = Bench(page)
    bench.wait()
    assert bench.labels == [chr(65 + place) for place in range(26)]
    bench.press(["v", "v", "Shift+Z", "4", "ArrowUp"])
    bench.press(["3"] * 51)
    expect(page.locator(".submit[data-complete]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing left to judge")).to_be_visible()
    bench.wait_saved()
    assert Rating.objects.count() == 52
    assert sorted(Rating.objects.values_list("value", flat=True)) == [3] * 51 + [4]


def planted(page: Page) -> bool:
    """Whether markup became script."""
    return bool(page.evaluate("'planted' in window"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_markup_is_text(
    shared_folders: None, browsing: Browsing, tmp_path: Path, language: str
) -> None:
    """Markup in every text field is shown as it was written, to annotator and lead."""
    world = hostile_world(tmp_path / "world")
    ann = world.add("ann", first_name=MARKUP[:100], language=language)
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    assert MARKUP in bench.instruction
    bench.page.keyboard.press("c")
    bench.page.get_by_role("dialog").get_by_role("textbox").fill(MARKUP)
    bench.page.keyboard.press("Escape")
    bench.wait_saved()
    pages = [bench.page]
    lead = browsing.open(world.add("lea", Role.LEAD, first_name=MARKUP[:100], language=language))
    pages.append(lead)
    for section in ("tasks", "people", "annotators", "settings", "progress"):
        lead.goto(f"/p/{world.project.slug}/{section}")
        expect(lead.locator(".sub-nav strong")).to_contain_text(MARKUP)
        if section == "tasks":
            lead.locator("main").get_by_role("button").last.click()
            expect(lead.get_by_role("table")).to_contain_text(f"id{MARKUP}")
    home = browsing.open(ann)
    home.goto("/")
    expect(home.locator(".project h2")).to_contain_text(MARKUP)
    assert [planted(page) for page in [*pages, home]] == [False] * 3
    assert Judgment.objects.count() == 0


def end_session(bench: Bench, browsing: Browsing) -> Locator:
    """End the session while somebody rates and submits; the notice that says so."""
    Session.objects.all().delete()
    browsing.allow("status of 401")
    bench.rate_all(4)
    bench.page.keyboard.press("Enter")
    notice = bench.page.get_by_role("alert").filter(has_text="You are logged out")
    expect(notice).to_be_visible()
    expect(bench.page.locator(".save[data-state=signedOut]")).to_contain_text("Logged out")
    return notice


def test_session_ends(world: World, browsing: Browsing) -> None:
    """The session ends while somebody rates: nothing is lost, the password is asked in place."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    notice = end_session(bench, browsing)
    assert Judgment.objects.count() == 0
    notice.get_by_role("button", name="Log in").click()
    dialog = bench.page.get_by_role("dialog", name="Log in as ann")
    browsing.allow("status of 400")
    for password in ("wrong", PASSWORD):
        dialog.get_by_label("Password").fill(password)
        bench.page.keyboard.press("Enter")
        if password == "wrong":
            expect(dialog.get_by_role("alert")).to_contain_text("not right")
    expect(notice).to_have_count(0)
    bench.wait_saved()
    bench.wait()
    assert Judgment.objects.count() == 1


def test_logged_in_elsewhere(world: World, browsing: Browsing, site: Site) -> None:
    """A login in another tab is noticed when one comes back to this one."""
    ann = world.add("ann")
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    notice = end_session(bench, browsing)
    sign_in(bench.page.context, site, ann)
    notice.get_by_role("button", name="I have logged in").click()
    expect(notice).to_have_count(0)
    bench.wait_saved()
    assert Judgment.objects.count() == 1


def test_another_user_logs_in(world: World, browsing: Browsing, site: Site) -> None:
    """Work of one account is never sent under another that logs in at the same browser."""
    ann, bob = world.add("ann"), world.add("bob")
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    notice = end_session(bench, browsing)
    sign_in(bench.page.context, site, bob)
    notice.get_by_role("button", name="I have logged in").click()
    notice = bench.page.get_by_role("alert").filter(has_text="bob is logged in now")
    expect(notice).to_contain_text("This work belongs to ann")
    with bench.page.expect_navigation():
        notice.get_by_role("button", name="Go on as bob").click()
    bench.wait()
    assert Judgment.objects.count() == 0
    sign_in(bench.page.context, site, ann)
    bench.page.reload()
    bench.wait()
    expect(bench.page.locator(".save[data-state=idle], .save[data-state=saved]")).to_be_visible()
    assert [judgment.assignment.annotator for judgment in Judgment.objects.all()] == [ann]


def test_another_user_is_found_at_once(world: World, browsing: Browsing, site: Site) -> None:
    """Where somebody else logs in without a logout, what is rated then goes to nobody."""
    ann, bob = world.add("ann"), world.add("bob")
    bench = Bench(browsing.open(ann))
    bench.open(world.project.slug)
    browsing.allow("status of 40[14]")
    sign_in(bench.page.context, site, bob)
    bench.rate_all(4)
    bench.page.keyboard.press("Enter")
    notice = bench.page.get_by_role("alert").filter(has_text="bob is logged in now")
    expect(notice).to_be_visible()
    assert Judgment.objects.count() == 0
    assert not Assignment.objects.filter(annotator=bob).exists()
    sign_in(bench.page.context, site, ann)
    notice.get_by_role("button", name="I have logged in").click()
    expect(notice).to_have_count(0)
    bench.wait_saved()
    assert [judgment.assignment.annotator for judgment in Judgment.objects.all()] == [ann]


def test_two_browsers(world: World, browsing: Browsing) -> None:
    """One account in two browsers rates the same task in both: it is stored once, whole."""
    ann = world.add("ann")
    first, second = (Bench(browsing.open(ann)) for _ in range(2))
    first.open(world.project.slug)
    second.open(world.project.slug)
    assert first.instruction == second.instruction
    browsing.allow("status of 409")
    first.rate_all(1)
    first.submit()
    first.wait_saved()
    second.rate_all(2)
    second.page.keyboard.press("Enter")
    expect(second.page.locator(".save")).to_contain_text("Review")
    (judgment,) = Judgment.objects.all()
    assert judgment.ratings.count() == 6
    assert sum(task.counted for task in world.tasks) == 1


def test_import_again(world: World) -> None:
    """The same manifest imported while people rate adds nothing."""
    folder = world.manifest.parent
    before = [(task.external_id, task.content_digest) for task in world.tasks]
    import_rows(world.project, folder, manifest_rows(folder, 6, 3))
    assert [(task.external_id, task.content_digest) for task in world.tasks] == before
