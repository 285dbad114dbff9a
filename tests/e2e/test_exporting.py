"""A lead exports: starts it, watches it, downloads it."""

import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotate.people.models import Role
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.test_lead import section
from tests.world import World


@pytest.fixture
def lead(world: World, browsing: Browsing) -> Page:
    """The lead's window."""
    return browsing.open(world.add("lea", Role.LEAD), accept_downloads=True)


def test_it_works(
    world: World, lead: Page, browsing: Browsing, worker: None, tmp_path: Path
) -> None:
    """An export is started, watched and downloaded; its manifest names the bytes that came."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.rate_all(2)
    bench.submit()
    bench.wait_saved()
    section(lead, world, "exports")
    lead.get_by_label("Least annotators per task").fill("1")
    lead.get_by_role("button", name="Start").click()
    links = lead.get_by_role("button", name="Make download links")
    expect(links).to_be_visible(timeout=30_000)
    links.click()
    name = "groups/train-00000-of-00001.jsonl"
    with lead.expect_download() as download:
        lead.get_by_role("link", name=name).click()
    download.value.save_as(tmp_path / "groups.jsonl")
    content = (tmp_path / "groups.jsonl").read_bytes()
    row = lead.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text(hashlib.sha256(content).hexdigest()[:16])
    judged = [json.loads(line) for line in content.splitlines()]
    assert sum(len(task["ratings"]) for task in judged) == 6
