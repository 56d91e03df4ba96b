"""The picture of a bargain: every package as a dot, the frontier, the offers, the lawful ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from detente.pressure.model import BargainingGrid
from detente.report.pictures import SCHEMA, Spec, config, texts, wrapped
from detente.talks.bargain import acceptable, solutions, undominated
from detente.talks.grid import Packages, packages_of

SIZE: Final = 520
_OTHER, _LAWFUL, _FRONT = "#c9d3de", "#4c78a8", "#1c1c1c"


def bridge_chart(grid: BargainingGrid) -> Spec:
    """Return the picture of a bargaining grid as a Vega-Lite specification.

    Returns:
        The value of packages to the target against that to the sender: all as pale dots (those
        at the same place once), those under the lawful ceiling darker, the frontier as a line,
        the two offers, no deal and the fair points by name. Right of and above the two lines a
        package beats no deal.
    """
    packages = packages_of(grid)
    at = packages.no_deal
    no_deal = {"sender": float(packages.sender[at]), "target": float(packages.target[at])}
    sender, target = grid.parties["sender"], grid.parties["target"]
    x = _axis("sender", f"value to the sender ({sender})")
    y = _axis("target", f"value to the target ({target})")
    return {
        "$schema": SCHEMA,
        "description": f"Packages of {grid.title} by their value to both parties",
        "background": "white",
        "padding": 16,
        "config": config(),
        "title": {
            "text": grid.title,
            "subtitle": [
                *wrapped(f"{grid.packages:,} packages by what they are worth to both, on weights "
                         "that are an analyst's and that nobody was asked for.", 84),
                "Beyond both thin lines a package beats no deal.",
            ],
            "anchor": "start", "frame": "bounds", "offset": 14,
        },
        "width": SIZE, "height": SIZE,
        "encoding": {"x": x, "y": y},
        "layer": [
            _dots(list(_places(packages))),
            {"data": {"values": [{"sender": no_deal["sender"]}]},
             "mark": {"type": "rule", "color": "#777", "strokeWidth": 0.8},
             "encoding": {"x": {"field": "sender", "type": "quantitative"}, "y": None}},
            {"data": {"values": [{"target": no_deal["target"]}]},
             "mark": {"type": "rule", "color": "#777", "strokeWidth": 0.8},
             "encoding": {"y": {"field": "target", "type": "quantitative"}, "x": None}},
            {"data": {"values": list(_frontier(packages))},
             "mark": {"type": "line", "color": _FRONT, "strokeWidth": 2,
                      "interpolate": "step-before"}},
            *_named(packages),
        ],
    }  # fmt: skip


def _axis(field: str, title: str) -> Spec:
    return {
        "field": field, "type": "quantitative", "title": title,
        "scale": {"domain": [0, 1], "nice": False}, "axis": {"grid": True, "tickCount": 6},
    }  # fmt: skip


def _dots(values: list[Spec]) -> Spec:
    domain = ["above what the law would bear", "under the lawful ceiling"]
    colour = {
        "field": "kind", "type": "nominal", "title": None,
        "scale": {"domain": domain, "range": [_OTHER, _LAWFUL]},
        "legend": {"orient": "bottom", "symbolType": "circle"},
    }  # fmt: skip
    return {
        "data": {"values": values},
        "mark": {"type": "circle", "size": 9, "opacity": 1},
        "encoding": {"color": colour},
    }


def _places(packages: Packages) -> Iterator[Spec]:
    """Each place on the picture once, lawful ones last so that they stay visible."""
    kinds = np.where(packages.lawful, 1, 0)
    spots = np.stack([packages.sender.round(3), packages.target.round(3), kinds], axis=1)
    for one, other, kind in sorted(set(map(tuple, spots.tolist())), key=lambda spot: spot[2]):
        name = "under the lawful ceiling" if kind else "above what the law would bear"
        yield {"sender": one, "target": other, "kind": name}


def _frontier(packages: Packages) -> Iterator[Spec]:
    values = np.stack([packages.sender, packages.target], axis=1)
    for one, other in sorted(values[undominated(values)].tolist()):
        yield {"sender": one, "target": other}


def _named(packages: Packages) -> Iterator[Spec]:
    points = {
        "no deal": packages.no_deal,
        "the target's offer": packages.target_offer,
        "the sender's offer": packages.sender_offer,
    }
    for name, found in (("Nash, any", acceptable(packages)),
                        ("Nash, lawful", acceptable(packages) & packages.lawful)):  # fmt: skip
        fair = solutions(packages, found)
        if fair:
            points[name] = fair["nash"].package
    values = [
        {"sender": float(packages.sender[i]), "target": float(packages.target[i]), "label": name}
        for name, i in points.items()
    ]
    yield {
        "data": {"values": values},
        "mark": {"type": "point", "shape": "diamond", "size": 130, "filled": True,
                 "color": "white", "stroke": "#111", "strokeWidth": 2, "opacity": 1},
    }  # fmt: skip
    look = {"align": "left", "dx": 11, "dy": -8, "fontSize": 12, "fontWeight": "bold"}
    for extra in ({"stroke": "white", "strokeWidth": 5}, {"color": "#111"}):
        yield texts(values, {**look, **extra})
