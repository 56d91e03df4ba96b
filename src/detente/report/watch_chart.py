"""The picture of a watch: how fast names came and went, and what happened meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec.structs import replace

from detente.law.dates import span
from detente.monitor.watch_results import Event, Flow, Watch
from detente.report.page import counted
from detente.report.pictures import SCHEMA, Spec, config, texts

WIDTH: Final = 760
_PANEL: Final = 110
_YEAR: Final = 365.25
_LABELLED: Final = 24
"""Bars of a panel at most whose numbers stand beside them."""
_MOST: Final = 60
"""Bars of a panel; more are joined by quarters."""

# Lightness alone tells them apart, for grey prints and every kind of colour sight.
_FLOWS: Final = (("listed", "#4c78a8"), ("came back", "#1c1c1c"), ("delisted", "#dbe6f1"))
_EVENTS: Final = ("snapback", "return", "relief", "reversal", "delisting", "pace")


def watch_chart(result: Watch) -> Spec:
    """Return the picture of a watch as a Vega-Lite specification.

    Returns:
        For each regime and list a panel: the names that came a year, above the line, and those
        that went, below it, between each two editions; the area of a bar is the number of names.
        Below them a row of marks for each kind of event; filled ones are alarms.
    """
    days = [date.fromisoformat(d) for f in result.flows for d in (f.after, f.date)]
    days = days or [span(event.date).start for event in result.events]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2001, 1, 1))
    domain = [f"{first.year}-01-01", f"{last.year + 1}-01-01"]
    panels = dict.fromkeys((flow.regime, flow.source) for flow in result.flows)
    return {
        "$schema": SCHEMA,
        "description": "Names listed and delisted a year between editions, and events beside them",
        "background": "white",
        "padding": 16,
        "config": config(),
        "title": {
            "text": f"Watch: {counted(len(result.events), 'event')}, "
            f"{counted(sum(event.alarm for event in result.events), 'alarm')}",
            "subtitle": "Names a year between two editions of a list: above the line listed or "
            "back, below it delisted; no line, no edition",
            "anchor": "start", "frame": "bounds", "offset": 14,
        },
        "spacing": 18,
        "vconcat": [
            *(
                _panel(
                    [flow for flow in result.flows if (flow.regime, flow.source) == key],
                    f"{key[0]}, {key[1]}", domain,
                )
                for key in panels
            ),
            _marks([e for e in result.events if first <= span(e.date).start <= last], domain),
        ],
    }  # fmt: skip


def _joined(flows: list[Flow]) -> list[Flow]:
    """Flows of few days joined by quarters, so that a bar stays wide enough to be seen."""
    if len(flows) <= _MOST:
        return flows
    found: list[Flow] = []
    for flow in flows:
        quarter = (flow.after[:4], (int(flow.after[5:7]) - 1) // 3)
        if found and quarter == (found[-1].after[:4], (int(found[-1].after[5:7]) - 1) // 3):
            held = found.pop()
            flow = replace(
                flow, after=held.after, listed=held.listed + flow.listed,
                returned=held.returned + flow.returned, delisted=held.delisted + flow.delisted,
            )  # fmt: skip
        found.append(flow)
    return found


def _panel(every: list[Flow], title: str, domain: list[str]) -> Spec:
    values: list[Spec] = []
    numbers: list[Spec] = []
    flows = _joined(every)
    for flow in flows:
        days = (date.fromisoformat(flow.date) - date.fromisoformat(flow.after)).days
        up = 0.0
        for what, number in (
            ("listed", flow.listed), ("came back", flow.returned), ("delisted", -flow.delisted)
        ):  # fmt: skip
            rate = number * _YEAR / max(days, 1)
            if number:
                low, high = (up, up + rate) if rate > 0 else (rate, 0.0)
                up += max(rate, 0.0)
                values.append(
                    {"first": flow.after, "last": flow.date, "low": low, "high": high,
                     "what": what, "number": abs(number)}
                )  # fmt: skip
        above, below = flow.listed + flow.returned, flow.delisted
        place = _middle(flow)
        if len(flows) <= _LABELLED:
            numbers += [{"day": place, "at": up, "label": str(above), "up": True}] if above else []
            down = -below * _YEAR / max(days, 1)
            numbers += [{"day": place, "at": down, "label": f"-{below}"}] if below else []
    return {
        "title": {"text": title, "fontSize": 13, "anchor": "start", "offset": 4},
        "width": WIDTH,
        "height": _PANEL,
        "layer": [
            {
                "data": {"values": values},
                "mark": {"type": "rect", "stroke": "#333", "strokeWidth": 0.6},
                "encoding": {
                    "x": _time("first", domain),
                    "x2": {"field": "last"},
                    "y": {"field": "low", "type": "quantitative", "title": "names a year"},
                    "y2": {"field": "high"},
                    "color": {
                        "field": "what", "type": "nominal", "title": None,
                        "scale": {"domain": [name for name, _ in _FLOWS],
                                  "range": [colour for _, colour in _FLOWS]},
                        "legend": {"orient": "right"},
                    },
                },
            },
            *(
                texts(
                    [item for item in numbers if bool(item.get("up")) is up],
                    {"fontSize": 10, "dy": -7 if up else 8, "color": "#222"},
                    x=_time("day", domain), y={"field": "at", "type": "quantitative"},
                )
                for up in (True, False)
            ),
            {
                "data": {"values": [{"first": f.after, "last": f.date} for f in flows]},
                "mark": {"type": "rule", "color": "#1c1c1c", "strokeWidth": 2.5},
                "encoding": {
                    "x": _time("first", domain),
                    "x2": {"field": "last"},
                    "y": {"datum": 0, "type": "quantitative"},
                },
            },
        ],
    }  # fmt: skip


def _marks(events: list[Event], domain: list[str]) -> Spec:
    shown = sorted(
        (event for event in events if event.event != "pace" or event.counts.get("change") == "yes"),
        key=lambda event: event.alarm,  # alarms are drawn last, over the others
    )
    values = [
        {
            "day": span(event.date).start.isoformat(),
            "what": event.event,
            "alarm": "may be backsliding" if event.alarm else "no alarm",
        }
        for event in shown
    ]
    return {
        "title": {"text": "Events of all regimes shown", "fontSize": 13, "anchor": "start",
                  "offset": 4},
        "width": WIDTH,
        "height": 24 * len(_EVENTS),
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "stroke": "#1c1c1c", "strokeWidth": 1,
                 "size": 70, "opacity": 0.85},
        "encoding": {
            "x": _time("day", domain),
            "y": {"field": "what", "type": "nominal", "title": None, "sort": list(_EVENTS),
                  "scale": {"domain": list(_EVENTS)}, "axis": {"grid": True}},
            "fill": {
                "field": "alarm", "type": "nominal", "title": None,
                "scale": {"domain": ["may be backsliding", "no alarm"],
                          "range": ["#1c1c1c", "#ffffff"]},
                "legend": {"orient": "right", "symbolType": "circle"},
            },
        },
    }  # fmt: skip


def _middle(flow: Flow) -> str:
    first, last = date.fromisoformat(flow.after), date.fromisoformat(flow.date)
    return (first + (last - first) / 2).isoformat()


def _time(field: str, domain: list[str]) -> Spec:
    return {
        "field": field, "type": "temporal", "title": None,
        "scale": {"domain": domain, "type": "utc"},
        "axis": {"format": "%Y", "labelOverlap": True, "labelFlush": False, "labelPadding": 8},
    }  # fmt: skip
