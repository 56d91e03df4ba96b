"""One file over HTTPS: asked for, followed, received within limits, or said why not.

Servers are not trusted: every certificate is checked, no hop leaves https, nothing larger than the
limit is kept in memory, also once unpacked, and a transfer ends when its time is over however
slowly the server speaks.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, Final, NamedTuple

import httpx2
import msgspec

from detente.errors import DetenteError
from detente.lists.addresses import File, shown
from detente.lists.deadline import Deadline

Progress = Callable[[str, int, int | None], None]
"""Told of each piece received: the address without its query, bytes so far, bytes in all."""

_LATER: Final = "run the command again later"
_MOVED: Final = "if it has moved, give its new address with --addresses"
_TRANSIENT: Final = frozenset({429, 500, 502, 503, 504})
_PAGES: Final = ("text/html", "application/xhtml+xml")
_ENCODINGS: Final = ("", "identity", "gzip", "x-gzip")


class FetchError(DetenteError):
    """A file could not be fetched, and nothing of its list was taken."""

    def __init__(self, address: str, what: str, advice: str) -> None:
        """Say what and where in one line.

        Args:
            address: the file's address; its query is left out.
            what: what went wrong.
            advice: what to do.
        """
        stays = "what was imported before stays in force"
        super().__init__(f"{shown(address)}: {what}; {advice}; {stays}")


class Transient(Exception):  # noqa: N818 - a state of the server, told to the retries only
    """What may be over on the next attempt."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        """Say what went wrong, and how many seconds the server asks to wait."""
        super().__init__(what)
        self.wait = wait


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much and how long; times in seconds.

    Attributes:
        size: bytes of one file, as sent and as unpacked.
        connect: to reach the server.
        read: between two pieces of an answer.
        total: for one attempt at one file, with its redirects.
        redirects: followed at most.
        attempts: at one file.
        wait_first: before the second attempt; doubled before each further one.
        wait_most: between two attempts.
        wait_jitter: up to so much is added by chance, so that clients do not come in step.
        wait_asked: the longest ``Retry-After`` that is waited for.
    """

    size: int = 512 * 1024 * 1024
    connect: float = 15.0
    read: float = 60.0
    total: float = 900.0
    redirects: int = 5
    attempts: int = 4
    wait_first: float = 1.0
    wait_most: float = 30.0
    wait_jitter: float = 1.0
    wait_asked: float = 120.0


class Answer(NamedTuple):
    """What a server said of a file.

    Attributes:
        status: 200, 304 (unchanged) or 404 (for an optional file).
        data: the file; empty unless 200.
        etag: its ``ETag``.
        modified: its ``Last-Modified``.
    """

    status: int
    data: bytes = b""
    etag: str | None = None
    modified: str | None = None


def transfer(
    client: httpx2.Client,
    file: File,
    conditions: Mapping[str, str],
    limits: Limits,
    progress: Progress | None,
) -> Answer:
    """Make one attempt at one file.

    Args:
        client: must follow no redirects and keep no connection open.
        file: what to ask for.
        conditions: the conditional request headers; may be empty.
        limits: how much and how long.
        progress: told of each piece.

    Raises:
        FetchError: the file cannot be had.
        Transient: it may be had on another attempt.
    """
    deadline = Deadline(limits.total)
    slow = f"it took longer than {limits.total:g} seconds"
    try:
        with deadline, _opened(client, file, conditions, limits, deadline.watch) as response:
            answer = _judged(file, response, bool(conditions), limits)
            if answer.status == 200:
                answer = answer._replace(data=_received(file, response, limits, progress))
    except (httpx2.HTTPError, httpx2.InvalidURL, Transient, FetchError) as error:
        if deadline.over:
            raise FetchError(file.address, slow, _LATER) from None
        raise _told(file, error, limits) from None
    if deadline.over:  # a connection that was cut off may look like one that came to its end
        raise FetchError(file.address, slow, _LATER)
    return answer


@contextmanager
def _opened(
    client: httpx2.Client,
    file: File,
    conditions: Mapping[str, str],
    limits: Limits,
    watch: Callable[[str, Mapping[str, Any]], None],
) -> Iterator[httpx2.Response]:
    """Ask, and follow redirects; the body is not read yet."""
    request = client.build_request(
        "GET", file.address, headers=conditions, extensions={"trace": watch}
    )
    for _ in range(limits.redirects + 1):
        if request.url.scheme != "https":
            what = f"it leads to {shown(str(request.url))}, which is not https"
            raise FetchError(file.address, what, _MOVED)
        response = client.send(request, stream=True)
        try:
            if response.next_request is None:
                yield response
                return
        finally:
            response.close()
        request = response.next_request
    what = f"it redirects more than {limits.redirects} times"
    raise FetchError(file.address, what, _MOVED)


