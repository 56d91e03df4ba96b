"""Pictures of the long game: trust by round, policies side by side, a share against growth."""

from __future__ import annotations

from typing import Any, Final

from detente.games.policies import OUTCOMES, POLICIES
from detente.games.ranges import Range
from detente.games.results import BargainGame, PolicyGame, TrustGame
from detente.report.pictures import LINE, SCHEMA, Spec, config, texts, wrapped

WIDTH: Final = 620
_DARK, _MIDDLE, _LIGHT = "#1c1c1c", "#4c78a8", "#dbe6f1"
_PANEL: Final = 190
_ROW: Final = 46
_CHARACTER: Final = 6.2
_SHOWN: Final = ("verified", "for_nothing", "deceived", "programme")
_SHORT: Final = {
    "verified": "verified dismantlement",
    "for_nothing": "relief for nothing",
    "deceived": "relief for pretended steps",
    "programme": "programme at the end",
}


def _frame(title: str, subtitle: str, described: str, **parts: Any) -> Spec:
    return {
        "$schema": SCHEMA,
        "description": described,
        "background": "white",
        "padding": 16,
        "config": config(),
        "title": {"text": title, "subtitle": subtitle, "anchor": "start", "frame": "bounds",
                  "offset": 14},
        **parts,
    }  # fmt: skip


def _ends(value: Range) -> Spec:
    return {"low": value.low, "central": value.central, "high": value.high}


def trust_chart(result: TrustGame) -> Spec:
    """Return belief, relief and a staller's compliance by round.

    Relief stands as bars, the others as lines with their 5th and 95th percentile, where the
    parameters were ranges.
    """
    words = {
        "relief": "chance of relief",
        "belief": "belief that the target is sincere",
        "complies": "chance that a staller complies",
    }
    rows = [
        {"round": item.round, "what": words[name], **_ends(getattr(item, name))}
        for item in result.rounds
        for name in words
    ]
    colour = {
        "field": "what", "type": "nominal", "title": None,
        "scale": {"domain": list(words.values()), "range": [_LIGHT, _DARK, _MIDDLE]},
        "legend": {"orient": "top", "direction": "vertical", "offset": 8},
    }  # fmt: skip
    x = {
        "field": "round", "type": "quantitative", "title": "round",
        "scale": {"domain": [0.4, len(result.rounds) + 0.6], "nice": False},
        "axis": {"grid": False, "tickMinStep": 1, "format": "d", "labelPadding": 10},
    }  # fmt: skip
    y = {"field": "central", "type": "quantitative", "title": "chance",
         "scale": {"domain": [0, 1]}, "axis": {"tickCount": 5}}  # fmt: skip
    bars = [row for row in rows if row["what"] == words["relief"]]
    lines = [row for row in rows if row["what"] != words["relief"]]
    # ranges of one round stand beside each other: relief, belief, compliance
    beside = {
        words["relief"]: (-0.2, "#888"), words["belief"]: (0.0, _DARK),
        words["complies"]: (0.2, _MIDDLE),
    }  # fmt: skip
    wide = [
        {**row, "round": row["round"] + beside[row["what"]][0], "ink": beside[row["what"]][1]}
        for row in rows
        if row["low"] < row["high"]
    ]
    thin = "; thin lines: 90 % of the draws" if wide else ""
    size = max(2.0, 0.62 * WIDTH / (len(result.rounds) + 0.2))
    return _frame(
        "How long a staller looks honest",
        "Belief and compliance while no relief was withheld and no cheat was seen" + thin,
        "Belief, relief and compliance of a staller by round",
        width=WIDTH, height=300,
        layer=[
            {"data": {"values": bars},
             "mark": {"type": "bar", "size": size, "stroke": "#333", "strokeWidth": 0.8},
             "encoding": {"x": x, "y": y, "color": colour}},
            {"data": {"values": wide},
             "mark": {"type": "rule", "strokeWidth": 1.5},
             "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"},
                          "color": {"field": "ink", "type": "nominal", "scale": None}}},
            {"data": {"values": lines},
             "mark": {"type": "line", "strokeWidth": 2.5},
             "encoding": {"x": x, "y": y, "color": colour,
                          "strokeDash": {"field": "what", "type": "nominal", "legend": None,
                                         "scale": {"domain": [words["belief"], words["complies"]],
                                                   "range": [[1, 0], [5, 4]]}}}},
            {"data": {"values": lines},
             "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
             "encoding": {"x": x, "y": y, "color": colour}},
        ],
    )  # fmt: skip


