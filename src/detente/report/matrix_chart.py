"""The whole regime at a glance: issue areas by measures, each place with the measure's letter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from detente.law.regime import Regime
from detente.relief.results import Assessment, MeasureLine
from detente.report.pictures import SCHEMA, Spec, config, texts, wrapped

# Height, lightness and outline tell the letters apart, so that none hangs on hue.
LETTERS: Final = (
    ("barred", "#1c1c1c", 1.0),
    ("undetermined", "#6b7f95", 0.72),
    ("discretionary", "#a9c4e0", 0.5),
    ("open", "#ffffff", 0.3),
    ("ended", "#ffffff", 0.08),
)
"""Each letter: its word, its colour, its height as a share of the row."""

WIDTH: Final = 800
_ROW: Final = 26
_NO_AREA: Final = "no area named"
_LABEL: Final = 11
"""Pixels that a label needs on its side."""


def matrix_chart(result: Assessment, regime: Regime) -> Spec:
    """Return the matrix of an assessment as a Vega-Lite specification.

    Returns:
        A column for each measure in force, by issuer (who imposed most stands first), instrument
        and id; a row for each issue area. A bar stands where the measure was imposed for the
        area: the taller and darker, the further its letter is from open. Ticks above mark what
        was asked for.
    """
    columns = list(_columns(result, regime))
    values = [value for column in columns for value in _places(column, regime)]
    areas = [area.short for area in result.areas]
    if any(value["area"] == _NO_AREA for value in values):
        areas.append(_NO_AREA)
    room = WIDTH / max(len(columns), 1)
    scale = {"domain": [0, len(columns)], "nice": False, "zero": False}
    x = {"field": "left", "type": "quantitative", "axis": None, "scale": scale}
    return {
        "$schema": SCHEMA,
        "description": f"Measures in force by issue area and letter: {result.offer_name}",
        "background": "white",
        "padding": 12,
        "config": config(),
        "title": {
            "text": f"{regime.name}: every measure in force on {result.as_of}",
            "subtitle": wrapped(
                f"{len(columns)} measures, left to right by issuer and date; a bar where a measure "
                "was imposed for an issue area. Tall and dark: the law bars its end. "
                f"Ticks on top: the {result.counts.asked} asked for.", 120,
            ),
            "anchor": "start", "frame": "bounds", "offset": 10, "fontSize": 16,
        },
        "spacing": 4,
        "vconcat": [
            _heads(columns, regime, room, x),
            {
                "width": WIDTH,
                "height": _ROW * len(areas),
                "layer": [_bars(values, areas, x), _rules(columns, x)],
            },
            _instruments(columns, regime, room, x),
        ],
    }  # fmt: skip


def _columns(result: Assessment, regime: Regime) -> Iterator[Spec]:
    """The measures in force in the order of the columns."""
    laws = {
        line.measure: regime.instruments[regime.measures[line.measure].instrument]
        for line in result.in_force
    }
    counts = Counter(law.issuer for law in laws.values())

    def place(line: MeasureLine) -> tuple[int, str, str, str, str]:
        law = laws[line.measure]
        return -counts[law.issuer], law.issuer, law.adopted.isoformat(), law.id, line.measure

    for number, line in enumerate(sorted(result.in_force, key=place)):
        law = laws[line.measure]
        yield {"measure": line.measure, "left": number, "letter": line.letter,
               "asked": line.asked, "issuer": law.issuer, "instrument": law.id}  # fmt: skip


def _places(column: Spec, regime: Regime) -> Iterator[Spec]:
    heights = {word: height for word, _, height in LETTERS}
    areas = [regime.areas[id_].short for id_ in regime.measures[column["measure"]].areas]
    for area in areas or [_NO_AREA]:
        yield {"left": column["left"] + 0.1, "right": column["left"] + 0.9, "area": area,
               "letter": column["letter"], "height": heights[column["letter"]]}  # fmt: skip


def _bars(values: list[Spec], areas: list[str], x: Spec) -> Spec:
    for value in values:
        row = areas.index(value["area"])
        value["bottom"], value["top"] = row + 0.94, row + 0.94 - 0.88 * value["height"]
    labels = f"{json.dumps(areas)}[floor(datum.value)]"
    y = {
        "field": "bottom", "type": "quantitative", "title": None,
        "scale": {"domain": [len(areas), 0], "nice": False, "zero": False},
        "axis": {"values": [i + 0.5 for i in range(len(areas))], "labelExpr": labels,
                 "grid": False, "labelPadding": 8},
    }  # fmt: skip
    shown = [word for word, *_ in LETTERS if any(v["letter"] == word for v in values)]
    colour = {
        "field": "letter", "type": "nominal", "title": "letter",
        "scale": {"domain": shown, "range": [c for word, c, _ in LETTERS if word in shown]},
        "legend": {"orient": "right", "titleFontSize": 12},
    }  # fmt: skip
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "stroke": "#333", "strokeWidth": 0.4},
        "encoding": {"x": x, "x2": {"field": "right"}, "y": y, "y2": {"field": "top"},
                     "color": colour},
    }  # fmt: skip


def _rules(columns: list[Spec], x: Spec) -> Spec:
    """Thin lines between issuers."""
    starts = [{"left": next(run)["left"]} for _, run in groupby(columns, lambda c: c["issuer"])]
    return {
        "data": {"values": starts[1:]},
        "mark": {"type": "rule", "color": "#777", "strokeWidth": 0.7},
        "encoding": {"x": x},
    }


def _heads(columns: list[Spec], regime: Regime, room: float, x: Spec) -> Spec:
    """Issuers that have room, and the ticks of what was asked."""
    heads = []
    for issuer, run in groupby(columns, lambda column: column["issuer"]):
        group = list(run)
        name = regime.deciders.get(issuer, issuer).removeprefix("the ")
        if len(name) * 6.2 <= room * len(group):
            heads.append({"left": group[0]["left"], "label": name})
    ticks = [{"left": c["left"] + 0.5} for c in columns if c["asked"]]
    return {
        "width": WIDTH,
        "height": 26,
        "layer": [
            {**texts(heads, {"align": "left", "baseline": "top", "y": 0, "fontSize": 11,
                             "fontWeight": "bold", "color": "#222", "dx": 2}), "encoding": {
                "x": x, "text": {"field": "label"}}},
            {"data": {"values": ticks},
             "mark": {"type": "point", "shape": "triangle-down", "filled": True, "size": 26,
                      "color": "#1c1c1c", "y": 20, "opacity": 1},
             "encoding": {"x": x}},
        ],
    }  # fmt: skip


def _instruments(columns: list[Spec], regime: Regime, room: float, x: Spec) -> Spec:
    """Instruments that have room for their citation, on its side."""
    values = []
    for id_, run in groupby(columns, lambda column: column["instrument"]):
        group = list(run)
        if room * len(group) >= _LABEL:
            values.append({"left": group[0]["left"] + len(group) / 2, "label": _short(regime, id_)})
    longest = max((len(value["label"]) for value in values), default=1)
    look = {"align": "right", "baseline": "middle", "angle": 270, "y": 2, "fontSize": 10,
            "color": "#222"}  # fmt: skip
    return {
        "width": WIDTH,
        "height": 6 + int(5.6 * longest),
        "data": {"values": values},
        "mark": {"type": "text", **look},
        "encoding": {"x": x, "text": {"field": "label"}},
    }


def _short(regime: Regime, instrument: str) -> str:
    """A citation as a label: its first part, without the year in brackets."""
    text = regime.instruments[instrument].citation.split(";")[0].split(",")[0].split(" (")[0]
    return text if len(text) <= 16 else instrument
