"""Errors as problem details (RFC 9457): what is wrong, where, and what to do, in one line."""

from __future__ import annotations

import http
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from detente.errors import DataError, DetenteError, UnknownIdError
from detente.evidence.durable import LedgerError

MEDIA: Final = "application/problem+json"
MESSAGE: Final = 2000
"""Characters of a message at most, whatever a request put into it."""

_LOG: Final = logging.getLogger("detente.web")


class MissingError(DetenteError, LookupError):
    """The server holds nothing of what a request is about."""


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem as a response.

    Args:
        status: of HTTP.
        detail: what is wrong and what to do.
        headers: further headers.
        more: further members.
    """
    body = {
        "type": "about:blank", "title": http.HTTPStatus(status).phrase, "status": status,
        "detail": one_line(detail), **more,
    }  # fmt: skip
    return Response(msgspec.json.encode(body), status, dict(headers or {}), MEDIA)


def one_line(text: str) -> str:
    """Return a message on one line that speaks to no terminal."""
    line = " ".join(text.split())
    safe = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)
    if len(safe) > MESSAGE:
        safe = f"{safe[: MESSAGE // 2]} ... {safe[-MESSAGE // 2 :]}"
    return safe


def status_of(error: DetenteError) -> int:
    """Return the status of HTTP that fits an error."""
    if isinstance(error, UnknownIdError | MissingError):
        return 404
    if isinstance(error, LedgerError):
        return 409
    return 422 if isinstance(error, DataError) else 400


def told(error: DetenteError) -> Response:
    """Return an error of ours as a problem, with everything that is wrong in a document."""
    if isinstance(error, DataError):
        rows = [row._asdict() for row in error.problems[:100]]
        return problem(422, str(error), problems=rows)
    return problem(status_of(error), str(error))


def add_handlers(app: FastAPI) -> None:
    """Let every error of an application leave it as a problem."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, DetenteError)
        return told(error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem(422, _first(error.errors()))

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return problem(error.status_code, str(error.detail), error.headers)

    async def unforeseen(request: Request, error: Exception) -> Response:
        _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(500, "the server failed to answer; its own log says more")

    app.add_exception_handler(DetenteError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, unforeseen)


def _first(errors: Sequence[Any]) -> str:
    """The first thing that does not fit, and how many more there are."""
    if not errors:
        return "the request does not fit; see the description of the API"
    where = ".".join(str(part) for part in errors[0].get("loc", ()))
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{where}: {errors[0].get('msg', 'does not fit')}{more}; see the description of the API"
