"""Rendering of pages: the site, the templates, and what goes wrong, told in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, Final

import msgspec
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from detente._version import __version__
from detente.errors import DetenteError, UnknownIdError
from detente.law.regime import Regime
from detente.web.pages.views import missing_of, signs

STATIC: Final = Path(__file__).parent.parent / "static"
"""The style sheet and the script of the pages."""

_FOOTER: Final = (
    f"Detente {__version__}. It takes no side: letter and spirit are two answers, every estimate "
    "is a range, and unknown is never silently false."
)


class Site(msgspec.Struct, frozen=True):
    """What all pages share.

    Attributes:
        regime_of: gives a regime by its name, loaded once.
        names: the regimes that are shown, with their full names.
        nav: the addresses in the head of each page, with their names.
    """

    regime_of: Callable[[str], Regime]
    names: Mapping[str, str]
    nav: Sequence[tuple[str, str]]

    def regime(self, name: str) -> Regime:
        """Return a regime that is shown.

        Raises:
            UnknownIdError: it is not; a path is no name, so nobody reads files through a page.
        """
        if name not in self.names:
            raise UnknownIdError("regime", name, self.names)
        return self.regime_of(name)


def plain(name: str, what: str) -> str:
    """Return the name of an offer or a brief.

    Raises:
        UnknownIdError: it is a path; nobody reads files through a page.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        raise UnknownIdError(what, name, ())
    return name


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("detente.web.pages"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def answered(
    request: Request, site: Site, template: str, part: str, *, status: int = 200, **data: Any
) -> HTMLResponse:
    """Return a page, or only its part that answers, where the script asks for that."""
    chosen = part if request.headers.get("x-part") else template
    text = _templates().get_template(chosen).render(
        nav=site.nav, here=request.url.path, signs=signs(), missing=missing_of, footer=_FOOTER,
        **data,
    )  # fmt: skip
    return HTMLResponse(text, status_code=status)


def told(site: Site) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Let a route say in a line what is wrong with what it was asked."""

    def wrap(route: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(route)
        def safe(request: Request, **path: str) -> Response:
            try:
                return route(request, **path)
            except DetenteError as error:
                status = 404 if isinstance(error, UnknownIdError) else 400
                return answered(
                    request, site, "error.html", "error_part.html",
                    status=status, said=str(error), title="Not answered",
                )  # fmt: skip

        return safe

    return wrap


def query(request: Request) -> dict[str, list[str]]:
    """Return the values of each name in the query."""
    params = request.query_params
    return {name: params.getlist(name) for name in params}
