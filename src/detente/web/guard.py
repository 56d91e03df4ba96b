"""What stands before every request: names, sizes, rates, tokens; and every answer's headers."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, Final

from fastapi import HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams

from detente.errors import DetenteError
from detente.web import access
from detente.web.problems import problem
from detente.web.rates import Buckets
from detente.web.tokens import Keeper, Role, Token

if TYPE_CHECKING:
    from fastapi import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from detente.web.settings import Settings

POLICY: Final = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""The content-security policy: nothing from elsewhere, nothing inline, no frame around it."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""The headers of every answer."""

_LOG: Final = logging.getLogger("detente.web")


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Stand before an application."""
        self.app, self.settings = app, settings
        self.keeper = Keeper(settings.tokens)
        self.rates = Buckets(settings.rate, settings.burst)
        self.denials = Buckets(settings.denials / 60, settings.denials)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client = (scope.get("client") or ("",))[0]
        refused = self._shape(scope) or self._often(client)
        if refused is None:
            refused = await self._who(scope, client)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        told: list[int] = []
        await self.app(scope, self._bounded(receive), _with_headers(send, told))
        if scope["state"]["logged"]:
            await self._note(scope, client, told[0] if told else 0)

    def _shape(self, scope: Scope) -> Response | None:
        """Refuse what is not meant for this server, or is out of shape."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        name = host.partition("]")[0].lstrip("[") if host[:1] == "[" else host.partition(":")[0]
        if name not in self.settings.names:
            return problem(421, "this server has another name; see --name of detente serve")
        target = scope["raw_path"] + b"?" + scope["query_string"]
        if len(target) > self.settings.max_url:
            return problem(414, f"the address is longer than {self.settings.max_url} bytes")
        if b"%00" in target or "\0" in scope["path"]:
            return problem(400, "the address holds the character NUL; remove it")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 12:
            return problem(400, "the Content-Length is no number")
        if int(length) > self.settings.max_body:
            return self._too_large()
        return None

    def _too_large(self) -> Response:
        return problem(413, f"the body is larger than {self.settings.max_body} bytes; send less")

    def _often(self, client: str) -> Response | None:
        wait = self.rates.take(client, time.monotonic())
        if not wait:
            return None
        return problem(429, "too many requests; wait a moment", {"Retry-After": f"{wait:.0f}"})

    async def _who(self, scope: Scope, client: str) -> Response | None:
        """Find out who asks, and whether they may."""
        role = access.needed(scope["method"], scope["path"])
        state: dict[str, Any] = scope.setdefault("state", {})
        state |= {"who": "anybody", "logged": False}
        if role is None:
            return None
        text = _brought(scope)
        free: Role | None = None if self.settings.need_token else "screen"
        if text is None and free is not None and access.allows(free, role):
            return None
        if self.denials.level(client, time.monotonic()) < 1:
            return problem(429, "too many requests without access; wait", {"Retry-After": "60"})
        try:
            token = await run_in_threadpool(self.keeper.token, text) if text else None
        except DetenteError as error:
            return problem(503, str(error))
        if token is not None and access.allows(token.role, role):
            state |= {"who": f"{token.id} {token.name}", "logged": role in ("record", "administer")}
            return None
        self.denials.take(client, time.monotonic())
        return await self._denied(scope, client, token, role)

    async def _denied(self, scope: Scope, client: str, token: Token | None, role: Role) -> Response:
        status = 401 if token is None else 403
        if token is not None:
            scope["state"]["who"] = f"{token.id} {token.name}"
        await self._note(scope, client, status)
        if status == 403:
            return problem(403, f"this needs a token with the role {role}")
        advice = "make one with detente tokens new, and send it as Authorization: Bearer TOKEN"
        return problem(401, f"this needs a token with the role {role}; {advice}",
                       {"WWW-Authenticate": 'Bearer realm="detente"'})  # fmt: skip

    async def _note(self, scope: Scope, client: str, status: int) -> None:
        """Add a request to the access log; what cannot be logged is told in the server's own."""
        what = f"{scope['method']} {scope['path']}"
        what = "".join(char if char.isprintable() else "?" for char in what)
        try:
            await run_in_threadpool(
                access.note, self.settings.access, who=scope["state"]["who"], client=client,
                what=what, status=status,
            )  # fmt: skip
        except DetenteError as error:
            _LOG.error("the access log: %s", error)

    def _bounded(self, receive: Receive) -> Receive:
        """Stop reading a body that is longer than it said."""
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.settings.max_body:
                raise HTTPException(413, f"the body is larger than {self.settings.max_body} bytes")
            return message

        return bounded


def _brought(scope: Scope) -> str | None:
    """The token that a request brings; reconciling programs can only put it into the address."""
    text = Headers(scope=scope).get("authorization")
    if text is not None:
        return text.partition(" ")[2].strip() or "none"
    if scope["path"].startswith("/reconcile"):
        return QueryParams(scope["query_string"]).get("api_key")
    return None


def _with_headers(send: Send, told: list[int] | None = None) -> Send:
    """Add the headers of every answer, and note its status."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            if told is not None:
                told.append(message["status"])
        await send(message)

    return sending
