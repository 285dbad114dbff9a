"""Each action by its real key: the result that can be seen, and that nothing else changes."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import pytest
from playwright.sync_api import Page, expect

from annotate.assignment.models import Assignment
from tests.e2e.action_table import ACTIONS, CONTEXTS, LOOK, ROWS, Looks, Row
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World

TURNS = 100
STEP = 50
MUTE = """
const find = Array.prototype.find;
window.muted = null;
Array.prototype.find = function (...given) {
  const hit = find.apply(this, given);
  const isKey = window.muted !== null && window.event?.type === "keydown";
  if (!isKey || !hit || !hit.run || !hit.enabled) return hit;
  window.muted.push(hit.id);
  return { ...hit, run() {}, release() {} };
};
"""
"""Replaces what an action does by nothing while `muted` is a list, and notes whose key it was."""
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def look(page: Page) -> Looks:
    """What can be seen now."""
    looks: Looks = page.evaluate(LOOK)
    return looks


@contextmanager
def pressed(page: Page, row: Row) -> Iterator[None]:
    """Press the row's key; one that is held is down until the block ends."""
    if not row.held:
        page.keyboard.press(row.press)
        yield
        return
    page.keyboard.down(row.press)
    yield
    page.keyboard.up(row.press)


def settled(page: Page, row: Row, before: Looks) -> list[str]:
    """What is still not as the row says after a while."""
    found = row.faults(before, look(page))
    for _ in range(TURNS):
        if not found:
            break
        page.wait_for_timeout(STEP)
        found = row.faults(before, look(page))
    return found


def faults_muted(page: Page, row: Row) -> list[str]:
    """What is wrong if the row holds although its action does nothing."""
    before = look(page)
    page.evaluate("window.muted = []")
    with pressed(page, row):
        page.evaluate(PAINTED)
        holds = row.faults(before, look(page)) == []
    met = page.evaluate("window.muted")
    page.evaluate("window.muted = null")
    found = [f"{row.action} by {row.press}: holds without its action"] if holds else []
    if set(met) != {row.action}:
        found.append(f"{row.action} by {row.press}: the key is of {met}")
    return found


def faults_real(page: Page, row: Row) -> list[str]:
    """What is wrong with what the row's key does, and with the way back."""
    before = look(page)
    with pressed(page, row):
        found = settled(page, row, before)
    if row.back is None:
        return found
    for key in row.back:
        page.keyboard.press(key)
    still = Row(row.action, row.context, f"{row.press}, then back", {})
    return found + settled(page, still, before)


@pytest.fixture
def project(world: World) -> World:
    """A project that asks about equal sums, and has tasks for many annotators."""
    world.project.tie_break = True
    world.project.save(update_fields=["tie_break"])
    world.project.tasks.update(wanted=9)
    return world


def open_context(world: World, browsing: Browsing, name: str) -> Bench:
    """A new window of a new annotator in a context."""
    bench = Bench(browsing.open(world.add(f"ann{Assignment.objects.count()}")))
    bench.page.add_init_script(MUTE)
    bench.open(world.project.slug)
    CONTEXTS[name](bench)
    return bench


@pytest.mark.parametrize("context", list(CONTEXTS))
def test_it_works(project: World, browsing: Browsing, context: str) -> None:
    """Every row of a context holds, and none of them where its action does nothing."""
    rows = [row for row in ROWS if row.context == context]
    assert rows
    found: list[str] = []
    bench = None
    for row in rows:
        bench = bench or open_context(project, browsing, context)
        found += faults_muted(bench.page, row)
        found += faults_real(bench.page, row)
        if row.back is None:
            bench = None
    assert found == []


def test_registry(project: World, browsing: Browsing) -> None:
    """Help lists exactly the actions of the table under the keys of the table."""
    bench = open_context(project, browsing, "fresh")
    bench.press(["?"])
    listed = bench.page.get_by_role("dialog").locator("[data-listed]")
    expect(listed.first).to_be_visible()
    caps = "row => [...row.querySelectorAll('kbd')].map((cap) => cap.textContent)"
    found = {
        str(row.get_attribute("data-listed")): tuple(row.evaluate(caps)) for row in listed.all()
    }
    assert all(listed.locator("dd").all_inner_texts())
    assert found == {action: entry.caps for action, entry in ACTIONS.items()}
    assert {row.action for row in ROWS} == set(ACTIONS)


def test_no_key_twice() -> None:
    """In no mode do two actions have the same key."""
    for mode in ("rate", "region", "tie"):
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for action, entry in ACTIONS.items():
            if entry.mode in (mode, "any"):
                for key in entry.keys:
                    holders[key].add(action)
        shared = {key: sorted(who) for key, who in holders.items() if len(who) > 1}
        assert shared == {}, mode
    presses = sorted((row.context, row.press, row.action) for row in ROWS)
    for (context, key), rows in groupby(presses, key=lambda row: row[:2]):
        assert len({row[2] for row in rows}) == 1, (context, key)


@pytest.mark.parametrize("context", ["fresh", "region", "tie"])
def test_named_controls(project: World, browsing: Browsing, context: str) -> None:
    """Each action has a visible control with a name, in the menu, the dock or its mode's panel."""
    bench = open_context(project, browsing, context)
    page = bench.page
    modes = {"fresh": ("rate", "any"), "region": ("region",), "tie": ("tie",)}[context]
    wanted = {action for action, entry in ACTIONS.items() if entry.mode in modes}
    seen = visible(page)
    page.locator(".menu-button").click()
    expect(page.locator("#work-menu")).to_be_visible()
    seen |= visible(page)
    assert wanted - seen == ({"leave"} if context == "fresh" else set())
    if context != "fresh":
        assert "leave" in seen


def visible(page: Page) -> set[str]:
    """The actions that have a control on the screen that a name can be read from."""
    named = """
    (all) => all.filter((one) => one.checkVisibility({ visibilityProperty: true })
      && (one.getAttribute("aria-label") ?? one.textContent).trim() !== "")
      .map((one) => one.dataset.action)
    """
    return set(" ".join(page.locator("[data-action]").evaluate_all(named)).split())
