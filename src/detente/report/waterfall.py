"""The waterfall of exposure: what is left of exports after each instrument, as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from detente.law.regime import Regime
from detente.pressure.exposure import Exposure
from detente.pressure.spread import Spread
from detente.report.pictures import LINE, SCHEMA, Spec, config, labels, texts, wrapped

# Three steps of lightness, far apart, so that a grey print tells them from each other.
PARTS: Final = (
    ("all", "all exports", "#dbe6f1"),
    ("blocked", "blocked by the instrument, beyond those before it", "#1f4e79"),
    ("left", "left, by the bans alone", "#8fb3d6"),
    ("seen", "what was in fact exported later", "#ffffff"),
)
"""Each part: its field, its legend, its colour."""

HEIGHT: Final = 340
_COLUMN: Final = 104
_CHARACTER: Final = 6.3
_NAME: Final = 15
_ASIDE: Final = 41
"""Pixels from the middle of a bar to its whisker."""


def waterfall_chart(result: Exposure, regime: Regime) -> Spec:
    """Return the picture of an exposure as a Vega-Lite specification.

    Args:
        result: what is shown: exports, by instrument, oldest first.
        regime: the regime, for its name.

    Returns:
        One bar for all exports, one for what each instrument blocks beyond those before it, one
        for what is left and one for what was in fact exported two years later (or in the first
        year known); whiskers are the range of nine draws in ten of what is left so far.
    """
    bars = list(_bars(result))
    names = {bar["step"]: bar["lines"] for bar in bars}
    width = _COLUMN * len(bars)
    total = result.total.central
    top = max(total, *(bar["high"] for bar in bars)) * 1.1
    x = {
        "field": "step", "type": "nominal", "sort": list(names), "title": None,
        "scale": {"domain": list(names), "paddingInner": 0.35, "paddingOuter": 0.2},
        "axis": {"labelExpr": labels(names), "labelAngle": 0, "labelPadding": 8},
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "description": f"What each instrument blocks of the exports of {result.base_year}",
        "background": "white",
        "padding": 16,
        "config": config(),
        "title": {
            "text": f"{regime.name}: what each instrument took off exports",
            "subtitle": _subtitle(result, width),
            "anchor": "start", "frame": "bounds", "offset": 14,
        },
        "spacing": 14,
        "vconcat": [
            {
                "width": width,
                "height": HEIGHT,
                "encoding": {"x": x},
                "layer": list(_layers(bars, top)),
            },
            _footer(result, width),
        ],
    }  # fmt: skip


def _subtitle(result: Exposure, width: int) -> list[str]:
    text = (
        f"Exports of {result.base_year}: USD {result.total.central:,.0f} m. Blocked together: "
        f"{_share(result.cumulative)} (nine draws in ten), bounds "
        f"{_share(result.cumulative_bounds, central=False)}."
    )
    return wrapped(text, int(width / _CHARACTER))


def _share(value: Spread, *, central: bool = True) -> str:
    ends = f"{100 * value.low:.1f} to {100 * value.high:.1f} %"
    return f"{100 * value.central:.1f} % [{ends}]" if central else ends


def _bars(result: Exposure) -> Iterator[dict[str, Any]]:
    """Every bar: from where to where, in USD million, with its labels."""
    total = result.total.central
    yield _bar("all", f"exports {result.base_year}", "all", 0.0, total, f"{total:,.0f}", None)
    before = total
    for item in result.by_instrument:
        after = total * (1 - item.cumulative.central)
        running = (total * (1 - item.cumulative.high), total * (1 - item.cumulative.low))
        label = f"-{100 * item.share.central:.1f} %"
        bar = _bar(item.instrument, item.citation.split(";")[0], "blocked", after, before, label,
                   running)  # fmt: skip
        bar["remark"] = f"names {100 * item.nominal_share.central:.0f} %"
        yield bar
        before = after
    ends = (total * (1 - result.cumulative.high), total * (1 - result.cumulative.low))
    yield _bar("left", "left", "left", 0.0, before, f"{before:,.0f}", ends)
    falls = [fall for fall in result.observed if fall.year - result.base_year == 2]
    for fall in falls or result.observed[:1]:
        seen = fall.total.central
        bar = _bar("seen", f"exports {fall.year}", "seen", 0.0, seen, f"{seen:,.0f}", None)
        bar["remark"] = f"-{100 * fall.fall.central:.1f} %"
        yield bar


def _bar(
    step: str,
    name: str,
    part: str,
    low: float,
    high: float,
    label: str,
    running: tuple[float, float] | None,
) -> dict[str, Any]:
    legend = next(text for field, text, _ in PARTS if field == part)
    return {
        "step": step, "lines": wrapped(name, _NAME), "part": legend, "low": round(low, 3),
        "high": round(high, 3), "label": label, "remark": "",
        "least": None if running is None else round(running[0], 3),
        "most": None if running is None else round(running[1], 3),
    }  # fmt: skip


def _layers(bars: list[dict[str, Any]], top: float) -> Iterator[Spec]:
    shown = {bar["part"] for bar in bars}
    parts = [part for part in PARTS if part[1] in shown]
    y = {
        "field": "low", "type": "quantitative", "scale": {"domain": [0, top], "nice": False},
        "axis": {"title": "USD m a year", "grid": True, "format": ",.0f", "tickCount": 6},
    }  # fmt: skip
    colour = {
        "field": "part", "type": "nominal", "title": None,
        "scale": {"domain": [part[1] for part in parts], "range": [part[2] for part in parts]},
        "legend": {"orient": "top", "columns": 2, "offset": 8},
    }  # fmt: skip
    yield {
        "data": {"values": bars},
        "mark": {"type": "bar", "stroke": "#333", "strokeWidth": 0.8},
        "encoding": {"y": y, "y2": {"field": "high"}, "color": colour},
    }
    yield from _joins(bars)
    whiskers = [bar for bar in bars if bar["least"] is not None]
    for field, mark in (("most", "rule"), ("least", "tick"), ("most", "tick")):
        drawn: Spec = {"strokeWidth": 1.4} if mark == "rule" else {"size": 10, "thickness": 1.4}
        end = {"y2": {"field": "least"}} if mark == "rule" else {}
        yield {  # beside the bar, where nothing dark hides them
            "data": {"values": whiskers},
            "mark": {"type": mark, "color": "#111", "xOffset": _ASIDE, **drawn},
            "encoding": {"y": {"field": field, "type": "quantitative"}, **end},
        }
    written: tuple[tuple[str, int, Spec], ...] = (
        ("label", -8, {"fontWeight": "bold", "color": "#111"}),
        ("remark", -22, {"fontSize": 11, "color": "#444"}),
    )
    halo: Spec = {"stroke": "white", "strokeWidth": 5}  # keeps the lines of the grid off the text
    for field, shift, look in written:
        values = [{"step": bar["step"], "at": bar["high"], "label": bar[field]} for bar in bars]
        for under in (halo, {}):
            yield texts(
                [value for value in values if value["label"]],
                {"dy": shift, "baseline": "bottom", **look, **under},
                y={"field": "at", "type": "quantitative"},
            )


def _joins(bars: list[dict[str, Any]]) -> Iterator[Spec]:
    """Thin lines from where one bar ends to where the next one begins."""
    steps = [bar for bar in bars if bar["step"] != "seen"]
    for one, two in pairwise(steps):
        at = one["high"] if one["step"] == "all" else one["low"]
        yield {
            "data": {"values": [{"step": one["step"], "at": at}, {"step": two["step"], "at": at}]},
            "mark": {"type": "line", "color": "#777", "strokeWidth": 0.8, "strokeDash": [3, 3]},
            "encoding": {"y": {"field": "at", "type": "quantitative"}},
        }


def _footer(result: Exposure, width: int) -> Spec:
    text = (
        "Each instrument is credited with what it added to those before it, in the order of "
        "adoption, after caps and exceptions; names: what it bans on paper. Whiskers: what is "
        "left so far, nine draws in ten. Most rows are customs figures or official estimates, "
        "some are from knowledge; detente pressure exposure --sources names each. What leaks "
        f"against the bans, now about USD {result.net.leakage.central:,.0f} m a year, is not taken "
        "off."
    )
    lines = wrapped(text, int(width / _CHARACTER * 1.12))
    return {
        "width": width,
        "height": LINE * len(lines),
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": lines, "x": 0, "y": 0, "align": "left",
                 "baseline": "top", "fontSize": 11, "lineHeight": LINE, "color": "#444"},
    }  # fmt: skip
