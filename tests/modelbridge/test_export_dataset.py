"""A data set holds what was judged, and every number of it can be read back."""

import hashlib
import json

import pytest

from annotate.models import Candidate, Comparison, Task, User
from modelbridge.dataset.options import Format
from modelbridge.dataset.verify import validator
from tests.modelbridge.builders import (
    make_judgment,
    make_project,
    make_task,
    make_user,
    make_version,
    rate,
)
from tests.modelbridge.exports import contents, export, lines_of, rows_of

pytestmark = pytest.mark.django_db


def shown(name: str) -> str:
    """Where the display form of a builder's image lies in a data set."""
    return f"images/{hashlib.sha256(f'display of {name}'.encode()).hexdigest()}.webp"


def test_it_works(judged, tmp_path):
    out = tmp_path / "set"
    report = export(judged, out)
    first, tie = rows_of(out)
    task = Task.objects.get(external_id="t1")
    alpha, beta = Candidate.objects.filter(task=task).order_by("system")
    assert first == {
        "prompt": "instruction of t1",
        "path_src": shown("t1 source"),
        "path1": shown("t1 alpha"),
        "path2": shown("t1 beta"),
        "model1": "alpha",
        "model2": "beta",
        "choice_dist": [2, 0],
        "confidence": 0.777778,
        "model1_dim1_score": 3.5,
        "model1_dim2_score": 3,
        "model1_overall_score": 6.5,
        "model2_dim1_score": 2.5,
        "model2_dim2_score": 2,
        "model2_overall_score": 4.5,
        "tie_case": False,
        "tie_kind": None,
        "votes": [2, 0, 0],
        "raters": 2,
        "soft": 0.833333,
        "vote_share": 1,
        "contested": False,
        "dimension": None,
        "stated": [0, 0, 0],
        "decided_by": "consensus",
        "simulated_raters": 0,
        "weight": 1,
        "task": str(task.uuid),
        "candidate1": str(alpha.uuid),
        "candidate2": str(beta.uuid),
        "seed1": None,
        "seed2": None,
        "category": "colour",
        "split": "train",
        "protocol": judged.protocol_version.digest,
    }
    assert (tie["tie_case"], tie["votes"], tie["choice_dist"]) == (True, [0, 2, 0], [1, 1])
    assert report["counts"] == {
        "tasks": 2,
        "candidates": 4,
        "judgments": 4,
        "simulated_judgments": 0,
        "ratings": 16,
        "simulated_ratings": 0,
        "comparisons": 0,
        "cannot_judge": 0,
        "pairs": 2,
        "ties": 1,
        "trade_offs": 1,
        "simulated_pairs": 0,
        "annotators": 2,
        "images": 6,
        "image_bytes": sum(
            len(f"display of {task} {part}")
            for task in ("t1", "t2")
            for part in ("source", "alpha", "beta")
        ),
        "groups_rows": 2,
        "editreward_rows": 2,
    }


def test_every_rating_is_found_as_it_was_given(judged, tmp_path):
    export(judged, tmp_path / "set")
    line = lines_of(tmp_path / "set")[0]
    systems = {entry["id"]: entry["system"] for entry in line["candidates"]}
    found = sorted(
        (systems[entry["candidate"]], entry["dimension"], entry["value"])
        for entry in line["ratings"]
    )
    assert found == [
        ("alpha", "instruction_following", 3),
        ("alpha", "instruction_following", 4),
        ("alpha", "visual_quality", 3),
        ("alpha", "visual_quality", 3),
        ("beta", "instruction_following", 2),
        ("beta", "instruction_following", 3),
        ("beta", "visual_quality", 2),
        ("beta", "visual_quality", 2),
    ]
    assert {entry["weight"] for entry in line["ratings"]} == {1}
    assert len({entry["annotator"] for entry in line["ratings"]}) == 2
    assert "ann" not in {entry["annotator"] for entry in line["ratings"]}
    consensus = {systems[key]: cells for key, cells in line["consensus"].items()}
    assert consensus == {
        "alpha": {
            "instruction_following": {"value": 3.5, "n": 2, "sd": 0.707107},
            "visual_quality": {"value": 3, "n": 2, "sd": 0},
        },
        "beta": {
            "instruction_following": {"value": 2.5, "n": 2, "sd": 0.707107},
            "visual_quality": {"value": 2, "n": 2, "sd": 0},
        },
    }


def test_a_line_names_what_the_schema_names(judged, tmp_path):
    export(judged, tmp_path / "set")
    line = lines_of(tmp_path / "set")[0]
    assert list(line) == [
        "schema", "task", "external_id", "split", "category", "instruction", "protocol",
        "source", "candidates", "ratings", "comparisons", "cannot_judge", "consensus",
    ]  # fmt: skip
    assert line["schema"] == "editjury.groups/1"
    assert line["source"] == {
        "sha256": shown("t1 source")[7:71],
        "path": shown("t1 source"),
        "cluster": hashlib.sha256(b"pixels t1 source").hexdigest(),
    }
    version = judged.protocol_version
    assert line["protocol"] == {
        "key": "tiny",
        "version": 1,
        "digest": version.digest,
        "dimensions": [
            {"key": "instruction_following", "levels": [1, 2, 3, 4]},
            {"key": "visual_quality", "levels": [1, 2, 3, 4]},
        ],
    }
    document = tmp_path / "set" / "protocols" / f"{version.digest}.json"
    assert document.read_text() == version.document


