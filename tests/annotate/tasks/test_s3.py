"""Images in S3: read from it, and stored in it, against a server that speaks a little S3."""

import http.server
import threading

import pytest

from annotate.tasks import storage
from annotate.tasks.models import Image
from tests.annotate.tasks.builders import (
    counts,
    encoded,
    make_project,
    picture,
    reasons,
    row,
    run_import,
)

pytestmark = pytest.mark.django_db

MISSING = b"<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"
DENIED = b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>"


class Answers(http.server.BaseHTTPRequestHandler):
    """Keeps what is put and gives what is asked for, by path."""

    protocol_version = "HTTP/1.1"
    server: "Bucket"

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "aws-chunked":
            size, _, rest = body.partition(b"\r\n")
            body = rest[: int(size, 16)]
        self.server.files[self.path] = body
        self.reply(200, b"")

    def do_GET(self):
        if self.path.startswith("/denied/"):
            self.reply(403, DENIED)
        elif self.path in self.server.files:
            self.reply(200, self.server.files[self.path])
        else:
            self.reply(404, MISSING)

    def do_HEAD(self):
        self.do_GET()

    def reply(self, status, content):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"0"')
        self.send_header("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        pass


class Bucket(http.server.ThreadingHTTPServer):
    """A server on a free port with its files by path."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.files: dict[str, bytes] = {}


@pytest.fixture
def bucket(monkeypatch):
    with Bucket() as serving:
        endpoint = f"http://127.0.0.1:{serving.server_port}"
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", endpoint)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        thread = threading.Thread(target=serving.serve_forever, args=[0.02])
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def test_it_works(bucket, dataset, settings, monkeypatch):
    settings.IMPORT_REMOTE = True
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    content = encoded(picture(40))
    bucket.files["/pictures/deep/a.jpg"] = content
    dataset.add(row("t1"))
    path = dataset.write(row("t1", source="s3://pictures/deep/a.jpg"))
    assert run_import(make_project(), path).added == 1
    assert Image.objects.filter(size=len(content)).count() == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("s3://pictures/none.jpg", "missing"),
        ("s3://denied/a.jpg", "unreadable"),
        ("s3://pictures", "bad_url"),
        ("s3:///a.jpg", "bad_url"),
        ("s3://Not A Bucket/a.jpg", "bad_url"),
    ],
)
def test_what_cannot_be_read_rejects_its_row(bucket, dataset, settings, url, reason):
    settings.IMPORT_REMOTE = True
    dataset.add(row("t1"))
    path = dataset.write(row("t1", source=url))
    run_import(make_project(), path)
    assert reasons(path) == [(1, reason)]
    assert counts() == (0, 0, 0)


def test_without_the_setting_nothing_is_asked(bucket, dataset):
    bucket.files["/pictures/a.jpg"] = encoded(picture(40))
    dataset.add(row("t1"))
    path = dataset.write(row("t1", source="s3://pictures/a.jpg"))
    run_import(make_project(), path)
    assert reasons(path) == [(1, "remote_not_allowed")]


def test_images_are_stored_in_a_bucket(bucket, dataset, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": "edits", "default_acl": None, "querystring_auth": True},
        },
    }
    project = make_project()
    path = dataset.add(row("t1"))
    assert run_import(project, path).added == 1
    image = Image.objects.order_by("pk").first()
    assert image is not None
    original = storage.original_path(image.sha256)
    stored = {name.removeprefix("/edits/") for name in bucket.files}
    assert {original, storage.level_path(image.sha256, 0)} <= stored
    assert len(stored) == 6
    with storage.open_stored(original) as file:
        assert len(file.read()) == image.size
    assert storage.exists(original)
    assert not storage.exists("originals/none")
    assert run_import(project, path).unchanged == 1
    assert not list((settings.BASE_DIR / "var" / "scratch").iterdir())
