"""Pictures of answers, as Vega-Lite specifications; ``pictures`` draws them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.relief.exit_results import ExitComparison, Exits, Portion
from detente.report.exits import areas_of, ask_of
from detente.report.page import counted
from detente.report.pictures import LINE, SCHEMA, Spec, config, labels, texts, wrapped

# Three steps of lightness, far apart, so that a grey print and every kind of colour sight tell
# them from each other.
WAYS: Final = (
    ("conditional", "conditional",
     "conditional: every ending path needs conduct", "#4c78a8", "#fff"),
    ("discretionary", "discretionary",
     "discretionary: some ending path needs decisions and dates alone", "#dbe6f1", "#111"),
    ("no_way_out", "with no way out", "no way out: no ending path can be used", "#1c1c1c", "#fff"),
)  # fmt: skip
"""Each way out: its field, its word below a bar, its legend, its colour, the colour of its text."""

WIDTH: Final = 620
"""Pixels of a bar, for six regimes or fewer; more regimes need more room side by side."""

_PER_REGIME: Final = 100
_BAR, _ROW, _AREA_ROW = 26, 54, 26
_DIGIT: Final = 8.0
"""Pixels of a digit in a bar; a count has room where one more digit would have."""

_NAME: Final = 30
_CHARACTER: Final = 6.6
"""Characters of a regime's name in a line, and pixels of a wide one."""

_EDITION: Final = 12
"""Digits of an edition that are shown; the page has them all."""


def exits_chart(result: ExitComparison) -> Spec:
    """Return the picture of a comparison of ways out as a Vega-Lite specification.

    Args:
        result: what is shown; regimes stand in its order.

    Returns:
        Two panels: the measures in force by way out, with their counts in the bars, and the
        conduct asked by issue area; below them editions and days. The data stand in the
        specification; nothing needs to be fetched.
    """
    width = max(WIDTH, _PER_REGIME * len(result.regimes))
    names = ", ".join(item.name for item in result.regimes)
    return {
        "$schema": SCHEMA,
        "description": f"Measures in force by way out, and conduct asked by issue area: {names}",
        "background": "white",
        "padding": 16,
        "config": config(),
        "title": {
            "text": "How hard is the way out? What ending the measures in force asks for",
            "subtitle": "Each regime on the law and the evidence of the day that stands beside it",
            "anchor": "start", "frame": "bounds", "offset": 14,
        },
        "spacing": 24,
        "vconcat": [_ways_panel(result, width), _areas_panel(result, width),
                    _footer(result, width)],
    }  # fmt: skip


def _ways_panel(result: ExitComparison, width: int) -> Spec:
    names = [
        {"regime": item.regime, "label": lines, "shift": -LINE * (len(lines) - 1) / 2}
        for item in result.regimes
        for lines in [_label(item)]
    ]
    most = max(len(_label(item)) for item in result.regimes)
    order = [item.regime for item in result.regimes]
    return {
        "width": width,
        "height": max(_ROW, LINE * (most + 1)) * len(order),
        "encoding": {"y": {"field": "regime", "type": "nominal", "sort": order, "axis": None,
                           "scale": {"domain": order}}},
        "layer": [
            _bars(result, width),
            texts(
                [item for item in _segments(result, width) if item["label"]],
                {"fontWeight": "bold"},
                x={"field": "middle", "type": "quantitative"},
                color={"field": "ink", "type": "nominal", "scale": None},
            ),
            texts(  # an axis would not centre labels of several lines
                names,
                {"align": "right", "fontSize": 12, "lineHeight": LINE, "color": "#222",
                 "yOffset": {"expr": "datum.shift"}},
                x={"value": -10},
            ),
            texts(
                list(_remarks(result, width)),
                {"align": "left", "fontSize": 11, "yOffset": 22, "color": "#444"},
                x={"datum": 0},
            ),
        ],
    }  # fmt: skip


def _bars(result: ExitComparison, width: int) -> Spec:
    colour = {
        "field": "way", "type": "nominal", "title": None,
        "scale": {"domain": [way[2] for way in WAYS], "range": [way[3] for way in WAYS]},
        "legend": {"orient": "top", "direction": "vertical", "offset": 8},
    }  # fmt: skip
    x = {
        "field": "start", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False},
        "axis": {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": False, "offset": 8,
                 "title": "share of the measures in force; their number stands in the bar"},
    }  # fmt: skip
    return {
        "data": {"values": list(_segments(result, width))},
        "mark": {"type": "bar", "size": _BAR, "stroke": "#333", "strokeWidth": 0.8},
        "encoding": {"x": x, "x2": {"field": "end"}, "color": colour},
    }


