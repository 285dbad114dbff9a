"""`import_judgments`: ratings made elsewhere, under pseudonyms, never twice."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command

from annotate.assignment.models import Assignment
from annotate.judgments.importing import pseudonym
from annotate.judgments.models import Judgment, Rating
from annotate.people.models import User
from annotate.tasks.models import Task
from protocol.commands import FaultsFound, RefusedInput
from tests.annotate.assignment.invariants import faults
from tests.builders import claim_one, make_member, make_project, make_task, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(overlap=2, slug="edits")
    make_task(project=project, external_id="one")
    make_task(project=project, external_id="two")
    return project


def line(task="one", annotator="Ann", *, system="system-0", dimension="d0", value=1.0, **more):
    ratings = [{"system": system, "dimension": dimension, "value": value}]
    return {"task": task, "annotator": annotator, "ratings": ratings, **more}


@pytest.fixture
def run(project, tmp_path, capsys):
    def go(*lines, **options):
        path = tmp_path / "judgments.jsonl"
        texts = [each if isinstance(each, str) else json.dumps(each) for each in lines]
        path.write_text("\n".join(texts), encoding="utf-8")
        rejected = tmp_path / "rejected.jsonl"
        problem = None
        try:
            call_command(
                "import_judgments",
                str(path),
                project=project.slug,
                rejected=rejected,
                json=True,
                **options,
            )
        except FaultsFound as found:
            problem = found
        report = json.loads(capsys.readouterr().out)
        bad = rejected.read_text().splitlines() if rejected.exists() else []
        assert (problem is not None) == bool(bad)
        return report, [json.loads(each) for each in bad]

    return go


def test_it_works(project, run):
    report, bad = run(
        line(submitted_at="2025-05-05T05:05:05Z", comment="old"),
        line("two", value=0.5),
        line(annotator="Bob"),
    )
    assert bad == []
    assert {name: report[name] for name in ("rows", "added", "unchanged", "annotators")} == {
        "rows": 3,
        "added": 3,
        "unchanged": 0,
        "annotators": 2,
    }
    account = User.objects.get(username=pseudonym(project, "Ann"))
    assert (account.kind, account.is_active, account.has_usable_password()) == (
        "imported",
        False,
        False,
    )
    assert "Ann" not in account.username
    row = Assignment.objects.get(annotator=account, task__external_id="one")
    assert (row.purpose, row.state) == ("imported", "submitted")
    judgment = row.judgments.get()
    assert (judgment.origin, judgment.counted, judgment.comment) == ("import", False, "old")
    assert judgment.submitted_at == datetime(2025, 5, 5, 5, 5, 5, tzinfo=UTC)
    assert judgment.recorded_at.year > 2025
    assert judgment.ratings.get().candidate.system == "system-0"
    assert set(Rating.objects.values_list("value", flat=True)) == {Decimal(1), Decimal("0.5")}
    assert set(Task.objects.values_list("held", "counted")) == {(0, 0)}


def test_importing_again_adds_nothing(run):
    rows = [line(), line("two"), line(annotator="Bob")]
    run(*rows)
    report, bad = run(*rows)
    assert (report["added"], report["unchanged"], report["annotators"], bad) == (0, 3, 0, [])
    assert (Judgment.objects.count(), User.objects.count()) == (3, 2)


def test_slots_are_taken_where_asked_for(project, run):
    run(line(), line(annotator="Bob"), line(annotator="Cy"), consume_slots=True)
    assert list(Task.objects.order_by("pk").values_list("counted", flat=True)) == [2, 0]
    assert Judgment.objects.filter(counted=True).count() == 2
    assert faults(project) == []


def test_people_rate_on_whatever_was_imported(project, run):
    run(line(), line("two"))
    member = make_member(project=project)
    for _ in range(2):
        submit(member, claim_one(member))
    assert set(Task.objects.values_list("held", "counted")) == {(0, 1)}


@pytest.mark.parametrize(
    ("bad_line", "reason"),
    [
        ("{", "bad_json"),
        ('"text"', "not_an_object"),
        ({"task": "one", "annotator": "Ann"}, "missing_field"),
        (line(extra=1), "unknown_field"),
        (line("three"), "unknown_task"),
        (line(system="system-9"), "unknown_candidate"),
        (line(dimension="charm"), "unknown_dimension"),
        (line(value=9), "not_a_level"),
        (line(value="1"), "wrong_type"),
        (line(submitted_at="noon"), "bad_time"),
        (line(comment="x" * 4001), "too_long"),
        (line(comment="a\0b"), "nul"),
        (line(annotator=" "), "bad_annotator"),
        ({"task": "one", "annotator": "Ann", "ratings": []}, "no_ratings"),
        ({**line(), "ratings": line()["ratings"] * 2}, "duplicate_rating"),
    ],
)
def test_a_bad_row_stops_no_good_one(run, bad_line, reason):
    report, bad = run(line("two"), bad_line, line(annotator="Bob"))
    assert (report["added"], report["rejected"], report["reasons"]) == (2, 1, {reason: 1})
    assert [(row["row"], row["reason"]) for row in bad] == [(2, reason)]
    assert Judgment.objects.count() == 2


def test_a_changed_row_is_a_conflict_and_left_alone(run):
    run(line())
    report, bad = run(line(value=0.5))
    assert [row["reason"] for row in bad] == ["conflict"]
    assert report["added"] == 0
    assert Rating.objects.get().value == 1


def test_a_seed_tells_candidates_of_one_system_apart(project, run):
    task = project.tasks.get(external_id="one")
    task.candidates.all().delete()
    for seed in (1, 2):
        task.candidates.create(system="twin", seed=seed, image=task.source)
    twin = line(system="twin")
    exact = {**twin, "ratings": [{**twin["ratings"][0], "seed": 2}]}
    _, bad = run(twin, exact)
    assert [(row["row"], row["reason"]) for row in bad] == [(1, "ambiguous_candidate")]
    assert Rating.objects.get().candidate.seed == 2


def test_an_unknown_project_is_refused(project, tmp_path):
    path = tmp_path / "judgments.jsonl"
    path.write_text(json.dumps(line()))
    with pytest.raises(RefusedInput):
        call_command("import_judgments", str(path), project="nowhere")
    assert Judgment.objects.count() == 0
