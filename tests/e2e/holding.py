"""A proxy before the site that holds image requests until they are let go."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from urllib.parse import urlsplit

from tests.e2e.site import Site

PATIENCE = 60
IMAGES = "/i/"
NOT_FORWARDED = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Held:
    """The image requests that wait, and what was seen of all of them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.asked: list[str] = []
        self.most = 0
        self.is_open = False
        self._waiting: list[str] = []
        self._changed = Condition()

    def pass_through(self, path: str) -> None:
        """Return when the request may go on."""
        with self._changed:
            self.asked.append(path)
            self._waiting.append(path)
            self.most = max(self.most, len(self._waiting))
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.is_open or path not in self._waiting)
            if path in self._waiting:
                self._waiting.remove(path)

    def let_go(self, count: int = 1) -> None:
        """Let so many requests through, one after the other as they come."""
        for _ in range(count):
            with self._changed:
                assert self._changed.wait_for(lambda: self._waiting, PATIENCE), self.asked
                self._waiting.pop(0)
                self._changed.notify_all()

    def open(self) -> None:
        """Hold nothing any more."""
        with self._changed:
            self.is_open = True
            self._changed.notify_all()


class Handler(BaseHTTPRequestHandler):
    """Passes a request on to the site and its answer back."""

    protocol_version = "HTTP/1.1"
    held: Held

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""

    def do_any(self) -> None:
        """Whatever the method is."""
        if self.path.startswith(IMAGES):
            self.held.pass_through(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        there = HTTPConnection(urlsplit(self.held.site.url).netloc, timeout=PATIENCE)
        try:
            there.request(self.command, self.path, body or None, dict(self.headers.items()))
            answer = there.getresponse()
            content = answer.read()
        finally:
            there.close()
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in NOT_FORWARDED:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_any  # noqa: N815 - the base's names


@contextmanager
def holding(site: Site) -> Iterator[tuple[Site, Held]]:
    """The site behind the proxy, and what it holds."""
    held = Held(site)
    handler = type("Bound", (Handler,), {"held": held})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    server.daemon_threads = True
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        yield Site(url, site.folder, site.environment), held
    finally:
        held.open()
        server.shutdown()
        thread.join()
        server.server_close()