def bargain_chart(result: BargainGame) -> Spec:
    """Return the sender's share against the growth of the threat, with the growth at one half."""
    rows = [{"growth": item.growth, **_ends(item.share)} for item in result.shares]
    x = {"field": "growth", "type": "quantitative", "scale": {"nice": False},
         "title": "growth of the threat a year, while nothing is agreed",
         "axis": {"format": ".0%", "grid": False, "labelFlush": False, "tickCount": 6,
                  "labelPadding": 10}}  # fmt: skip
    y = {"field": "central", "type": "quantitative", "title": None,
         "scale": {"domain": [0, 1]}, "axis": {"format": ".0%", "tickCount": 5}}  # fmt: skip
    layer: list[Spec] = [
        {"data": {"values": rows}, "mark": {"type": "area", "color": _LIGHT, "line": False},
         "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
        {"data": {"values": [{}]},
         "mark": {"type": "rule", "color": "#444", "strokeDash": [5, 4]},
         "encoding": {"y": {"datum": 0.5}}},
        {"data": {"values": rows}, "mark": {"type": "line", "color": _DARK, "strokeWidth": 2.5},
         "encoding": {"x": x, "y": y}},
    ]  # fmt: skip
    flip = result.results.get("growth_at_half")
    if flip is not None and 0 <= flip.central <= rows[-1]["growth"]:
        said = f"one half at {100 * flip.central:.1f} % a year"
        if flip.low < flip.high:
            said += f" ({100 * flip.low:.1f} to {100 * flip.high:.1f})"
        on_right = flip.central > rows[-1]["growth"] / 2
        layer += [
            {"data": {"values": [{"growth": flip.central, "central": 0.5}]},
             "mark": {"type": "point", "filled": True, "color": _DARK, "size": 90, "opacity": 1},
             "encoding": {"x": x, "y": y}},
            texts([{"growth": flip.central, "at": 0.5, "label": said}],
                  {"align": "right" if on_right else "left", "dx": -8 if on_right else 8,
                   "dy": -14, "color": "#111"},
                  x=x, y={**y, "field": "at"}),
        ]  # fmt: skip
    asked = result.parameters["growth"]
    between = f"{100 * asked.low:g} to {100 * asked.high:g} %"
    if asked.low == asked.high:
        between = f"{100 * asked.low:g} %"
    layer.append(
        {"data": {"values": [{"from": asked.low, "to": asked.high}]},
         "mark": {"type": "rule", "color": _DARK, "strokeWidth": 6, "strokeCap": "round"},
         "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {"datum": 0}}}
    )  # fmt: skip
    wide = any(row["low"] < row["high"] for row in rows)
    band = "; the band holds 90 % of the draws" if wide else ""
    return _frame(
        "Who is in a hurry? The sender's share as the threat grows",
        f"Thick on the axis: the growth asked for, {between} a year{band}",
        "The sender's share against the growth of the threat",
        width=WIDTH, height=300, layer=layer,
    )  # fmt: skip


def policies_chart(result: PolicyGame) -> Spec:
    """Return each policy with a dot and a range for each type of target, a panel an outcome."""
    panels = [_panel(result, name, labelled=i == 0) for i, name in enumerate(_SHOWN)]
    return _frame(
        "What each policy leads to, by type of target",
        "Dots: median of the draws; lines: 5th to 95th percentile",
        "Outcomes of policies by type of target: " + ", ".join(_SHORT.values()),
        spacing=18,
        vconcat=[{"spacing": 34, "hconcat": panels}, _footer()],
    )


def _panel(result: PolicyGame, name: str, *, labelled: bool) -> Spec:
    words = {"sincere": "sincere target", "staller": "staller"}
    rows = [
        {"policy": item.policy, "target": words[item.target], **_ends(item.outcomes[name])}
        for item in result.policies
        if item.target in words
    ]
    shares = name != "programme"
    most = max(row["high"] for row in rows)
    x = {"field": "central", "type": "quantitative", "title": None,
         "scale": {"domain": [0, 1 if shares else max(1.0, 1.05 * most)], "nice": not shares},
         "axis": {"format": ".0%", "tickCount": 3, "labelFlush": False,
                  **({"values": [0, 0.5, 1]} if shares else {})}}  # fmt: skip
    y = {"field": "policy", "type": "nominal", "title": None, "sort": list(POLICIES),
         "scale": {"domain": list(POLICIES)},
         "axis": {"labels": labelled, "labelPadding": 8, "grid": False}}  # fmt: skip
    offset = {"field": "target", "type": "nominal", "sort": list(words.values()),
              "scale": {"paddingOuter": 0.6}}  # fmt: skip
    fill = {
        "field": "target", "type": "nominal", "title": None,
        "scale": {"domain": list(words.values()), "range": ["#ffffff", _DARK]},
        "legend": {"orient": "top", "symbolType": "circle", "offset": 10} if labelled else None,
    }  # fmt: skip
    return {
        "title": {"text": _SHORT[name], "fontSize": 13, "anchor": "start", "frame": "group",
                  "offset": 8},
        "width": _PANEL,
        "height": _ROW * len(POLICIES),
        "data": {"values": rows},
        "encoding": {"y": y, "yOffset": offset},
        "layer": [
            {"mark": {"type": "rule", "color": "#555", "strokeWidth": 2},
             "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "stroke": _DARK, "strokeWidth": 1.5,
                      "size": 75, "opacity": 1},
             "encoding": {"x": x, "fill": fill}},
        ],
    }  # fmt: skip


def _footer() -> Spec:
    """What the outcomes mean, in small print."""
    room = int(4 * _PANEL / _CHARACTER)
    said = [f"{_SHORT[name].capitalize()}: {OUTCOMES[name]}." for name in _SHOWN]
    lines = [line for text in said for line in wrapped(text, room)]
    return {
        "width": 4 * _PANEL,
        "height": LINE * len(lines),
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": lines, "x": 0, "y": 0, "align": "left",
                 "baseline": "top", "fontSize": 11, "lineHeight": LINE, "color": "#444"},
    }  # fmt: skip
