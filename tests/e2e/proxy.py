"""A bad network: a proxy that cuts, delays, loses answers, and answers in the server's place."""

import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Self

FAULTS = ("cut", "lost answer", "slow", "500", "401", "409")
DRAFT_FAULTS = (*FAULTS, "merge", "clash")
HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
PATIENCE = 60.0


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Weather:
    """Which fault meets which request; drafts that the server has, to contradict them."""

    def __init__(self, seed: int, share: float, longest: float) -> None:
        self._draw = Random(seed)  # noqa: S311 - a repeatable storm
        self._lock = threading.Lock()
        self.share = share
        self.longest = longest
        self.met: Counter[str] = Counter()
        self._decks: dict[tuple[str, ...], list[str]] = {}
        self.drafts: dict[str, dict[str, Any]] = {}

    def fault(self, method: str, path: str) -> tuple[str, float]:
        """The fault of one request, or "", and how long it is held up."""
        is_ours = method != "GET" and path.startswith("/api/v1/")
        with self._lock:
            if not is_ours or self._draw.random() >= self.share:
                return "", 0.0
            fault = self._deal(DRAFT_FAULTS if path.endswith("/draft") else FAULTS)
            delay = self._draw.uniform(0, self.longest)
            self.met[fault] += 1
            return fault, delay

    def _deal(self, faults: tuple[str, ...]) -> str:
        """The next fault of a shuffled deck, so that each kind comes up."""
        deck = self._decks.setdefault(faults, [])
        if not deck:
            deck += self._draw.sample(faults, len(faults))
        return deck.pop()

    def foreign(self, path: str, body: bytes, *, clash: bool) -> bytes | None:
        """The draft of another window of the same annotator, sent a moment before this one."""
        sent = json.loads(body)
        held = self.drafts.get(path, {}).get("ratings", [])
        known = {(rating["label"], rating["dimension"]) for rating in held}
        fresh = [
            rating
            for rating in sent["answers"]["ratings"]
            if (rating["label"], rating["dimension"]) not in known
        ]
        if clash and not fresh:
            return None
        added = [fresh[0] | {"value": fresh[0]["value"] % 4 + 1}] if clash else []
        answers = {"ratings": [*held, *added], "comment": "" if clash else "from elsewhere"}
        return json.dumps({"revision": sent["revision"] + 1, "answers": answers}).encode()

    def note(self, method: str, path: str, body: bytes, answer: Answer) -> None:
        """Remember the drafts that the server took."""
        if method == "PUT" and path.endswith("/draft") and answer.status == 200:
            self.drafts[path] = json.loads(body)["answers"]


class Handler(BaseHTTPRequestHandler):
    """One request on its way."""

    protocol_version = "HTTP/1.1"
    server: "FaultyProxy"

    def relay(self) -> None:
        """Pass it on, or not."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.close_connection = True
        weather = self.server.weather
        fault, delay = weather.fault(self.command, self.path)
        time.sleep(delay)
        if fault in ("500", "401", "409"):
            return self.answer(self.made_up(int(fault)))
        if fault in ("merge", "clash"):
            other = weather.foreign(self.path, body, clash=fault == "clash")
            if other is not None:
                self.forward(other)
        if fault == "cut":
            return None
        answer = self.forward(body)
        if answer is None or fault == "lost answer":
            return None
        return self.answer(answer)

    def forward(self, body: bytes) -> Answer | None:
        """What the server says; None where it is not there."""
        host, port = self.server.target
        connection = HTTPConnection(host, port, timeout=PATIENCE)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        if body or self.command != "GET":
            headers["Content-Length"] = str(len(body))
        try:
            connection.request(self.command, self.path, body or None, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        self.server.weather.note(self.command, self.path, body, answer)
        return answer

    def made_up(self, status: int) -> Answer:
        """A refusal that the server never gave."""
        problem: Mapping[str, Any] = {"status": status, "title": "Storm", "code": f"storm_{status}"}
        kind = [("Content-Type", "application/problem+json")]
        return Answer(status, kind, json.dumps(problem).encode())

    def answer(self, answer: Answer) -> None:
        """Give an answer to the browser, which may be gone."""
        try:
            self.send_response_only(answer.status)
            for name, value in answer.headers:
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
    setattr(Handler, f"do_{method}", Handler.relay)


class FaultyProxy(ThreadingHTTPServer):
    """The proxy before a server, for as long as the context is open."""

    daemon_threads = True

    def __init__(self, target: tuple[str, int], weather: Weather) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = target
        self.weather = weather
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