def _segments(result: ExitComparison, width: int) -> Iterator[Spec]:
    """The parts of every bar, with their count where it has room."""
    for item in result.regimes:
        start = 0.0
        for field, _, legend, _, ink in WAYS:
            part: Portion = getattr(item.ways, field)
            if not part.share:
                continue
            end = start + part.share
            yield {
                "regime": item.regime,
                "way": legend,
                "start": round(start, 6),
                "end": round(end, 6),
                "middle": round((start + end) / 2, 6),
                "label": str(part.measures) if _fits(part, width) else "",
                "ink": ink,
            }
            start = end


def _fits(part: Portion, width: int) -> bool:
    return (part.share or 0) * width >= _DIGIT * (len(str(part.measures)) + 1)


def _remarks(result: ExitComparison, width: int) -> Iterator[Spec]:
    """Below a bar: the counts that have no room in it, and what the bar cannot show."""
    for item in result.regimes:
        parts = [(word, getattr(item.ways, field)) for field, word, *_ in WAYS]
        said = [f"{p.measures} {word}" for word, p in parts if p.measures and not _fits(p, width)]
        if item.ways.also_by_conduct:
            said.append(f"{item.ways.also_by_conduct} of the discretionary also end by conduct")
        if said:
            yield {"regime": item.regime, "label": "; ".join(said)}


def _areas_panel(result: ExitComparison, width: int) -> Spec:
    room = int(width / len(result.regimes) / _CHARACTER)
    heads = {item.regime: wrapped(item.name, room) for item in result.regimes}
    areas = {short: [short] for short in areas_of(result)}
    x = {
        "field": "regime", "type": "nominal", "title": None, "sort": list(heads),
        "scale": {"domain": list(heads)},
        "axis": {"orient": "top", "labelExpr": labels(heads), "labelAngle": 0,
                 "labelPadding": 12 + LINE * (max(map(len, heads.values())) - 1)},
    }  # fmt: skip
    y = {
        "field": "area", "type": "nominal", "title": None, "sort": list(areas),
        "scale": {"domain": list(areas)},
        "axis": {"labelExpr": labels(areas), "labelPadding": 8, "grid": True},
    }  # fmt: skip
    return {
        "title": {
            "text": "Conduct asked by issue area: distinct requirements in the ending paths",
            "subtitle": "An empty place: the regime declares no such area",
            "fontSize": 14, "subtitleFontSize": 12, "anchor": "start", "frame": "group",
            "offset": 10,
        },
        "width": width,
        "height": max(_AREA_ROW * len(areas), _AREA_ROW),
        "data": {"values": list(_asked(result))},
        "encoding": {"x": x, "y": y},
        "layer": list(_dots(max((ask["conduct"] for ask in _asked(result)), default=1))),
    }  # fmt: skip


def _asked(result: ExitComparison) -> Iterator[Spec]:
    """The conduct that each regime asks for in each area that it declares."""
    for item in result.regimes:
        for area in areas_of(result):
            ask = ask_of(item, area)
            if ask is not None:
                yield {"regime": item.regime, "area": area, "conduct": ask.conduct}


def _dots(most: int) -> Iterator[Spec]:
    size = {
        "field": "conduct", "type": "quantitative", "legend": None,
        "scale": {"domain": [0, max(most, 1)], "range": [0, 420]},
    }  # fmt: skip
    yield {
        "transform": [{"filter": "datum.conduct > 0"}],
        "mark": {"type": "circle", "color": "#4c78a8", "opacity": 1, "stroke": "#333",
                 "strokeWidth": 0.8},
        "encoding": {"size": size},
    }  # fmt: skip
    number = {"type": "text", "align": "left", "dx": 14, "fontWeight": "bold", "color": "#111"}
    halo = {"stroke": "white", "strokeWidth": 6}  # keeps the line of the grid off the number
    for look in (halo, {}):
        yield {"mark": {**number, **look}, "encoding": {"text": {"field": "conduct"}}}


def _footer(result: ExitComparison, width: int) -> Spec:
    """The editions and days that are shown, in small print."""
    said = [
        f"{item.regime}: as of {item.as_of}, edition {item.receipt.regime_edition[:_EDITION]}, "
        f"evidence {item.receipt.evidence_digest[:_EDITION]}."
        for item in result.regimes
    ]
    said.append(
        "A requirement of two areas stands in both; areas are never added up. "
        f"Detente {result.regimes[0].receipt.version}."
    )
    lines = [line for text in said for line in wrapped(text, int(width / _CHARACTER))]
    return {
        "width": width,
        "height": LINE * len(lines),
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": lines, "x": 0, "y": 0, "align": "left",
                 "baseline": "top", "fontSize": 11, "lineHeight": LINE, "color": "#444"},
    }  # fmt: skip


def _label(item: Exits) -> list[str]:
    """A regime's name, how many measures are in force and on which day, in lines."""
    return [*wrapped(item.name, _NAME), f"{counted(item.in_force, 'measure')}, {item.as_of}"]
