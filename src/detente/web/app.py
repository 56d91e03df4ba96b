"""The application: one place where everything that the server answers is put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from detente._version import __version__
from detente.errors import DetenteError
from detente.web import access, reconcile, yente
from detente.web.describe import complete
from detente.web.guard import Guard
from detente.web.pages.render import STATIC
from detente.web.pages.router import pages
from detente.web.problems import add_handlers
from detente.web.routes import ROUTERS
from detente.web.settings import Settings
from detente.web.workspace import Workspace

ABOUT = (
    "Sanctions relief decided by the law and the evidence: everything that the command line does. "
    "A path is a command, its options are the parameters, and the answer is what --format json "
    "prints."
)


def create_app(settings: Settings) -> FastAPI:
    """Return the application.

    Args:
        settings: what the server is told.
    """
    app = FastAPI(
        title="Detente", version=__version__, description=ABOUT,
        openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None,
        swagger_ui_oauth2_redirect_url=None, redirect_slashes=False, lifespan=_lifespan,
    )  # fmt: skip
    app.state.workspace = Workspace(settings)
    add_handlers(app)
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    app.include_router(yente.router)
    app.include_router(reconcile.router)
    room: Workspace = app.state.workspace
    app.include_router(pages(room.regime, {name: room.regime(name).name for name in room.names}))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(Guard, settings=settings)
    app.openapi = lambda: _description(app)  # type: ignore[method-assign]  # the documented way
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Note start and end in the access log, and open the lists before the first question."""
    room: Workspace = app.state.workspace
    log = room.settings.access
    if room.settings.tokens.exists() or log.exists():
        await run_in_threadpool(access.note, log, who="server", client="", what="started")
    with suppress(DetenteError):  # there are no lists yet; /readyz says so
        await run_in_threadpool(room.desk)
    yield
    if log.exists():
        with suppress(DetenteError):  # what is wrong with the log was told when it happened
            await run_in_threadpool(access.note, log, who="server", client="", what="stopped")


def _description(app: FastAPI) -> dict[str, Any]:
    """Return the description of the API, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes,
        )  # fmt: skip
        app.openapi_schema = complete(made)
    return app.openapi_schema
