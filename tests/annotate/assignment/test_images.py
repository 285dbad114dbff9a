"""GET /i/{assignment}/{token}: who gets which bytes, and what the headers say."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from annotate.assignment.images import IMAGES
from annotate.people.models import Membership
from annotate.tasks.models import Image
from annotate.tasks.storage import level_path, put
from tests.annotate.api import Caller
from tests.builders import claim_one, make_image, make_member, make_project, make_task

pytestmark = pytest.mark.django_db
MANY_IMAGES = """
INSERT INTO annotate_image (sha256, pixel_sha256, format, width, height, size, levels, created_at)
SELECT md5(i::text) || md5(i::text), md5(i::text), 'PNG', 1, 1, 1, '[0]', now()
FROM generate_series(1, 20000) i
"""


@pytest.fixture
def member(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    project = make_project()
    make_task(project=project, candidates=2)
    for image in Image.objects.all():
        Image.objects.filter(pk=image.pk).update(levels=[512, 0])
        put(level_path(image.sha256, 0), b"whole " + image.sha256.encode())
        put(level_path(image.sha256, 512), b"small " + image.sha256.encode())
    return make_member(project=project)


def shown(member: Membership) -> tuple[str, list[str]]:
    """The addresses of the source and of the candidates in the order shown."""
    offer = claim_one(member).as_json(bytes(member.project.key))
    return offer["source"]["url"], [candidate["url"] for candidate in offer["candidates"]]


def status(caller: Caller, url: str) -> int:
    """The status of an answer that is read to its end, so that its file is closed."""
    answer = caller.get(url)
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def test_it_works(member):
    source, candidates = shown(member)
    row = member.project.tasks.get()
    presentation = row.assignments.get().presentation
    caller = Caller(member.user)
    images = {candidate.pk: candidate.image for candidate in row.candidates.all()}
    expected = [row.source, *(images[pk] for pk in presentation)]
    for url, image in zip([source, *candidates], expected, strict=True):
        answer = caller.get(url)
        assert answer.status_code == 200
        assert answer.getvalue() == b"whole " + image.sha256.encode()


def test_headers_tell_nothing_apart(member):
    source, candidates = shown(member)
    answers = [Caller(member.user).get(url) for url in (source, *candidates)]
    for answer in answers:
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer["Content-Type"] == "image/webp"
        assert int(answer["Content-Length"]) == len(answer.getvalue())
        for name in ("ETag", "Last-Modified", "Content-Disposition"):
            assert not answer.has_header(name)


@pytest.mark.parametrize(
    ("level", "served"), [("512", b"small"), ("1024", b"whole"), ("2048", b"whole")]
)
def test_the_level_that_fits(member, level, served):
    source, _ = shown(member)
    answer = Caller(member.user).get(f"{source}?level={level}")
    assert answer.getvalue()[:5] == served


def test_the_edit_mask_has_an_address_that_says_nothing(member):
    mask = make_image()
    Image.objects.filter(pk=mask.pk).update(levels=[0], width=30, height=20)
    put(level_path(mask.sha256, 0), b"mask")
    member.project.tasks.update(edit_mask=mask)
    offer = claim_one(member).as_json(bytes(member.project.key))
    given = offer["edit_mask"]
    assert set(given) == {"url", "width", "height"}
    assert (given["width"], given["height"]) == (30, 20)
    prefix, _, token = given["url"].rpartition("/")
    assert prefix == f"/i/{offer['id']}"
    assert len(token) == 22
    assert Caller(member.user).get(given["url"]).getvalue() == b"mask"
    other = make_member(project=member.project)
    assert status(Caller(other.user), given["url"]) == 404


def test_an_unknown_level_is_422(member):
    source, _ = shown(member)
    answer = Caller(member.user).get(f"{source}?level=9999")
    assert answer.status_code == 422
    assert answer.json()["faults"] == [{"code": "bad_level", "accepted": [512, 1024, 2048]}]


def test_a_browsers_accept_header_is_no_matter(member):
    source, _ = shown(member)
    caller = Caller(member.user)
    caller.headers["Accept"] = "image/avif,image/webp"
    assert status(caller, source) == 200


def test_only_for_the_assignments_annotator(member):
    source, _ = shown(member)
    lead = make_member(project=member.project, role="lead")
    other = make_member(project=member.project)
    assert Client().get(source).status_code == 401
    assert status(Caller(lead.user), source) == 404
    assert status(Caller(other.user), source) == 404
    assert status(Caller(member.user, scope="lead"), source) == 403
    assert status(Caller(member.user, scope="annotate"), source) == 200
    Membership.objects.filter(pk=member.pk).update(ended_at=timezone.now())
    assert status(Caller(member.user), source) == 404


def test_a_token_of_another_assignment_opens_nothing(member):
    source, candidates = shown(member)
    other = make_member(project=member.project)
    others, _ = shown(other)
    mine, theirs = source.rsplit("/", 1), others.rsplit("/", 1)
    assert mine[1] != theirs[1]
    caller = Caller(member.user)
    assert status(caller, f"{mine[0]}/{theirs[1]}") == 404
    assert status(caller, f"/i/{uuid4()}/{mine[1]}") == 404
    assert status(caller, f"{mine[0]}/{'é' * 22}") == 404
    assert len({source, *candidates}) == 3


def test_an_image_is_found_by_the_index_however_many_there_are(member):
    """A picture is asked for five times a task: no request may read the table of all images."""
    offer = claim_one(member)
    with connection.cursor() as cursor:
        cursor.execute(MANY_IMAGES)
        cursor.execute("ANALYZE annotate_image")
        given = {"assignment": offer.uuid, "user": member.user_id}
        cursor.execute(f"EXPLAIN {IMAGES}", given)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "annotate_image_pkey" in plan
    assert "Seq Scan on annotate_image" not in plan