def test_every_row_is_valid_and_every_file_is_the_manifests(judged, tmp_path):
    out = tmp_path / "set"
    export(judged, out)
    for name, rows in ((Format.GROUPS, lines_of(out)), (Format.EDITREWARD, rows_of(out))):
        assert rows
        for row in rows:
            validator(name).validate(row)
    manifest = json.loads((out / "manifest.json").read_text())
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    files = contents(out)
    assert listed == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files.items()
        if path not in {"manifest.json", "SHA256SUMS"}
    }
    assert [path for path in listed if path.startswith(("groups", "editreward"))] == [
        "editreward/train-00000-of-00001.json",
        "groups/train-00000-of-00001.jsonl",
    ]


def test_images_are_the_display_form(judged, tmp_path):
    export(judged, tmp_path / "set")
    assert (tmp_path / "set" / shown("t2 beta")).read_bytes() == b"display of t2 beta"


def test_only_the_formats_that_were_asked_for(judged, tmp_path):
    export(judged, tmp_path / "set", "groups")
    names = sorted(path.name for path in (tmp_path / "set").iterdir())
    assert names == ["SHA256SUMS", "groups", "images", "manifest.json", "protocols"]


def test_levels_may_be_decimals(tmp_path):
    version = make_version(levels=(0, 1), dimensions=("instruction_following",))
    project = make_project(protocol_version=version)
    task = make_task(project)
    for name, a in (("ann", 0.5), ("ben", 0.25), ("cid", 0.1)):
        make_judgment(task, make_user(name), {"alpha": (a,), "beta": (0.2833,)})
    export(project, tmp_path / "set")
    (row,) = rows_of(tmp_path / "set")
    assert (row["model1"], row["model1_dim1_score"]) == ("alpha", 0.283333)
    assert row["model2_dim1_score"] == 0.2833


def test_comparisons_and_what_could_not_be_judged(judged, tmp_path):
    task = make_task(judged, "t3", systems=("delta", "gamma"))
    gamma = task.candidates.get(system="gamma")
    delta = task.candidates.get(system="delta")
    unclear = [{"candidate": gamma.pk, "dimension": "visual_quality", "reason": "broken"}]
    judgment = make_judgment(
        task, make_user("cid"), {"delta": (1, 1), "gamma": (2,)}, cannot_judge=unclear
    )
    Comparison.objects.create(
        judgment=judgment, lower=delta, higher=gamma, outcome="higher", lower_left=True
    )
    export(judged, tmp_path / "set")
    line = lines_of(tmp_path / "set")[2]
    (annotator,) = {entry["annotator"] for entry in line["ratings"]}
    assert line["comparisons"] == [
        {
            "a": str(delta.uuid),
            "b": str(gamma.uuid),
            "dimension": None,
            "outcome": "b",
            "annotator": annotator,
        }
    ]
    assert line["cannot_judge"] == [
        {
            "candidate": str(gamma.uuid),
            "dimension": "visual_quality",
            "reason": "broken",
            "annotator": annotator,
        }
    ]


def test_simulated_judgments_are_marked(judged, tmp_path):
    planted = make_user("planted", kind=User.Kind.SIMULATED)
    task = Task.objects.get(external_id="t1")
    make_judgment(task, planted, {"alpha": (4, 4), "beta": (1, 1)}, origin="simulated")
    default = export(judged, tmp_path / "default")
    assert default["options"]["simulated"] == "exclude"
    assert default["drops"]["ratings"]["simulated"] == 4
    assert default["counts"]["simulated_judgments"] == 0
    report = export(judged, tmp_path / "set", simulated="mix")
    assert report["counts"]["simulated_judgments"] == 1
    assert report["counts"]["simulated_ratings"] == 4
    assert report["counts"]["simulated_pairs"] == 1
    assert [row["simulated_raters"] for row in rows_of(tmp_path / "set")] == [1, 0]
    names = {entry["annotator"] for entry in lines_of(tmp_path / "set")[0]["ratings"]}
    assert sorted(name.split("-")[0] for name in names) == ["a", "a", "simulated"]


def test_pseudonyms_belong_to_the_project(judged, tmp_path):
    other = make_project("other")
    task = make_task(other)
    for user in User.objects.order_by("pk"):
        make_judgment(task, user, {"alpha": (1, 1), "beta": (2, 2)})
    export(judged, tmp_path / "a")
    export(other, tmp_path / "b")
    names = [
        {entry["annotator"] for line in lines_of(tmp_path / name) for entry in line["ratings"]}
        for name in ("a", "b")
    ]
    assert len(names[0]) == len(names[1]) == 2
    assert not names[0] & names[1]


def test_a_new_round_replaces_the_old_one(judged, tmp_path):
    task = Task.objects.get(external_id="t1")
    newer = make_version(levels=(1, 2, 3))
    for user in User.objects.order_by("pk"):
        make_judgment(
            task,
            user,
            {"alpha": (1, 1), "beta": (3, 3)},
            assignment={"round": 2, "protocol_version": newer},
        )
    report = export(judged, tmp_path / "set")
    assert report["drops"]["judgments"]["older_round"] == 2
    assert rows_of(tmp_path / "set")[0]["model1"] == "beta"
    assert lines_of(tmp_path / "set")[0]["protocol"]["digest"] == newer.digest
    assert len(list((tmp_path / "set" / "protocols").iterdir())) == 2


def test_an_amendment_replaces_what_it_supersedes(judged, tmp_path):
    first = User.objects.get(username="ann").assignments.get(task__external_id="t2")
    (old,) = first.judgments.all()
    rate(first, {"alpha": (4, 4), "beta": (1, 1)}, revision=2, supersedes=old)
    report = export(judged, tmp_path / "set")
    assert report["drops"]["judgments"]["superseded"] == 1
    assert report["counts"]["judgments"] == 4
    assert [row["tie_case"] for row in rows_of(tmp_path / "set")] == [False, False]
