"""Two tabs, a refused judgment, a conflict, what waits: what the page says, and what goes where."""

import json
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, Route, expect

from annotate.assignment.models import Assignment, Draft
from annotate.judgments.models import Judgment
from embedded import browser as installed
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing, sign_in
from tests.e2e.conftest import FLAGS
from tests.e2e.looking import faults_here
from tests.e2e.site import Server, Site
from tests.world import World, log_in

FAULT = {"code": "missing_rating", "label": "A", "dimension": "visual_quality"}
REFUSAL = {"status": 422, "title": "Unprocessable", "code": "invalid", "faults": [FAULT]}


def other_tab(bench: Bench) -> Page:
    """The same project in a second tab of the same browser."""
    page = bench.page.context.new_page()
    page.goto(bench.page.url)
    return page


def notice(page: Page) -> Locator:
    """What a tab shows where another one leads."""
    return page.get_by_role("heading", name="This work is open in another tab")


def take_turns(bench: Bench) -> None:
    """Rate in one tab, go on in the other, come back: nothing is lost between them."""
    bench.press(["4"])
    instruction = bench.instruction
    second = Bench(other_tab(bench))
    expect(notice(second.page)).to_be_visible()
    second.page.get_by_role("button", name="Continue here").click()
    second.wait()
    expect(notice(bench.page)).to_be_visible()
    assert second.instruction == instruction
    assert "4" in second.checked()[0]
    second.press(["2"])
    bench.page.get_by_role("button", name="Continue here").click()
    bench.wait()
    expect(notice(second.page)).to_be_visible()
    assert ["4" in bench.checked()[0], "2" in bench.checked()[1]] == [True, True]
    second.page.close()
    bench.press(["3", "1", "2", "3"])
    bench.submit()
    bench.wait_saved()
    assert Judgment.objects.count() == 1


def test_it_works(world: World, browsing: Browsing) -> None:
    """One tab rates and sends; the other says so and takes over when it is asked to."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    take_turns(bench)


def test_a_page_that_reads_hinders_nobody(world: World, browsing: Browsing) -> None:
    """Home in another tab takes the lead from no tab that rates."""
    page = browsing.open(world.add("ann"))
    page.goto("/")
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    bench = Bench(page.context.new_page())
    bench.open(world.project.slug)
    page.reload()
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    bench.press(["4"])
    bench.wait_saved()
    expect(notice(bench.page)).to_have_count(0)


def test_plain_http_on_a_host_name(
    world: World, chromium: Browser, site: Site, tmp_path: Path
) -> None:
    """A lab server without TLS: no locks and no random ids of the browser's own; it all works."""
    server = Server(site, tmp_path, host="lab.test")
    mapped = [*FLAGS, "--host-resolver-rules=MAP lab.test 127.0.0.1"]
    browser = chromium.browser_type.launch(executable_path=installed.find(), args=mapped)
    try:
        context = browser.new_context(base_url=server.site.url)
        sign_in(context, server.site, world.add("ann"))
        bench = Bench(context.new_page())
        bench.open(world.project.slug)
        assert bench.page.evaluate("[isSecureContext, 'locks' in navigator]") == [False, False]
        take_turns(bench)
    finally:
        browser.close()
        server.program.stop()


def refuse(bench: Bench, browsing: Browsing) -> str:
    """Submit a task that the server does not take; its instruction."""
    browsing.allow("status of 422")
    body = json.dumps(REFUSAL)

    def answer(route: Route) -> None:
        route.fulfill(status=422, content_type="application/problem+json", body=body)

    bench.page.route("**/judgment", answer)
    instruction = bench.instruction
    bench.press(["1"] * 6)
    bench.submit()
    expect(bench.page.locator(".save[data-state=refused]")).to_contain_text("1 unsaved")
    bench.page.unroute("**/judgment")
    return instruction


