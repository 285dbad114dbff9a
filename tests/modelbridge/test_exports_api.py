"""Exports from the page: asked for, written by the job, opened through short links."""

import hashlib
import io
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from annotate.models import Membership, Project, User
from annotate.people.models import ApiToken
from annotate.people.tokens import create_token
from modelbridge.dataset.verify import dataset_faults
from modelbridge.jobs import run_job
from modelbridge.models import Export, Job
from tests.modelbridge.builders import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/projects/edits/exports"
OPTIONS = {"formats": ["groups", "editreward"]}


def client_of(user: User) -> Client:
    """A browser in which the user is logged in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def post(client: Client, path: str, body: object = None, **headers):
    """POSTs JSON."""
    return client.post(path, body, content_type="application/json", headers=headers)


@pytest.fixture
def lead(judged: Project) -> Client:
    """The lead of the judged project."""
    return client_of(make_member(judged, "lead").user)


@pytest.fixture
def done(lead: Client) -> Export:
    """An export that the job has written."""
    assert post(lead, EXPORTS, OPTIONS).status_code == 201
    export = Export.objects.get()
    run_job(str(export.job_id))
    return Export.objects.get()


def test_it_works(lead, judged):
    queued = post(lead, EXPORTS, {"formats": ["groups"], "ties": "drop"})
    assert queued.status_code == 201
    body = queued.json()
    assert body["state"] == "queued"
    assert body["progress"] == {"done": 0, "total": None, "detail": ""}
    assert body["created_by"] == "lead"
    assert body["options"] == {
        "formats": ["groups"],
        "consensus": "mean",
        "ties": "drop",
        "min_raters": 2,
        "margin": "0",
        "pure_ties": "keep",
        "tie_breaks": "ignore",
        "split": "100",
        "split_seed": "0",
        "near_bits": 6,
        "include": [],
        "simulated": "auto",
    }
    assert (body["manifest"], body["files"], body["error"]) == (None, [], "")
    run_job(str(Export.objects.get().job_id))
    after = lead.get(f"/api/v1/exports/{body['id']}").json()
    assert after["state"] == "done"
    assert after["progress"] == {"done": 2, "total": 2, "detail": "tasks"}
    assert after["manifest"]["counts"]["pairs"] == 1
    assert after["manifest"]["drops"]["pairs"] == {"tie": 1}
    assert [entry["name"] for entry in after["files"]] == [
        "groups/train-00000-of-00001.jsonl",
        f"protocols/{judged.protocol_version.digest}.json",
    ]
    assert lead.get(EXPORTS).json()["results"] == [after]


def test_the_folder_is_a_whole_data_set(done):
    folder = Path(settings.EXPORT_ROOT) / str(done.pk)
    assert list(dataset_faults(folder)) == []
    assert done.digest == hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert [path.name for path in folder.parent.iterdir()] == [str(done.pk)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "formats"),
        ({"formats": []}, "formats"),
        ({"formats": ["parquet"]}, "formats.0"),
        ({"formats": ["groups"], "consensus": "mode"}, "consensus"),
        ({"formats": ["groups"], "ties": "maybe"}, "ties"),
        ({"formats": ["groups"], "min_raters": 0}, "min_raters"),
    ],
)
def test_bad_options_are_refused(lead, body, field):
    refused = post(lead, EXPORTS, body)
    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.json()["faults"]] == [field]
    assert not Job.objects.exists()
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"split": "80/20"}, "split '80/20' is not accepted"),
        ({"split_seed": "a b"}, "split_seed 'a b' is not accepted"),
        ({"margin": "-1"}, "margin '-1' is not accepted"),
        ({"pure_ties": "drop"}, "pure_ties drop goes with ties disentangle only"),
        ({"as_of": "2999-01-01T00:00:00Z"}, "lies in the future"),
    ],
)
def test_words_that_are_not_accepted_are_said(lead, words, said):
    refused = post(lead, EXPORTS, {**OPTIONS, **words})
    assert refused.status_code == 422
    (fault,) = refused.json()["faults"]
    assert fault["code"] == "bad_option"
    assert said in fault["message"]
    assert not Job.objects.exists()
    assert not Export.objects.exists()


def test_a_past_moment_may_be_asked_for(lead):
    body = post(lead, EXPORTS, {**OPTIONS, "as_of": "2026-01-01T00:00:00Z"}).json()
    assert body["as_of"] == "2026-01-01T00:00:00Z"


def test_an_empty_selection_fails_with_its_reason(lead):
    project = make_project("empty")
    Membership.objects.create(project=project, user=User.objects.get(username="lead"), role="lead")
    body = post(lead, "/api/v1/projects/empty/exports", OPTIONS).json()
    run_job(str(Export.objects.get().job_id))
    failed = lead.get(f"/api/v1/exports/{body['id']}").json()
    assert failed["state"] == "failed"
    assert "project empty has no judgment that counts" in failed["error"]
    assert post(lead, f"/api/v1/exports/{body['id']}/links").status_code == 409


def test_links_open_the_files(lead, done):
    answered = post(lead, f"/api/v1/exports/{done.pk}/links")
    assert answered.status_code == 200
    links = {entry["name"]: entry["url"] for entry in answered.json()}
    folder = Path(settings.EXPORT_ROOT) / str(done.pk)
    assert sorted(links) == sorted(
        [
            "export.tar",
            "SHA256SUMS",
            "manifest.json",
            *(entry["path"] for entry in done.manifest["files"]),
        ]
    )
    for name, url in links.items():
        response = lead.get(url)
        content = b"".join(response.streaming_content)
        assert response.status_code == 200
        assert int(response.headers["Content-Length"]) == len(content)
        assert response.headers["Cache-Control"] == "private, no-store"
        if name != "export.tar":
            assert content == (folder / name).read_bytes()


def test_the_archive_holds_every_file(lead, done):
    links = {e["name"]: e["url"] for e in post(lead, f"/api/v1/exports/{done.pk}/links").json()}
    content = b"".join(lead.get(links["export.tar"]).streaming_content)
    folder = Path(settings.EXPORT_ROOT) / str(done.pk)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive.getmembers():
            opened = archive.extractfile(member)
            assert opened is not None
            path = folder / member.name.removeprefix("export/")
            assert opened.read() == path.read_bytes()
            assert (member.mtime, member.uid, member.uname) == (0, 0, "")
        assert len(archive.getnames()) == len([p for p in folder.rglob("*") if p.is_file()])


def test_opening_unblinds_and_asking_does_not(lead, done):
    membership = Membership.objects.get(user__username="lead")
    (first, *_) = post(lead, f"/api/v1/exports/{done.pk}/links").json()
    lead.get(f"/api/v1/exports/{done.pk}")
    membership.refresh_from_db()
    assert membership.unblinded_at is None
    b"".join(lead.get(first["url"]).streaming_content)
    membership.refresh_from_db()
    assert membership.unblinded_at is not None


def test_a_link_expires(lead, done, time_machine):
    time_machine.move_to("2030-01-01T00:00:00Z", tick=False)
    lead = client_of(User.objects.get(username="lead"))
    (first, *_) = post(lead, f"/api/v1/exports/{done.pk}/links").json()
    assert first["expires_at"] == "2030-01-01T00:15:00Z"
    time_machine.shift(timedelta(minutes=14, seconds=59))
    assert lead.get(first["url"]).status_code == 200
    time_machine.shift(timedelta(minutes=2))
    assert lead.get(first["url"]).status_code == 404


def test_a_link_belongs_to_its_user(lead, done, judged):
    (first, *_) = post(lead, f"/api/v1/exports/{done.pk}/links").json()
    engineer = make_member(judged, "engineer")
    assert client_of(engineer.user).get(first["url"]).status_code == 404
    assert Client().get(first["url"]).status_code == 401
    assert lead.get(first["url"][:-1] + "x").status_code == 404
    engineer.refresh_from_db()
    assert engineer.unblinded_at is None


def test_a_link_rechecks_the_role(lead, done):
    (first, *_) = post(lead, f"/api/v1/exports/{done.pk}/links").json()
    Membership.objects.filter(user__username="lead").update(role="annotator")
    assert lead.get(first["url"]).status_code == 403


def test_a_program_downloads_with_its_token(lead, done, judged):
    engineer = make_member(judged, "engineer").user
    token = create_token(user=engineer, scope=ApiToken.Scope.ENGINEER, name="ci", days=1)
    headers = {"Authorization": f"Bearer {token.text}"}
    client = Client()
    links = client.post(f"/api/v1/exports/{done.pk}/links", headers=headers).json()
    assert client.get(links[0]["url"], headers=headers).status_code == 200


def test_cancel(lead):
    body = post(lead, EXPORTS, OPTIONS).json()
    cancelled = post(lead, f"/api/v1/exports/{body['id']}/cancel")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    run_job(str(Export.objects.get().job_id))
    assert Export.objects.get().manifest is None
    assert not Path(settings.EXPORT_ROOT).exists()
    again = post(lead, f"/api/v1/exports/{body['id']}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "job_ended")


ROUTES = [
    ("get", EXPORTS),
    ("post", EXPORTS),
    ("get", "/api/v1/exports/{export}"),
    ("post", "/api/v1/exports/{export}/links"),
    ("post", "/api/v1/exports/{export}/cancel"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_who_may(judged, done, method, path):
    path = path.format(export=done.pk)
    make_user("stranger")
    for role in ("annotator", "senior", "engineer", "admin"):
        make_member(judged, role)
    found = {}
    for name in ("stranger", "annotator", "senior", "lead", "engineer", "admin"):
        client = client_of(User.objects.get(username=name))
        body = OPTIONS if method == "post" else None
        found[name] = getattr(client, method)(path, body, content_type="application/json")
    allowed = {"lead", "engineer", "admin"}
    assert {name for name, answer in found.items() if answer.status_code in {200, 201, 409}} == (
        allowed
    )
    assert found["stranger"].status_code == 404
    assert {found[name].status_code for name in ("annotator", "senior")} == {403}
    anonymous = getattr(Client(), method)(path, content_type="application/json")
    assert anonymous.status_code == 401


def test_jobs_show_exports_to_who_may_export_and_the_demo_to_all(judged, done):
    Job.objects.create(kind="fill_demo", project=judged, state="running", done=3, total=9)
    make_member(judged, "annotator")
    make_user("stranger")
    kinds = {}
    for name in ("lead", "annotator", "stranger"):
        answer = client_of(User.objects.get(username=name)).get("/api/v1/projects/edits/jobs")
        rows = answer.json().get("results", answer.status_code)
        kinds[name] = rows if isinstance(rows, int) else [row["kind"] for row in rows]
    assert kinds == {
        "lead": ["fill_demo", "export"],
        "annotator": ["fill_demo"],
        "stranger": 404,
    }
