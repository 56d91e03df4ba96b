"""The routes of the pages that are made for reading law: the map, the board, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request, Response

from detente import api
from detente.days import day_of
from detente.law.regime import Regime
from detente.offers.load import names as offers_of
from detente.web.pages.documents import documents
from detente.web.pages.render import Site, answered, plain, query, told
from detente.web.pages.scenario import scenario
from detente.web.pages.views import board_of, map_of, nearest_of


def pages(regime_of: Callable[[str], Regime], names: Mapping[str, str]) -> APIRouter:
    """Return the routes of all pages.

    Args:
        regime_of: gives a regime by its name, loaded once.
        names: the regimes that are shown, with their full names.
    """
    nav = [(f"/map/{name}", name) for name in names]
    for name in names:
        nav += [(f"/assess/{name}/{offer}", offer) for offer in offers_of(regime_of(name))]
    first = next(iter(names))
    nav += [(f"/precedents/{first}", "precedents"), (f"/exposure/{first}", "pressure")]
    site = Site(regime_of, names, nav)
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    @told(site)
    def start(request: Request) -> Response:
        return show_map(request, name=first)

    @router.get("/map/{name}")
    @told(site)
    def show_map(request: Request, name: str) -> Response:
        regime = site.regime(name)
        day = day_of(request.query_params.get("as_of") or None) or regime.reference_date
        view = map_of(regime, api.evidence_of(regime), day)
        at = max(0, bisect_right(view["days"], day.isoformat()) - 1)
        return answered(
            request, site, "map.html", "map_answer.html",
            title=regime.name, regime=regime, view=view, at=at,
        )  # fmt: skip

    @router.get("/assess/{name}/{offer}")
    @told(site)
    def board(request: Request, name: str, offer: str) -> Response:
        regime = site.regime(name)
        found = api.offer(regime, plain(offer, "offer"))
        made = scenario(regime, found, query(request))
        view = board_of(regime, api.evidence_of(regime), found, made)
        response = answered(
            request, site, "board.html", "board_answer.html",
            title=found.name, regime=regime, offer=found, view=view,
        )  # fmt: skip
        response.headers["x-scenario"] = made.query()
        return response

    @router.get("/nearest/{name}/{offer}")
    @told(site)
    def nearest(request: Request, name: str, offer: str) -> Response:
        regime = site.regime(name)
        found = api.offer(regime, plain(offer, "offer"))
        made = scenario(regime, found, query(request))
        near = nearest_of(regime, api.evidence_of(regime), found, made)
        return answered(
            request, site, "nearest_page.html", "nearest.html",
            title="Nearest lawful packages", regime=regime, offer=found, nearest=near,
            query=made.query(),
        )  # fmt: skip

    @router.get("/why/{name}/{measure}")
    @told(site)
    def why(request: Request, name: str, measure: str) -> Response:
        regime = site.regime(name)
        day = day_of(request.query_params.get("as_of") or None)
        found = api.why(regime, measure, as_of=day, command="detente serve")
        return answered(
            request, site, "why.html", "why.html",
            title=measure, regime=regime, told=found, day=found.as_of,
            measure=regime.measures[measure], citation=regime.citation_of(measure),
        )  # fmt: skip

    router.include_router(documents(site))
    return router
