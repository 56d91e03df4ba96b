"""The picture of what an offer covers: for each issue area the share met, now and if kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.relief.results import Assessment
from detente.report.page import percent
from detente.report.pictures import SCHEMA, Spec, config, texts

WIDTH: Final = 480
_ROW: Final = 26
NOW: Final = ("met now", "#ffffff")
KEPT: Final = ("met if the offer is kept", "#1f3f66")


def coverage_chart(result: Assessment) -> Spec:
    """Return the picture of an offer's coverage as a Vega-Lite specification.

    Returns:
        For each issue area a line for the range of the share that would be met if the offer is
        kept, its central value as a dark dot, the share met now as a white one, and beside them
        the numbers and how many components are touched.
    """
    values = list(_values(result))
    y = {
        "field": "area", "type": "nominal", "title": None,
        "sort": [area.short for area in result.areas],
        "scale": {"domain": [area.short for area in result.areas]},
        "axis": {"grid": True, "labelPadding": 8, "gridColor": "#e4e4e4"},
    }  # fmt: skip
    x = {
        "field": "central", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": True},
    }  # fmt: skip
    labels = [value for value in values if value["label"]]
    return {
        "$schema": SCHEMA,
        "description": f"Share of each issue area that is met: {result.offer_name}",
        "background": "white",
        "padding": 12,
        "config": config(),
        "title": {
            "text": "What the offer covers of each issue area",
            "subtitle": "The line is a range of bounds; components touched stand in brackets",
            "anchor": "start", "frame": "bounds", "offset": 10, "fontSize": 16,
        },
        "width": WIDTH,
        "height": _ROW * max(len(result.areas), 1),
        "encoding": {"y": y},
        "layer": [
            {"data": {"values": [v for v in values if v["high"] > v["low"]]},
             "mark": {"type": "rule", "color": "#7d9cc0", "strokeWidth": 7},
             "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"data": {"values": values},
             "mark": {"type": "point", "filled": True, "stroke": "#111", "size": 85,
                      "strokeWidth": 1, "opacity": 1},
             "encoding": {"x": x, "fill": {
                 "field": "what", "type": "nominal", "title": None,
                 "scale": {"domain": [KEPT[0], NOW[0]], "range": [KEPT[1], NOW[1]]},
                 "legend": {"orient": "bottom", "symbolType": "circle"}}}},
            texts(labels, {"align": "left", "fontSize": 12, "color": "#222", "x": WIDTH + 12}),
        ],
    }  # fmt: skip


def _values(result: Assessment) -> Iterator[Spec]:
    for area in result.areas:
        for (what, _), share in ((KEPT, area.if_kept), (NOW, area.now)):
            told = ""
            if what == KEPT[0]:
                kept = "not known" if share is None else percent(
                    share.low, share.central, share.high
                )  # fmt: skip
                told = f"{kept}  [{area.touched} of {area.components}]"
            if share is not None:
                yield {"area": area.short, "what": what, "low": share.low, "high": share.high,
                       "central": share.central, "label": told}  # fmt: skip
            elif told:
                yield {"area": area.short, "what": what, "low": 0, "high": 0, "central": None,
                       "label": told}  # fmt: skip
