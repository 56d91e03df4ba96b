"""The pages that the command line shows too: talks, precedents, claims and pressure.

They are the same pages, from the same objects; only the renderer is another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from markupsafe import Markup, escape

from detente import api, economics, negotiations
from detente.errors import UsageError
from detente.report.page import Page
from detente.web.pages.render import Site, answered, plain, told

Field = dict[str, Any]
_LIMITS: Final = (
    ("budget", "USD million a year, at most", 500.0, 5000.0, 10.0),
    ("harm", "points of humanitarian harm, at most", 4.0, 40.0, 1.0),
    ("escalation", "points of escalation, at most", 6.0, 60.0, 1.0),
)
"""The limits of a plan: name, label, default, most, step."""


def documents(site: Site) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(include_in_schema=False)

    def shown(request: Request, page: Page, title: str, **data: Any) -> Response:
        whole = {"tabs": (), "fields": (), "chart": None, "linked": escape} | data
        return answered(
            request, site, "page.html", "page_body.html", page=page, title=title, **whole
        )

    @router.get("/gap/{name}/{offer}")
    @told(site)
    def gap(request: Request, name: str, offer: str) -> Response:
        from detente.report.gap import gap_page

        regime, found = site.regime(name), plain(offer, "offer")
        reading = request.query_params.get("reading") or None
        result = negotiations.gap(regime, found, reading=reading, command="detente serve")
        readings = list(api.offer(regime, found).readings)
        return shown(
            request, gap_page(result, regime), "The perception gap", tabs=_tabs(name, found),
            fields=[_choice("reading", "The ask, read as", readings, result.reading)],
            chart={"src": f"/chart/gap/{name}/{found}.svg?reading={result.reading}",
                   "alt": "Asked and given by every ruler, as bars; the numbers stand below."},
        )  # fmt: skip

    @router.get("/bridge/{name}/{offer}")
    @told(site)
    def bridge(request: Request, name: str, offer: str) -> Response:
        from detente.report.bridge import bridge_page

        regime, found = site.regime(name), plain(offer, "offer")
        side: Any = request.query_params.get("for") or None
        if side not in (None, "sender", "target"):
            raise UsageError(f"for is {side!r}; it is sender or target")
        result = negotiations.bridge(regime, found, side=side, command="detente serve")
        chart = None
        if result.bargain is not None:
            chart = {
                "src": f"/chart/bridge/{name}/{found}.svg",
                "alt": "Every package by its value to both sides; the points stand below.",
            }
        return shown(
            request, bridge_page(result, regime), "Lawful bridges", tabs=_tabs(name, found),
            fields=[_choice("for", "Best for", ["", "sender", "target"], side or "")],
            chart=chart,
        )  # fmt: skip

    @router.get("/similar/{name}/{offer}")
    @told(site)
    def similar(request: Request, name: str, offer: str) -> Response:
        from detente.report.precedents import similar_page

        regime, found = site.regime(name), plain(offer, "offer")
        known = [negotiations.precedents(site.regime(n)) for n in site.names]
        fullest = max(known, key=lambda item: len(item.cases))
        result = negotiations.similar(regime, found, fullest)
        return shown(
            request, similar_page(result), "Earlier deals", tabs=_tabs(name, found),
            linked=lambda cell: _to(f"/precedents/{fullest.regime}/{cell}", cell),
        )  # fmt: skip

    @router.get("/precedents/{name}")
    @told(site)
    def precedents(request: Request, name: str) -> Response:
        from detente.report.precedents import list_page

        result = negotiations.precedents(site.regime(name))
        return shown(
            request, list_page(result), "Precedents", tabs=_cases(name),
            linked=lambda cell: _to(f"/precedents/{name}/{cell}", cell),
        )  # fmt: skip

    @router.get("/precedents/{name}/{case}")
    @told(site)
    def precedent(request: Request, name: str, case: str) -> Response:
        from detente.report.precedents import case_page
        from detente.talks.precedents import case_of

        found = case_of(negotiations.precedents(site.regime(name)), case)
        return shown(request, case_page(found), found.name, tabs=_cases(name))

    @router.get("/backtest/{name}")
    @told(site)
    def backtest(request: Request, name: str) -> Response:
        from detente.report.precedents import backtest_page

        result = negotiations.backtest(site.regime(name))
        return shown(request, backtest_page(result), "Back-test", tabs=_cases(name))

    @router.get("/stalling/{name}")
    @told(site)
    def stalling(request: Request, name: str) -> Response:
        from detente.report.precedents import stalling_page

        result = negotiations.stalling(site.regime(name))
        return shown(request, stalling_page(result), "Stalling", tabs=_cases(name))

    @router.get("/claims/{name}/{brief}")
    @told(site)
    def claims(request: Request, name: str, brief: str) -> Response:
        from detente.report.claims import claims_page

        result = negotiations.claims(site.regime(name), plain(brief, "brief"))
        return shown(request, claims_page(result), "Claims", tabs=_cases(name))

    @router.get("/exposure/{name}")
    @told(site)
    def exposure(request: Request, name: str) -> Response:
        from detente.report.exposure import exposure_page

        regime = site.regime(name)
        page = exposure_page(economics.exposure(regime), regime, sources=True)
        return shown(
            request, page, "Exposure", tabs=_pressure(name),
            chart={"src": f"/chart/exposure/{name}.svg",
                   "alt": "What each instrument added, as a waterfall; the numbers stand below."},
        )  # fmt: skip

    @router.get("/plan/{name}")
    @told(site)
    def plan(request: Request, name: str) -> Response:
        from detente.pressure.planning.results import Asked
        from detente.pressure.planning.scenario import Scenario
        from detente.report.plan import plan_page

        regime = site.regime(name)
        limits = [_number(request, *limit) for limit in _LIMITS]
        asked = Asked(
            budget=limits[0]["value"], humanitarian_max=limits[1]["value"],
            escalation_max=limits[2]["value"], scenario=Scenario(name="worst"), switches=False,
            lawful=request.query_params.get("law", "stands") == "stands",
        )  # fmt: skip
        law = _choice("law", "law", ["stands", "any"], "stands" if asked.lawful else "any")
        page = plan_page(economics.plan(regime, asked), regime, sources=True)
        return shown(request, page, "A plan", tabs=_pressure(name), fields=[*limits, law])

    @router.get("/chart/{kind}/{name}/{offer}.svg")
    @told(site)
    def chart(request: Request, kind: str, name: str, offer: str) -> Response:
        regime, found = site.regime(name), plain(offer, "offer")
        return _svg(_talk_chart(request, kind, regime, found))

    @router.get("/chart/exposure/{name}.svg")
    @told(site)
    def waterfall(request: Request, name: str) -> Response:
        from detente.report.waterfall import waterfall_chart

        regime = site.regime(name)
        return _svg(waterfall_chart(economics.exposure(regime), regime))

    return router


def _talk_chart(request: Request, kind: str, regime: Any, offer: str) -> dict[str, Any]:
    if kind == "gap":
        from detente.report.gap_chart import gap_chart

        reading = request.query_params.get("reading") or None
        return gap_chart(negotiations.gap(regime, offer, reading=reading))
    grid = negotiations.grid_for(regime, offer) if kind == "bridge" else None
    if grid is None:
        raise UsageError(f"there is no picture {kind!r} of {offer}; ask for gap or bridge")
    from detente.report.bridge_chart import bridge_chart

    return bridge_chart(grid)


def _svg(spec: dict[str, Any]) -> Response:
    from detente.report.pictures import svg

    return Response(svg(spec), media_type="image/svg+xml")


def _tabs(name: str, offer: str) -> list[tuple[str, str]]:
    kinds = (
        ("assess", "assess"),
        ("gap", "gap"),
        ("bridge", "bridges"),
        ("similar", "earlier deals"),
    )
    return [(f"/{kind}/{name}/{offer}", text) for kind, text in kinds]


def _cases(name: str) -> list[tuple[str, str]]:
    kinds = (("precedents", "deals"), ("backtest", "back-test"), ("stalling", "stalling"))
    return [(f"/{kind}/{name}", text) for kind, text in kinds]


def _pressure(name: str) -> list[tuple[str, str]]:
    return [(f"/exposure/{name}", "exposure"), (f"/plan/{name}", "plan")]


def _to(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def _choice(name: str, label: str, choices: Sequence[str], value: str) -> Field:
    return {"name": name, "label": label, "choices": list(choices), "value": value}


def _number(
    request: Request, name: str, label: str, default: float, most: float, step: float
) -> Field:
    """A limit as the reader set it."""
    text = request.query_params.get(name) or f"{default:g}"
    try:
        value = float(text)
    except ValueError:
        raise UsageError(f"{name} is {text!r}; write a number") from None
    if not 0 <= value <= most:
        raise UsageError(f"{name} is {text}; keep from 0 to {most:g}")
    return {
        "name": name,
        "label": label,
        "choices": None,
        "value": value,
        "most": most,
        "step": step,
    }
