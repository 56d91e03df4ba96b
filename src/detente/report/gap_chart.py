"""The picture of a perception gap: asked and given as paired bars, ruler by ruler."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.relief.spirit import Share
from detente.report.pictures import LINE, SCHEMA, Spec, config, labels, wrapped
from detente.talks.gap_results import Gap

WIDTH: Final = 460
_ROW: Final = 44
_NAME: Final = 34
ASKED: Final = ("relief asked", "#1f3f66")
GIVEN: Final = ("conduct given, if kept", "#9db9d6")
"""Two steps of lightness, far apart, for grey prints and every kind of colour sight."""


def gap_chart(result: Gap) -> Spec:
    """Return the picture of a perception gap as a Vega-Lite specification.

    Returns:
        Two panels on one scale from nothing to all: the rulers, and the issue areas. Each has
        a bar for what was asked and one for what was given, with its range as a line.
    """
    rulers = [(r.ruler, r.asked, r.given) for r in result.rulers]
    areas = [(a.name, a.asked, a.given) for a in result.areas]
    return {
        "$schema": SCHEMA,
        "description": f"What was asked and what was given, by every ruler: {result.offer_name}",
        "background": "white",
        "padding": 16,
        "config": config(),
        "title": {
            "text": "Two sides, many rulers",
            "subtitle": [
                *wrapped(f"{result.offer_name}, {result.as_of}; the ask read as "
                         f"{result.reading}", 96),
                "No bar: the ruler measures no conduct, or what was given is not known.",
                "A line is a range, its kind in the page.",
            ],
            "anchor": "start", "frame": "bounds", "offset": 14,
        },
        "spacing": 26,
        "vconcat": [
            _panel("Rulers", rulers, legend=True),
            _panel("Issue areas: of its measures asked, of its components reached", areas,
                   legend=False),
        ],
        "resolve": {"scale": {"color": "shared"}},
    }  # fmt: skip


def _panel(title: str, rows: list[tuple[str, Share | None, Share | None]], *, legend: bool) -> Spec:
    names = {name: wrapped(name, _NAME) for name, _, _ in rows}
    y = {
        "field": "ruler", "type": "nominal", "title": None, "sort": list(names),
        "scale": {"domain": list(names), "paddingInner": 0.35, "paddingOuter": 0.1},
        "axis": {"labelExpr": labels(names), "labelPadding": 8},
    }  # fmt: skip
    offset = {
        "field": "what", "type": "nominal", "sort": [ASKED[0], GIVEN[0]],
        "scale": {"domain": [ASKED[0], GIVEN[0]]},
    }  # fmt: skip
    colour = {
        "field": "what", "type": "nominal", "title": None,
        "scale": {"domain": [ASKED[0], GIVEN[0]], "range": [ASKED[1], GIVEN[1]]},
        "legend": {"orient": "top", "direction": "horizontal", "offset": 6} if legend else None,
    }  # fmt: skip
    scale = {"domain": [0, 1.12]}
    x = {
        "field": "central", "type": "quantitative", "title": None, "scale": scale,
        "axis": {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": True},
    }  # fmt: skip
    return {
        "title": {"text": title, "fontSize": 14, "anchor": "start", "frame": "group",
                  "offset": 8},
        "width": WIDTH,
        "height": max(_ROW, LINE * 2) * len(names),
        "data": {"values": list(_bars(rows))},
        "encoding": {"y": y, "yOffset": offset},
        "layer": [
            {"mark": {"type": "bar", "stroke": "#333", "strokeWidth": 0.8},
             "encoding": {"x": x, "color": colour}},
            {"transform": [{"filter": "datum.high > datum.low"}],
             "mark": {"type": "rule", "color": "#111", "strokeWidth": 1.6},
             "encoding": {"x": {"field": "low", "type": "quantitative"},
                          "x2": {"field": "high"}}},
            {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 11,
                      "color": "#111"},
             "encoding": {"x": {"field": "high", "type": "quantitative"},
                          "text": {"field": "label"}}},
        ],
    }  # fmt: skip


def _bars(rows: list[tuple[str, Share | None, Share | None]]) -> Iterator[Spec]:
    for name, asked, given in rows:
        for what, share in ((ASKED[0], asked), (GIVEN[0], given)):
            if share is not None:
                yield {
                    "ruler": name,
                    "what": what,
                    "low": share.low,
                    "central": share.central,
                    "high": share.high,
                    "label": _label(share),
                }


def _label(share: Share) -> str:
    text = f"{100 * share.central:.0f} %"
    if share.low == share.high:
        return text
    return f"{text} ({100 * share.low:.0f}-{100 * share.high:.0f})"
