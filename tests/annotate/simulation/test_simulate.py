"""Planted annotators at work in the database: what is stored, and that it is what was planted."""

import json
from collections import Counter, defaultdict
from decimal import Decimal
from statistics import mean, stdev

import pytest
from django.db.models import F

from annotate.assignment.models import Assignment, Draft
from annotate.judgments.models import Comparison, Judgment, Rating
from annotate.people.models import Membership, User
from annotate.simulation.model import lean_of, plant_annotator, rate
from annotate.simulation.services import simulate
from annotate.simulation.truth import Truths
from annotate.tasks.models import Task
from protocol.selectors import parsed
from protocol.services import import_shipped
from tests.annotate.assignment.invariants import faults
from tests.annotate.simulation.stored import contents, named_tasks, ratings
from tests.builders import claim_one, make_member, make_project, make_tasks, make_version, submit

pytestmark = pytest.mark.django_db


def test_it_works():
    project = make_project(overlap=3)
    named_tasks(8, project=project, candidates=4)
    heard = []
    report = simulate(project=project, annotators=5, seed=7, progress=lambda *at: heard.append(at))
    assert report.total == Judgment.objects.count() == 24
    assert set(Task.objects.values_list("held", "counted", "open_slots")) == {(0, 3, 0)}
    assert report.as_json()["judgments"] == sum(report.judgments.values()) == 24
    assert report.open_tasks == 0
    assert faults(project) == []
    assert heard == [*((done, 24) for done in range(1, 25)), (24, 24)]


def test_everything_is_marked_as_simulated():
    project = make_project(overlap=2)
    named_tasks(3, project=project)
    simulate(project=project, annotators=2, seed=7)
    project.refresh_from_db()
    assert project.simulated
    assert list(User.objects.order_by("pk").values_list("username", "kind", "first_name")) == [
        ("simulated-7-1", "simulated", "Simulated 1 (seed 7)"),
        ("simulated-7-2", "simulated", "Simulated 2 (seed 7)"),
    ]
    assert set(Membership.objects.values_list("role", "group")) == {("annotator", "simulated")}
    assert set(Judgment.objects.values_list("origin", flat=True)) == {"simulated"}
    assert Judgment.objects.exclude(viewing={"simulated": True}).count() == 0


@pytest.mark.parametrize("edition", [("editreward", 1), ("quick_check", 1)])
def test_the_stored_levels_are_the_planted_ones(edition):
    """Each is the model's for the place where the candidate stood; three levels, halves too."""
    project = make_project(version=import_shipped(key=edition[0], number=edition[1]), overlap=2)
    named_tasks(6, project=project, candidates=5)
    simulate(project=project, annotators=3, seed=11)
    document, truths = parsed(project.protocol_version_id), Truths(11)
    keys = [dimension.key for dimension in document.dimensions]
    rows = ratings(project)
    assert len(rows) >= 6 * 2 * 4 * len(keys)
    for row in rows:
        dimension = document.dimension(row.dimension)
        rated = rate(
            plant_annotator(seed=11, number=int(row.annotator[-1]), dimensions=keys),
            dimension,
            truths.of(row.task, row.system, row.seed, dimension),
            key=(row.task, 1, row.system, row.seed),
            lean=lean_of(row.place, row.of),
        )
        assert float(rated.value) == row.value


def test_the_same_seed_gives_the_same_levels_at_the_same_places():
    """In another project, with more annotators and other tasks before them."""
    stored = []
    for others in (0, 3):
        project = make_project(version=make_version(levels=10), overlap=4 + others)
        make_tasks(others, project=project)
        named_tasks(20, project=project, candidates=2)
        simulate(project=project, annotators=4 + others, seed=3)
        stored.append({row[:5] + row[6:]: row.value for row in ratings(project)})
    common = set(stored[0]) & set(stored[1])
    assert len(common) > 60
    assert {key: stored[0][key] for key in common} == {key: stored[1][key] for key in common}


