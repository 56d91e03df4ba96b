"""The picture of a plan: when each lever begins and works, and what each quarter brings."""

from __future__ import annotations

from typing import Final

from detente.pressure.planning.results import Plan
from detente.report.pictures import SCHEMA, Spec, config, texts, wrapped

WIDTH: Final = 620
_ROW: Final = 28
_HEIGHT: Final = 150
STATES: Final = (("begun, not yet at work", "#dbe6f1"), ("at work", "#1f4e79"))
"""Two steps of lightness, for grey prints and every kind of colour sight."""


def plan_chart(result: Plan) -> Spec:
    """Return the picture of a plan that has levers as a Vega-Lite specification.

    Returns:
        A bar for each lever, pale from the quarter in which it begins and dark from the one in
        which it works; below it the value of each quarter in the scenario of the plan, with the
        range of nine draws in ten as a line.
    """
    x = {
        "field": "first", "type": "quantitative", "title": None,
        "scale": {"domain": [1, result.asked.quarters + 1], "nice": False},
        "axis": {"values": [q.quarter for q in result.quarters], "labelExpr": "'Q' + datum.value",
                 "labelAlign": "left", "grid": True},
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "description": f"Levers and value by quarter: {', '.join(p.lever for p in result.levers)}",
        "background": "white",
        "padding": 12,
        "config": config(),
        "title": {
            "text": f"The plan over {result.asked.quarters} quarters",
            "subtitle": wrapped(
                f"Above, when levers begin and work; below, {result.unit} of each quarter in the "
                "scenario, and nine draws in ten as a line. The analyst's ranges.", 100,
            ),
            "anchor": "start", "frame": "bounds", "offset": 10, "fontSize": 16,
        },
        "spacing": 14,
        "vconcat": [_levers(result, x), _quarters(result, x)],
    }  # fmt: skip


def _levers(result: Plan, x: Spec) -> Spec:
    end = result.asked.quarters + 1
    bars = []
    for item in result.levers:
        works = item.works_from or end
        for (state, _), first, last in (
            (STATES[0], item.begins, works), (STATES[1], works, end)
        ):  # fmt: skip
            if first < last:
                bars.append({"lever": item.lever, "state": state, "first": first, "last": last})
    names = [item.lever for item in result.levers]
    y = {
        "field": "lever", "type": "nominal", "title": None, "sort": names,
        "scale": {"domain": names, "paddingInner": 0.35},
    }  # fmt: skip
    colour = {
        "field": "state", "type": "nominal", "title": None,
        "scale": {"domain": [s for s, _ in STATES], "range": [c for _, c in STATES]},
        "legend": {"orient": "top"},
    }  # fmt: skip
    return {
        "width": WIDTH,
        "height": _ROW * len(names),
        "data": {"values": bars},
        "mark": {"type": "bar", "stroke": "#333", "strokeWidth": 0.8},
        "encoding": {"x": x, "x2": {"field": "last"}, "y": y, "color": colour},
    }


def _quarters(result: Plan, x: Spec) -> Spec:
    drawn = result.portfolio.outlook.by_quarter
    values = [
        {"first": item.quarter + 0.15, "last": item.quarter + 0.85, "middle": item.quarter + 0.5,
         "value": item.value, "low": spread.low, "high": spread.high,
         "label": f"{item.value:,.0f}"}
        for item, spread in zip(result.quarters, drawn, strict=True)
    ]  # fmt: skip
    y = {"field": "value", "type": "quantitative", "title": result.unit, "axis": {"tickCount": 4}}
    middle = {"field": "middle", "type": "quantitative"}
    return {
        "width": WIDTH,
        "height": _HEIGHT,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "rect", "color": "#a9c4e0", "stroke": "#333", "strokeWidth": 0.8},
             "encoding": {"x": x, "x2": {"field": "last"}, "y": y, "y2": {"datum": 0}}},
            {"mark": {"type": "rule", "color": "#111", "strokeWidth": 1.6},
             "encoding": {"x": middle, "y": {"field": "low", "type": "quantitative"},
                          "y2": {"field": "high"}}},
            texts(values, {"align": "left", "baseline": "bottom", "dx": 2, "dy": -3,
                           "fontSize": 11, "color": "#111"},
                  x={"field": "first", "type": "quantitative"},
                  y={"field": "value", "type": "quantitative"}),
        ],
    }  # fmt: skip
