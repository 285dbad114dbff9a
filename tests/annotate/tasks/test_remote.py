"""Images by http: what a server on this machine, permitted here only, can and cannot do."""

import http.server
import ipaddress
import socket
import ssl
import threading

import pytest

from annotate.tasks import remote
from annotate.tasks.faults import RowFault
from annotate.tasks.intake import _copy
from annotate.tasks.remote import Remote
from tests.annotate.tasks.builders import encoded, make_project, picture, reasons, row, run_import

HOME = ipaddress.ip_address("127.0.0.1")
IMAGE = encoded(picture(1))


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers by path; notes what was asked."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        step = self.path.rstrip("/").rpartition("/")[2]
        getattr(self, f"answer_{self.path.split('/')[1].partition('?')[0]}")(step)

    def answer_image(self, _):
        self.reply(IMAGE)

    def answer_hop(self, step):
        left = int(step)
        self.redirect(f"/hop/{left - 1}" if left > 1 else "/image")

    def answer_inward(self, _):
        self.redirect(f"http://127.0.0.2:{self.server.server_port}/image")

    def answer_file(self, _):
        self.redirect("file:///etc/passwd")

    def answer_nowhere(self, _):
        self.send_response(302)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer_gone(self, _):
        self.reply(b"gone", status=404)

    def answer_packed(self, _):
        self.reply(b"x", encoding="gzip")

    def answer_short(self, _):
        self.reply(IMAGE[:100], length=len(IMAGE))

    def answer_claims(self, _):
        self.reply(b"", length=10**12)

    def answer_endless(self, _):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True

    def answer_silent(self, _):
        self.server.stop.wait(30)
        self.close_connection = True

    def answer_trickle(self, length):
        self.send_response(200)
        if length.isdigit():
            self.send_header("Content-Length", length)
        self.end_headers()
        try:
            while not self.server.stop.wait(0.05):
                self.wfile.write(b"x")
        except OSError:
            pass
        self.close_connection = True

    def redirect(self, target):
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def reply(self, content, *, status=200, length=None, encoding=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """A server on a free port."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked = []
        self.stop = threading.Event()

    def handle_error(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as serving:
        thread = threading.Thread(target=serving.serve_forever, args=[0.02])
        thread.start()
        yield serving
        serving.stop.set()
        serving.shutdown()
        thread.join()


def fetch(server, path, tmp_path, **options):
    """Read as an import does, with this machine's own address permitted."""
    opened = Remote(permit=lambda address: address == HOME, **options)
    with opened.open(f"http://127.0.0.1:{server.server_port}{path}") as file:
        return _copy(file, tmp_path / "copy").path.read_bytes()


def refusal(server, path, tmp_path, **options):
    with pytest.raises(RowFault) as caught:
        fetch(server, path, tmp_path, **options)
    return caught.value.reason


def test_it_works(server, tmp_path):
    assert fetch(server, "/image?size=full&q=a b", tmp_path) == IMAGE
    ((path, headers),) = server.asked
    assert path == "/image?size=full&q=a%20b"
    assert headers == {
        "Host": f"127.0.0.1:{server.server_port}",
        "Accept-Encoding": "identity",
        "User-Agent": "EditJury",
    }


def test_three_redirects_are_followed_and_no_fourth(server, tmp_path):
    assert fetch(server, "/hop/3", tmp_path) == IMAGE
    assert refusal(server, "/hop/4", tmp_path) == "too_many_redirects"
    assert [path for path, _ in server.asked[4:]] == ["/hop/4", "/hop/3", "/hop/2", "/hop/1"]


def test_a_redirect_is_checked_like_the_first_address(server, tmp_path):
    assert refusal(server, "/inward", tmp_path) == "address_not_allowed"
    assert [path for path, _ in server.asked] == ["/inward"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/file", "bad_scheme"),
        ("/nowhere", "too_many_redirects"),
        ("/gone", "http_error"),
        ("/packed", "http_error"),
        ("/short", "truncated"),
        ("/claims", "too_large"),
        ("/endless", "too_large"),
    ],
)
def test_bad_answers(server, tmp_path, path, reason):
    assert refusal(server, path, tmp_path) == reason


@pytest.mark.parametrize("path", ["/silent", "/trickle", "/trickle/1000000"])
def test_a_peer_that_takes_too_long_is_given_up(server, tmp_path, path):
    assert refusal(server, path, tmp_path, seconds=0.5) == "timeout"


def test_a_silent_peer_is_given_up(server, tmp_path, monkeypatch):
    monkeypatch.setattr(remote, "STEP", 0.3)
    assert refusal(server, "/silent", tmp_path) == "timeout"


def test_a_full_disk_is_no_fault_of_the_row(server, tmp_path):
    opened = Remote(permit=lambda address: address == HOME)

    def read_onto_a_full_disk():
        with opened.open(f"http://127.0.0.1:{server.server_port}/image") as file:
            file.read(10)
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        read_onto_a_full_disk()


def test_proxies_are_ignored(server, tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(server, "/image", tmp_path) == IMAGE


def test_a_certificate_is_demanded(server, tmp_path, monkeypatch):
    opened = Remote(permit=lambda address: address == HOME)
    with pytest.raises(RowFault) as caught:
        opened.open(f"https://127.0.0.1:{server.server_port}/image").__enter__()
    assert caught.value.reason == "unreachable"
    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http:///image", "bad_url"),
        ("http://user:word@example.org/a", "bad_url"),
        ("http://example.org:port/a", "bad_url"),
        ("http://[::1/a", "bad_url"),
        ("http://exa mple.org/a", "bad_url"),
        ("ftp://example.org/a", "bad_scheme"),
        ("http://127.0.0.1/a", "address_not_allowed"),
        ("http://[::1]/a", "address_not_allowed"),
        ("http://169.254.169.254/latest/meta-data", "address_not_allowed"),
    ],
)
def test_bad_addresses_are_not_asked(url, reason, monkeypatch):
    def connect(*_):
        raise AssertionError("connected")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(RowFault) as caught:
        Remote().open(url).__enter__()
    assert caught.value.reason == reason


@pytest.mark.django_db
def test_the_setting_lets_no_import_reach_this_machine(dataset, settings, server):
    settings.IMPORT_REMOTE = True
    path = dataset.add(row("t1"))
    path = dataset.write(
        row("t1"), row("t2", source=f"http://127.0.0.1:{server.server_port}/image")
    )
    assert run_import(make_project(), path).added == 1
    assert reasons(path) == [(2, "address_not_allowed")]
    assert server.asked == []


def test_the_context_verifies_names():
    context = ssl.create_default_context()
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
