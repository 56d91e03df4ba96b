"""The timeline of a regime: measures in force over time, and what was done beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from detente.law.dates import span
from detente.law.history import HistoryEvent
from detente.law.regime import Regime
from detente.report.pictures import SCHEMA, Spec, config

WIDTH: Final = 760
_HEIGHT: Final = 120
_ROW: Final = 22
YEARS: Final = 30
"""How far back the picture goes; older events stand in the table."""

ROWS: Final = ("imposed", "renewed", "deal or talks", "relief", "ended", "relief ran out",
               "reversal")  # fmt: skip
"""What was done, a row each."""

_EFFECTS: Final = {
    "imposes": "imposed", "reimposes": "reversal", "ends": "ended",
    "suspends": "relief", "waives": "relief", "licenses": "relief", "eases": "relief",
    "renews": "renewed", "keeps": "renewed", "lapses": "relief ran out",
}  # fmt: skip

_KINDS: Final = {
    "deal": "deal or talks", "talks": "deal or talks", "relief": "relief",
    "reversal": "reversal", "reimposition": "reversal",
}  # fmt: skip
_FILLED: Final = ("imposed", "relief ran out", "reversal")
"""Rows whose marks are dark: what was done adds pressure."""


def done_by(event: HistoryEvent) -> tuple[str, ...]:
    """Return the rows of the timeline in which an event stands; none where it did nothing.

    What an event did to measures says it; where it did nothing to any, its kind.
    """
    by_effect = dict.fromkeys(_EFFECTS[change.what] for change in event.effects)
    if event.kind in ("relief", "reversal", "reimposition"):
        by_effect[_KINDS[event.kind]] = None
    if by_effect:
        return tuple(by_effect)
    return (_KINDS[event.kind],) if event.kind in _KINDS else ()


def timeline_chart(regime: Regime, until: date) -> Spec:
    """Return the timeline of a regime up to a day as a Vega-Lite specification.

    Returns:
        The number of measures in force as a stepped line over the years, and below it a mark for
        each recorded event by what it did; larger marks did it to more measures.
    """
    first = date(until.year - YEARS, 1, 1)
    marks = [mark for event in regime.history.values() for mark in _marks(event, first, until)]
    early = sum(
        span(e.date).start < first for e in regime.history.values() if done_by(e)
    )  # fmt: skip
    days = sorted({first, until, *(date.fromisoformat(mark["day"]) for mark in marks)})
    steps = [
        {"day": day.isoformat(), "measures": len(regime.as_of(min(day + timedelta(1), until))
                                                 .in_force)}
        for day in days
    ]  # fmt: skip
    domain = [first.isoformat(), (until + timedelta(days=60)).isoformat()]
    x: Spec = {
        "field": "day", "type": "temporal", "title": None,
        "scale": {"domain": domain, "type": "utc"},
        "axis": {"format": "%Y", "labelOverlap": True, "labelPadding": 6, "tickCount": "year"},
    }  # fmt: skip
    older = f"; {early} older events stand in the tables" if early else ""
    return {
        "$schema": SCHEMA,
        "description": f"Measures in force and recorded events until {until}: {regime.name}",
        "background": "white",
        "padding": 12,
        "config": config(),
        "title": {
            "text": f"{regime.name}: imposed, relieved, reversed, until {until}",
            "subtitle": f"A larger mark did it to more measures; the smallest to none{older}",
            "anchor": "start", "frame": "bounds", "offset": 10, "fontSize": 16,
        },
        "spacing": 8,
        "vconcat": [
            {
                "width": WIDTH, "height": _HEIGHT, "data": {"values": steps},
                "mark": {"type": "area", "interpolate": "step-after", "color": "#dbe6f1",
                         "line": {"color": "#1c1c1c", "strokeWidth": 1.4}},
                "encoding": {
                    "x": {**x, "axis": {**x["axis"], "labels": False, "grid": True}},
                    "y": {"field": "measures", "type": "quantitative",
                          "title": "measures in force", "axis": {"tickCount": 4}},
                },
            },
            _events(marks, x),
        ],
    }  # fmt: skip


def _marks(event: HistoryEvent, first: date, until: date) -> list[Spec]:
    day = span(event.date).start
    if not first <= day <= until:
        return []
    found = []
    for row in done_by(event):
        touched = {
            id_ for c in event.effects if _EFFECTS[c.what] == row for id_ in c.measures
        }  # fmt: skip
        found.append(
            {"day": day.isoformat(), "row": row, "measures": len(touched),
             "dark": "yes" if row in _FILLED else "no"}
        )  # fmt: skip
    return found


def _events(marks: list[Spec], x: Spec) -> Spec:
    most = max((mark["measures"] for mark in marks), default=1)
    return {
        "width": WIDTH,
        "height": _ROW * len(ROWS),
        "data": {"values": marks},
        "mark": {"type": "point", "filled": True, "stroke": "#1c1c1c", "strokeWidth": 1,
                 "opacity": 0.85},
        "encoding": {
            "x": x,
            "y": {"field": "row", "type": "nominal", "title": None, "sort": list(ROWS),
                  "scale": {"domain": list(ROWS)}, "axis": {"grid": True, "labelPadding": 8}},
            "size": {"field": "measures", "type": "quantitative", "legend": None,
                     "scale": {"domain": [0, max(most, 1)], "range": [45, 260]}},
            "fill": {"field": "dark", "type": "nominal", "legend": None,
                     "scale": {"domain": ["yes", "no"], "range": ["#1c1c1c", "#ffffff"]}},
            "shape": {"field": "row", "type": "nominal", "legend": None,
                      "scale": {"domain": list(ROWS),
                                "range": ["circle", "circle", "square", "triangle-down",
                                          "cross", "diamond", "triangle-up"]}},
        },
    }  # fmt: skip