def test_refused_is_mended(world: World, browsing: Browsing) -> None:
    """A refused judgment stays with its faults; it is opened again, mended and sent."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    refused = refuse(bench, browsing)
    bench.wait()
    following = bench.instruction
    assert following != refused
    bench.page.get_by_role("button", name="Review").click()
    dialog = bench.page.get_by_role("dialog", name="Unsaved work")
    expect(dialog).to_contain_text("A Visual quality: A rating is missing")
    assert faults_here(bench.page) == []
    with bench.page.expect_download() as download:
        dialog.get_by_role("button", name="Save all as a file").click()
    (entry,) = json.loads(Path(download.value.path()).read_text())["entries"]
    assert [rating["value"] for rating in entry["answers"]["ratings"]] == [1] * 6
    dialog.get_by_role("button", name="Open").click()
    bench.wait()
    assert bench.instruction == refused
    bench.press([f"Shift+{bench.labels[0]}", "3"])
    bench.submit()
    bench.wait()
    assert bench.instruction == following
    bench.wait_saved()
    (judgment,) = Judgment.objects.all()
    assert sorted(judgment.ratings.values_list("value", flat=True)) == [1, 1, 1, 1, 1, 3]


def test_refused_is_opened_from_home(world: World, browsing: Browsing) -> None:
    """The same from a page that only reads."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    refused = refuse(bench, browsing)
    bench.page.goto("/")
    bench.page.get_by_role("button", name="Review").click()
    bench.page.get_by_role("dialog").get_by_role("link", name="Open").click()
    expect(bench.page.locator(".instruction-text", has_text=refused)).to_be_visible()
    bench.wait()
    bench.submit()
    bench.wait_saved()
    assert Judgment.objects.count() == 1


def write_elsewhere(
    client: Client, bench: Bench, revision: int, *ratings: tuple[str, str, int]
) -> None:
    """What another window says about the open task."""
    assignment = Assignment.objects.get(task__instruction=bench.instruction)
    given = [{"label": a, "dimension": b, "value": c} for a, b, c in ratings]
    answer = client.put(
        f"/api/v1/assignments/{assignment.uuid}/draft",
        {"revision": revision, "answers": {"ratings": given}},
        content_type="application/json",
    )
    assert answer.status_code == 200


def test_other_windows_are_merged_or_asked_about(world: World, browsing: Browsing) -> None:
    """Disjoint cells of two windows come together; where they differ, the annotator chooses."""
    ann = world.add("ann")
    client = log_in(ann)
    bench = Bench(browsing.open(ann))
    browsing.allow("status of 409")
    bench.open(world.project.slug)
    write_elsewhere(client, bench, 50, ("B", "instruction_following", 2))
    bench.press(["4"])
    bench.wait_saved()
    assert ["4" in bench.checked()[0], "2" in bench.checked()[1]] == [True, True]
    given = [("A", "instruction_following", 4), ("C", "visual_quality", 1)]
    write_elsewhere(client, bench, 90, *given)
    bench.press(["Shift+C", "ArrowDown", "3"])
    expect(bench.page.locator(".save[data-state=conflict]")).to_be_visible()
    bench.page.get_by_role("button", name="Review").click()
    dialog = bench.page.get_by_role("dialog", name="Unsaved work")
    choice = dialog.get_by_role("group", name="Edit C, Visual quality")
    expect(choice).to_contain_text("This window")
    assert faults_here(bench.page) == []
    choice.get_by_role("radio", name="The other window").check()
    dialog.get_by_role("button", name="Use these answers").click()
    bench.page.keyboard.press("Escape")
    bench.wait_saved()
    assert bench.checked()[2].endswith(": 1")
    (draft,) = Draft.objects.all()
    values = {(r["label"], r["dimension"]): r["value"] for r in draft.answers["ratings"]}
    assert values["C", "visual_quality"] == 1
    assert values["A", "instruction_following"] == 4


def test_what_was_not_seen_is_given_back(world: World, browsing: Browsing) -> None:
    """A page that ends keeps the task that was open and gives back those that waited."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["4"])
    bench.wait_saved()
    opened = bench.instruction
    expect_states(bench, live=4, released=0)
    bench.page.goto("/help")
    expect_states(bench, live=1, released=3)
    bench.open(world.project.slug)
    assert bench.instruction == opened


def expect_states(bench: Bench, **wanted: int) -> None:
    """Wait until so many assignments are in these states."""
    found: dict[str, int] = {}
    for _ in range(100):
        found = {state: Assignment.objects.filter(state=state).count() for state in wanted}
        if found == wanted:
            return
        bench.page.wait_for_timeout(100)
    pytest.fail(f"{found} instead of {wanted}")
