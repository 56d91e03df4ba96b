"""A real HTTPS server on this machine that answers as a test tells it to."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import trustme

Reply = Callable[["Handler"], None]


class Asked(NamedTuple):
    """A request that came in."""

    path: str
    headers: Message


class Handler(BaseHTTPRequestHandler):
    """Gives each path its replies in turn; the last one again and again."""

    server: "Server"

    def do_GET(self) -> None:
        """Answer as told."""
        self.server.asked.append(Asked(self.path, self.headers))
        replies = self.server.replies[self.path.partition("?")[0]]
        (replies.pop(0) if len(replies) > 1 else replies[0])(self)

    def do_CONNECT(self) -> None:
        """Refuse, as a proxy."""
        self.server.asked.append(Asked(self.path, self.headers))
        reply(403)(self)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Remembers what it was asked."""

    daemon_threads = False  # so that closing waits for them

    def __init__(self, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.replies: dict[str, list[Reply]] = {}
        self.ended = threading.Event()
        self.scheme = "http" if context is None else "https"
        if context is not None:
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def address(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}{path}"

    def tells(self, path: str, *replies: Reply) -> str:
        """Set the replies of a path and return its address."""
        self.replies[path] = list(replies)
        return self.address(path)

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients that break off are what is tested."""


@contextmanager
def serving(certificate: trustme.LeafCert | None) -> Iterator[Server]:
    """Run a server in a thread; without a certificate it speaks plain HTTP."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
    with Server(context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


def reply(status: int, body: bytes = b"", length: int | None = -1, /, **headers: str) -> Reply:
    """Answer at once.

    Args:
        status: the status.
        body: the body.
        length: the Content-Length; -1 for the true one, None for none.
        headers: further headers, written with underscores.
    """
    lines = [f"HTTP/1.1 {status} X", "Connection: close"]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length < 0 else length}")
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return lambda handler: _write(handler, head + body)


def _write(handler: Handler, data: bytes) -> None:
    handler.wfile.write(data)


def remembering(body: bytes, **headers: str) -> Reply:
    """Answer 304 where a condition names one of the headers, else 200 with the body."""
    told = {headers.get("ETag"), headers.get("Last_Modified")} - {None}

    def answer(handler: Handler) -> None:
        asked = {handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]}
        (reply(304) if asked & told else reply(200, body, **headers))(handler)

    return answer


def silent(handler: Handler) -> None:
    """Never answer."""
    handler.server.ended.wait()


def dripping(start: bytes) -> Reply:
    """Send ``start``, then a byte at a time, and never come to an end."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(start)
        while not handler.server.ended.wait(0.005):
            handler.wfile.write(b"x")

    return answer
