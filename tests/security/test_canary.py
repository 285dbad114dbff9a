"""No byte that an annotator gets says where a picture comes from; and a leak would be found."""

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from PIL import Image as Pillow

from annotate.tasks.models import Candidate, Image
from tests.security.forms import Searcher
from tests.security.planting import CANARIES, plant, profile
from tests.security.walk import Walk
from tests.world import World, log_in, make_world

Next = Callable[[HttpRequest], HttpResponse]


@pytest.fixture
def planted(db: None, folders: Path) -> World:
    """A project whose every file, name and field holds a secret."""
    folder = folders / CANARIES["file"]
    folder.mkdir()
    return make_world(folder, rows=plant(folder, tasks=3), overlap=2)


def secrets() -> dict[str, str]:
    """What was planted, and the names under which images are stored."""
    names = dict(CANARIES)
    for image in Image.objects.all():
        names[f"storage key {image.pk}"] = image.sha256
        names[f"pixels {image.pk}"] = image.pixel_sha256
        names[f"hash {image.pk}"] = str(image.perceptual_hash)
    return names


def leaks(walk: Walk) -> set[tuple[str, str]]:
    """Which secrets are in which answers, after everything was asked for."""
    walk.go()
    search = Searcher(secrets())
    return {(name, one.name) for one in walk.seen for name in search.found(one.content)}


def test_it_works(planted: World) -> None:
    """All secrets are in the database and the storage, and none is in any answer."""
    assert Candidate.objects.filter(system__startswith=CANARIES["system"]).count() == 9
    walk = Walk(log_in(planted.add("ann")), planted)
    assert leaks(walk) == set()
    assert walk.statuses() == {200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 422}
    assert len(walk.seen) > 200


def test_pictures_are_only_pictures(planted: World) -> None:
    """Each image is a lossless WebP of one chunk, whatever was imported; no header tells more."""
    walk = Walk(log_in(planted.add("ann")), planted)
    for assignment in walk.claim():
        walk.images(assignment)
    pictures = [one.content for one in walk.seen if one.content[:4] == b"RIFF"]
    assert len(pictures) == 2 * 5 * 4
    for content in pictures:
        assert content[8:16] == b"WEBPVP8L"
        assert int.from_bytes(content[16:20], "little") + 20 in (len(content), len(content) - 1)


class Leak:
    """A middleware that plants a leak; `what` says which."""

    what = ""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        getattr(self, type(self).what)(response)
        return response

    def header(self, response: HttpResponse) -> None:
        """The system, in a header."""
        response.headers["X-Trace"] = CANARIES["system"]

    def cookie(self, response: HttpResponse) -> None:
        """The category, in a cookie, in base64."""
        response.set_cookie("trace", b64encode(b"Sam" + CANARIES["category"].encode()).decode())

    def document(self, response: HttpResponse) -> None:
        """The external id, upper case, in problem documents of 409."""
        if response.status_code == 409:
            response.content = (
                response.content[:-1] + f', "x": "{CANARIES["external"].upper()}"}}'.encode()
            )

    def picture(self, response: HttpResponse) -> None:
        """The imported profile, in the bytes of images."""
        if response.headers.get("content-type") == "image/webp":
            whole = b"".join(response.streaming_content)  # type: ignore[attr-defined]
            file = io.BytesIO()
            Pillow.open(io.BytesIO(whole)).save(file, "WEBP", lossless=True, icc_profile=profile())
            response.streaming_content = [file.getvalue()]  # type: ignore[attr-defined]

    def page(self, response: HttpResponse) -> None:
        """The file name, as a comment of error pages, percent-encoded."""
        if response.status_code == 404 and b"<html" in getattr(response, "content", b""):
            response.content += "".join(
                f"%{byte:02X}" for byte in CANARIES["file"].encode()
            ).encode()

    def key(self, response: HttpResponse) -> None:
        """The storage key of an image, as an entity tag."""
        if response.headers.get("content-type") == "image/webp":
            response.headers["ETag"] = f'"{Image.objects.earliest("pk").sha256}"'


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("header", "system"),
        ("cookie", "category"),
        ("document", "external"),
        ("picture", "icc"),
        ("page", "file"),
        ("key", "storage key"),
    ],
)
def test_a_leak_is_found(planted: World, settings: Any, monkeypatch, what: str, name: str) -> None:
    """The same search finds a leak that is planted, and only that."""
    monkeypatch.setattr(Leak, "what", what)
    settings.MIDDLEWARE = [f"{__name__}.Leak", *settings.MIDDLEWARE]
    found = leaks(Walk(log_in(planted.add("ann")), planted))
    assert len(found) > 0
    assert {secret.rstrip("0123456789 ") for secret, _ in found} == {name}


def test_others_get_nothing(planted: World) -> None:
    """Addresses of one assignment's images are another annotator's 404, and differ from theirs."""
    ann, bob = (Walk(log_in(planted.add(name)), planted) for name in ("ann", "bob"))
    mine, theirs = ann.claim(), bob.claim()
    mine_urls = {url for assignment in mine for url in ann.urls(assignment)}
    their_urls = {url for assignment in theirs for url in bob.urls(assignment)}
    assert len(mine_urls) == len(their_urls) == 10
    assert mine_urls & their_urls == set()
    for walk, status in ((bob, 404), (ann, 200)):
        walk.seen.clear()
        for url in mine_urls:
            walk.ask("get", url)
        assert walk.statuses() == {status}
    tokens = {url.rsplit("/", 1)[1] for url in mine_urls | their_urls}
    assert len(tokens) == 20
