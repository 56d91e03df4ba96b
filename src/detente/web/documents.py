"""Answers as documents: the JSON that the command line prints, remembered while it holds."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Callable, Coroutine
from typing import Any, Final

import msgspec
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from detente.web.workspace import Workspace

MEDIA: Final = "application/json"
_SURROGATE: Final = re.compile("[\0\ud800-\udfff]")


def document(value: object, status: int = 200) -> Response:
    """Return a value as the document that ``--format json`` prints."""
    return Response(encoded(value), status, media_type=MEDIA)


def encoded(value: object) -> bytes:
    """Return the bytes of that document."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def command(*words: str, **options: object) -> str:
    """Return the command that gives an answer, as it can be typed.

    Args:
        words: the command and its arguments.
        options: its options; None, False and empty ones are left out, several are repeated.
    """
    typed = ["detente", *words]
    for name, value in options.items():
        option = f"--{name.strip('_').replace('_', '-')}"
        for item in value if isinstance(value, tuple | list) else (value,):
            if item is True:
                typed.append(option)
            elif item is not None and item is not False:
                typed += [option, str(item)]
    return shlex.join(typed)


_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Strict(APIRoute):
    """A route that takes no parameter it does not know, and no text that cannot be written."""

    def get_route_handler(self) -> _Handler:
        """Return the handler, behind the check of what is asked."""
        inner = super().get_route_handler()
        known = _parameters(self)

        async def handler(request: Request) -> Response:
            for name in request.query_params:
                if name not in known:
                    raise HTTPException(422, _unknown(name, known))
            await check_body(request)
            return await inner(request)

        return handler


class Remembered(Strict):
    """A route whose answers depend on nothing but the request, the lists and what is recorded."""

    def get_route_handler(self) -> _Handler:
        """Return the handler, behind the answers that are remembered."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            room: Workspace = request.app.state.workspace
            key = request.scope["raw_path"] + b"?" + request.scope["query_string"]
            stamp = room.stamp()
            body = room.remembered(key, stamp)
            if body is None:
                response = await inner(request)
                if response.status_code != 200:
                    return response
                body = bytes(response.body)
                room.remember(key, stamp, body)
            tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
            headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
            if request.headers.get("if-none-match") == tag:
                return Response(None, 304, headers)
            return Response(body, 200, headers, MEDIA)

        return handler


async def check_body(request: Request) -> None:
    """Refuse a JSON body that is no strict JSON, or holds text that no file could.

    Raises:
        HTTPException: it does.
    """
    if "json" not in request.headers.get("content-type", "") or request.method != "POST":
        return
    if "ndjson" in request.headers["content-type"]:
        return
    body = await request.body()
    if not body.strip():
        return
    try:
        found = msgspec.json.decode(body)
        wrong = _SURROGATE.search(msgspec.json.encode(found).decode())
        if wrong or rb"\u0000" in msgspec.json.encode(found):
            raise ValueError("a text holds the character NUL")
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"the body is no JSON ({error}); mend it") from None


def _parameters(route: APIRoute) -> frozenset[str]:
    """The names of a route's query parameters, with those of what it depends on."""
    waiting, found = [route.dependant], set[str]()
    while waiting:
        part = waiting.pop()
        found |= {field.alias for field in part.query_params}
        waiting += part.dependencies
    return frozenset(found)


def _unknown(name: str, known: frozenset[str]) -> str:
    from detente.errors import nearest

    advice = nearest(name, known) if known else "this takes none"
    return f"no parameter is called {name[:60]!r}; {advice}"
