"""Reads images by http(s) and from S3, where a setting allows it."""

import http.client
import socket
import ssl
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import IO, Any, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError
from typing_extensions import override

from annotate.tasks.addresses import Permit, connect, is_public
from annotate.tasks.faults import RowFault
from annotate.tasks.imaging import MAX_BYTES

SECONDS = 60.0
"""What one image may take in all; a silent peer is given up after STEP."""

STEP = 10.0
REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})
SAFE = "%/:=&?~#+!$,;'@()*[]"
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "EditJury"}


class Plain(http.client.HTTPConnection):
    """Connects to a permitted address only, never through a proxy."""

    def __init__(self, host: str, port: int | None, *, permit: Permit) -> None:
        super().__init__(host, port or self.default_port, timeout=STEP)
        self.permit = permit
        self.wire: socket.socket | None = None

    @override
    def connect(self) -> None:
        self.sock = self.wire = connect(self.host, self.port, permit=self.permit, timeout=STEP)


class Encrypted(Plain):
    """The same, with the certificate of the name that was asked for."""

    default_port = http.client.HTTPS_PORT

    @override
    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = self.wire = context.wrap_socket(self.sock, server_hostname=self.host)


class Deadline:
    """Ends a connection, whatever the peer does, after the seconds that an image may take."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds
        self.seconds = seconds
        self.is_past = threading.Event()

    @contextmanager
    def over(self, connection: Plain) -> Iterator[None]:
        """Close the connection at the end, and end what is under way on it at the deadline."""
        timer = threading.Timer(max(self.at - time.monotonic(), 0.0), self._end, [connection])
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            connection.close()

    def _end(self, connection: Plain) -> None:
        self.is_past.set()
        with suppress(OSError):
            if connection.wire is not None:
                connection.wire.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong on the network meanwhile is a fault of the row."""
        try:
            yield
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._check()
            silent = isinstance(error, TimeoutError)
            reason = "timeout" if silent else "unreachable"
            raise RowFault(reason, str(error) or type(error).__name__) from error
        self._check()

    def _check(self) -> None:
        if self.is_past.is_set():
            raise RowFault("timeout", f"not there after {self.seconds:.0f} seconds")


class Body:
    """A response's body as a file."""

    def __init__(self, response: http.client.HTTPResponse, deadline: Deadline) -> None:
        self.response = response
        self.deadline = deadline
        self.left = response.length

    def read(self, size: int) -> bytes:
        """The next bytes, empty at the end."""
        with self.deadline.told():
            chunk = self.response.read1(size)
        if self.left is not None:
            self.left -= len(chunk)
            if not chunk and self.left > 0:
                raise RowFault("truncated", f"ends {self.left} bytes early")
        return chunk


class Remote:
    """Opens http, https and s3 addresses."""

    def __init__(self, *, permit: Permit = is_public, seconds: float = SECONDS) -> None:
        self.permit = permit
        self.seconds = seconds

    @contextmanager
    def open(self, url: str) -> Iterator[IO[bytes]]:
        """The file at the address, open for reading."""
        scheme = url.partition("://")[0].lower()
        opened = {"http": self._web, "https": self._web, "s3": self._bucket}.get(scheme)
        if opened is None:
            raise RowFault("bad_scheme", f"{scheme}: accepted are http, https and s3")
        with opened(url) as file:
            yield file

    @contextmanager
    def _web(self, url: str) -> Iterator[IO[bytes]]:
        """Follows up to three redirects, each checked like the first address."""
        deadline = Deadline(self.seconds)
        for _ in range(REDIRECTS + 1):
            connection, path = self._connection(url)
            with deadline.over(connection):
                with deadline.told():
                    response = _ask(connection, path)
                with response:
                    if response.status not in MOVED:
                        yield cast("IO[bytes]", Body(_accepted(response), deadline))
                        return
                    url = urllib.parse.urljoin(url, response.headers.get("Location", ""))
        raise RowFault("too_many_redirects", f"more than {REDIRECTS}")

    def _connection(self, url: str) -> tuple[Plain, str]:
        """A connection, not yet made, for an address that is in order, and what to ask for."""
        try:
            parts = urllib.parse.urlsplit(url)
            kind = {"http": Plain, "https": Encrypted}.get(parts.scheme)
            if kind is None:
                raise RowFault("bad_scheme", f"a redirect to {parts.scheme or 'nothing'}")
            if not parts.hostname or "@" in parts.netloc:
                raise RowFault("bad_url", "a host is needed, and no login in the address")
            connection = kind(parts.hostname, parts.port, permit=self.permit)
        except (ValueError, http.client.InvalidURL) as error:
            raise RowFault("bad_url", str(error)) from error
        path = urllib.parse.quote(parts.path or "/", safe=SAFE)
        query = urllib.parse.quote(parts.query, safe=SAFE)
        return connection, f"{path}?{query}" if query else path

    @contextmanager
    def _bucket(self, url: str) -> Iterator[IO[bytes]]:
        bucket, _, key = url.partition("://")[2].partition("/")
        try:
            answer = self._s3.get_object(Bucket=bucket, Key=key)
            with answer["Body"] as body:
                yield cast("IO[bytes]", body)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            reason = "missing" if code in ("NoSuchKey", "NoSuchBucket", "404") else "unreadable"
            raise RowFault(reason, f"{url}: {code}") from error
        except ParamValidationError as error:
            raise RowFault("bad_url", f"{url}: accepted is s3://BUCKET/KEY") from error
        except BotoCoreError as error:
            raise RowFault("unreachable", f"{url}: {error}") from error

    @cached_property
    def _s3(self) -> Any:
        """The client of the operator's endpoint and credentials; proxies are ignored."""
        retries = {"max_attempts": 2}
        config = Config(connect_timeout=STEP, read_timeout=STEP, retries=retries, proxies={})
        return boto3.client("s3", config=config)


def _ask(connection: Plain, path: str) -> http.client.HTTPResponse:
    connection.request("GET", path, headers=HEADERS)
    return connection.getresponse()


def _accepted(response: http.client.HTTPResponse) -> http.client.HTTPResponse:
    """A response that holds the file itself."""
    if response.status != http.client.OK:
        raise RowFault("http_error", f"the server answers {response.status}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise RowFault("http_error", "the server sends it compressed")
    if response.length is not None and response.length > MAX_BYTES:
        raise RowFault("too_large", f"{response.length} bytes; at most {MAX_BYTES}")
    return response