@pytest.mark.slow
def test_planted_errors_are_recovered_from_the_stored_ratings(tmp_path):
    """Each estimate within five of its standard errors, from 60 tasks of 4 candidates."""
    project = make_project(version=make_version(dimensions=1, levels=10), overlap=3)
    tasks = named_tasks(60, project=project, candidates=4)
    path = tmp_path / "truth.jsonl"
    rows = [
        {"task": task.external_id, "system": f"system-{place}", "dimension": "d0"}
        | {"value": 2.25, "noise": 0.1}
        for task in tasks
        for place in range(4)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = simulate(project=project, annotators=3, seed=5, truth=path)
    assert report.truth_lines == 240
    errors = defaultdict(list)
    for row in ratings(project):
        errors[row.annotator].append((lean_of(row.place, row.of), (row.value - 2.25) / 0.5))
    for planted in report.as_json()["annotators"]:
        pairs = errors[planted["username"]]
        assert len(pairs) > 225
        # A level is rounded, which adds 1/12 of a step squared; the line's noise is 0.2 steps.
        spread = (planted["noise"] ** 2 + 0.2**2 + 1 / 12) ** 0.5
        square = sum(lean * lean for lean, _ in pairs)
        slope = sum(lean * error for lean, error in pairs) / square
        left = [error - slope * lean for lean, error in pairs]
        assert slope == pytest.approx(planted["position_bias"], abs=5 * spread / square**0.5)
        error_of_mean = spread / len(pairs) ** 0.5
        assert mean(left) == pytest.approx(planted["severity"]["d0"], abs=5 * error_of_mean)
        assert stdev(left) == pytest.approx(spread, abs=5 * error_of_mean / 2**0.5)


def test_some_tasks_are_left_open_for_people():
    project = make_project(overlap=3)
    named_tasks(12, project=project)
    report = simulate(project=project, annotators=6, seed=7, leave_open=5)
    left = Task.objects.filter(claimable=True)
    assert left.count() == report.open_tasks == 5
    assert Task.objects.filter(counted=F("wanted")).count() == 7
    member = make_member(project=project)
    seen = set()
    for _ in range(5):
        offer = claim_one(member)
        seen.add(offer.uuid)
        submit(member, offer)
    assert len(seen) == 5
    assert faults(project) == []


def test_again_it_goes_on_with_the_same_accounts():
    project = make_project(overlap=2)
    named_tasks(6, project=project)
    first = simulate(project=project, annotators=3, seed=7, leave_open=4)
    second = simulate(project=project, annotators=3, seed=7)
    before = contents(User, Membership, Judgment, Rating, Assignment)
    third = simulate(project=project, annotators=3, seed=7)
    assert (first.total + second.total, third.total) == (12, 0)
    assert User.objects.count() == Membership.objects.count() == 3
    after = contents(User, Membership, Judgment, Rating, Assignment)
    assert after[0] == before[0]
    assert after[2:] == before[2:]


def test_a_run_that_was_cut_off_is_finished():
    """Its live assignments are judged, even where nothing more may be taken."""
    project = make_project(overlap=2)
    named_tasks(4, project=project)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(project=project, annotators=3, seed=7, leave_open=2, progress=stop)
    claim_one(Membership.objects.order_by("pk")[0])
    simulate(project=project, annotators=3, seed=7, leave_open=2)
    assert Assignment.objects.exclude(state="submitted").count() == 0
    assert Task.objects.filter(claimable=True).count() == 2
    assert faults(project) == []


def test_drafts_go_before_some_judgments():
    project = make_project(overlap=4)
    named_tasks(30, project=project)
    report = simulate(project=project, annotators=4, seed=7)
    assert 5 <= report.drafts <= 35
    assert Draft.objects.filter(assignment__state="submitted").count() == report.drafts


def test_ties_are_broken_where_the_project_asks_for_it():
    project = make_project(overlap=2, tie_break=True)
    named_tasks(8, project=project, candidates=4)
    simulate(project=project, annotators=2, seed=7)
    sums = defaultdict[tuple[int, int], Decimal](Decimal)
    for row in Rating.objects.values_list("judgment", "candidate", "value"):
        sums[row[0], row[1]] += row[2]
    compared = list(Comparison.objects.values_list("judgment", "lower", "higher", "dimension"))
    assert len(compared) >= 8
    for judgment, lower, higher, dimension in compared:
        assert dimension is None
        assert sums[judgment, lower] == sums[judgment, higher]


def test_repeats_are_judged_anew():
    project = make_project(overlap=1, repeat_rate=0.5, repeat_distance=1)
    named_tasks(20, project=project, candidates=4)
    simulate(project=project, annotators=1, seed=7)
    purposes = Counter(Assignment.objects.values_list("purpose", flat=True))
    assert purposes["production"] == 20
    assert purposes["repeat"] >= 3
    assert Judgment.objects.filter(counted=True).count() <= 20
    assert faults(project) == []


def test_truth_decides_the_levels(tmp_path):
    """Values far off the scale leave no room for errors."""
    project = make_project(overlap=2)
    (task,) = named_tasks(1, project=project, candidates=2)
    path = tmp_path / "truth.jsonl"
    rows = [
        {"task": task.external_id, "system": "system-0", "dimension": "d0", "value": -50},
        {"task": task.external_id, "system": "system-0", "dimension": "d1", "value": 50},
        {"task": task.external_id, "system": "system-1", "dimension": "d0", "value": 50},
        {"task": task.external_id, "system": "system-1", "dimension": "d1", "value": -50},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    simulate(project=project, annotators=2, seed=1, truth=path)
    levels = {(row.system, row.dimension, row.value) for row in ratings(project)}
    assert levels == {
        ("system-0", "d0", 0.0),
        ("system-0", "d1", 1.5),
        ("system-1", "d0", 1.5),
        ("system-1", "d1", 0.0),
    }
