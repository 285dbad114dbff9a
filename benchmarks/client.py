"""A small HTTP/1.1 client for closed-loop annotators: one kept connection, cookies, CSRF."""

import asyncio
import json
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PASSWORD = "benchmark-of-annotators"  # noqa: S105 - of a cluster that lives for one run


class Annotator:
    """One browser's worth of HTTP: logs in, claims, drafts, submits."""

    def __init__(self, port: int, instance: str) -> None:
        self.port = [port]  # shared with twins, who move with it
        self.csrf_name = f"editjury-{instance}-csrf"
        self.cookies: dict[str, str] = {}
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    def twin(self) -> "Annotator":
        """The same session over another connection."""
        other = Annotator(0, "")
        other.port, other.csrf_name, other.cookies = self.port, self.csrf_name, self.cookies
        return other

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.reader is None or self.writer is None or self.reader.at_eof():
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port[0])
        return self.reader, self.writer

    async def close(self) -> None:
        """Close the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """One request; its status and body."""
        reader, writer = await self._connect()
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port[0]}",
            f"Cookie: {'; '.join(f'{k}={v}' for k, v in self.cookies.items())}",
            f"X-CSRFToken: {self.cookies.get(self.csrf_name, '')}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
        ]
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        length, chunked = 0, False
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "transfer-encoding":
                chunked = True
            elif name.lower() == "set-cookie":
                self.cookies.update({k: m.value for k, m in SimpleCookie(value).items()})
        return status, await (self._chunks(reader) if chunked else reader.readexactly(length))

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return body

    async def log_in(self, username: str, password: str) -> None:
        """Log in through the login page, as a browser would."""
        _, page = await self.send("GET", "/accounts/login/", kind="text/html")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("the login page has no CSRF token")
        form = {
            "login": username,
            "password": password,
            "csrfmiddlewaretoken": token[1].decode(),
        }
        status, page = await self.send(
            "POST",
            "/accounts/login/",
            urlencode(form).encode(),
            "application/x-www-form-urlencoded",
        )
        if status != 302:
            raise RuntimeError(f"login of {username}: {status}")

    async def call(self, method: str, path: str, document: Any) -> tuple[int, Any]:
        """One API call with a JSON body; its status and JSON answer."""
        status, body = await self.send(method, f"/api/v1/{path}", json.dumps(document).encode())
        return status, json.loads(body) if body else None