def _judged(file: File, response: httpx2.Response, conditional: bool, limits: Limits) -> Answer:
    """Return the answer without its data, or say why it is none."""
    status, headers = response.status_code, response.headers
    if status in _TRANSIENT:
        raise Transient(f"the server answered {status}", _asked_wait(file, headers, limits))
    if (status == 304 and conditional) or (status == 404 and file.optional):
        return Answer(status)
    if status != 200:
        raise FetchError(file.address, f"the server answered {status}", _MOVED)
    if headers.get("content-type", "").partition(";")[0].strip().lower() in _PAGES:
        raise FetchError(file.address, "the server answered with a web page", _MOVED)
    if headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        what = "the server packed it in a way that was not asked for"
        raise FetchError(file.address, what, _LATER)
    return Answer(status, etag=_kept(headers, "etag"), modified=_kept(headers, "last-modified"))


def _kept(headers: httpx2.Headers, name: str) -> str | None:
    """Return what can be sent back to the server later, word for word."""
    value = headers.get(name)
    return value if value and value.isascii() and value.isprintable() else None


def _asked_wait(file: File, headers: httpx2.Headers, limits: Limits) -> float | None:
    """Return the seconds of ``Retry-After``; a day is measured from the server's own clock."""
    said = headers.get("retry-after", "").strip()
    wait: float | None = None
    if said.isascii() and said.isdigit():
        wait = float(said[:9])
    elif said:
        with suppress(ValueError, TypeError, OverflowError):
            until = parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("date", ""))
            wait = max(until / timedelta(seconds=1), 0.0)
    if wait is not None and wait > limits.wait_asked:
        what = f"the server asks to wait {wait:.0f} seconds"
        raise FetchError(file.address, what, "run the command again after that")
    return wait


def _received(
    file: File, response: httpx2.Response, limits: Limits, progress: Progress | None
) -> bytes:
    """Read the body, within the limit as sent and as unpacked."""
    large = FetchError(
        file.address, f"it is larger than {limits.size} bytes",
        "do not trust this server unless the issuer announced so large a file",
    )  # fmt: skip
    length = response.headers.get("content-length", "")
    total = int(length[:20]) if length.isascii() and length.isdigit() else None
    if total is not None and total > limits.size:
        raise large
    packed = response.headers.get("content-encoding", "").strip().lower().endswith("gzip")
    unpack = zlib.decompressobj(wbits=31) if packed else None
    sink, received = BytesIO(), 0
    for piece in response.iter_raw():
        received += len(piece)
        room = limits.size - sink.tell()
        plain = piece if unpack is None else _unpacked(unpack, piece, room + 1)
        if received > limits.size or len(plain) > room:
            raise large
        sink.write(plain)
        if progress is not None:
            progress(shown(file.address), received, total)
    if unpack is not None and (not unpack.eof or unpack.unused_data):
        raise Transient("its packed form is not whole")
    return sink.getvalue()


def _unpacked(unpack: Any, piece: bytes, most: int) -> bytes:
    try:
        return bytes(unpack.decompress(piece, most))
    except zlib.error:
        raise Transient("its packed form is broken") from None


def _told(file: File, error: Exception, limits: Limits) -> Exception:
    """Return what went wrong in our words."""
    if isinstance(error, (Transient, FetchError)):
        return error
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            what = f"its certificate is not trusted ({cause.verify_message.rstrip('.')})"
            advice = "for a mirror with an authority of its own, name a ca_file in --addresses"
            return FetchError(file.address, what, advice)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.ConnectTimeout):
        return Transient(f"it could not be reached within {limits.connect:g} seconds")
    if isinstance(error, httpx2.TimeoutException):
        return Transient(f"the server was silent for {limits.read:g} seconds")
    if isinstance(error, httpx2.ConnectError):
        return Transient("it could not be reached")
    if isinstance(error, (httpx2.NetworkError, httpx2.RemoteProtocolError)):
        return Transient("the connection broke off")
    if isinstance(error, httpx2.ProxyError):
        return FetchError(file.address, "the proxy refused", "check HTTPS_PROXY and NO_PROXY")
    return FetchError(file.address, "the address cannot be used", _MOVED)
