"""What every game that is asked with ranges has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from detente.errors import UsageError
from detente.games.ranges import (
    Bools,
    Draws,
    Floats,
    Influence,
    Parameter,
    Range,
    draw,
    sensitivity,
    spread,
    within,
)
from detente.games.results import Assumption

Parameters = Mapping[str, Parameter]
Bounds = Mapping[str, tuple[float, float, str]]
"""By parameter: its least, its most, and whether these belong to it."""

MOST: Final = 500
"""Rounds, steps, periods or targets at most."""

_LARGE: Final = 1e9
"""Payoffs, costs and rates at most: sums and products of larger ones leave the numbers."""

CHANCE: Final = (0.0, 1.0, "[]")
INNER: Final = (0.0, 1.0, "()")
PATIENCE: Final = (0.0, 1.0, "(]")
POSITIVE: Final = (0.0, _LARGE, "(]")
NOT_NEGATIVE: Final = (0.0, _LARGE, "[]")

KREPS: Final = "Kreps and Wilson 1982"
OWN: Final = "this model"
"""Sources of assumptions."""


class Asked(NamedTuple):
    """The draws, and the fields that every game carries besides its results."""

    drawn: Draws
    fields: dict[str, Any]


def ask(
    core: str,
    bounds: Bounds,
    assumptions: tuple[Assumption, ...],
    parameters: Parameters,
    numbers: dict[str, int],
    draws: int,
    seed: int,
) -> Asked:
    """Check the parameters of a game and draw them.

    Raises:
        UsageError: a parameter leaves its bounds, or draws or seed make no sense.
    """
    for name, (least, most, ends) in bounds.items():
        within(name.replace("_", " "), parameters[name], least, most, ends=ends)
    drawn = draw(parameters, draws, seed)
    size = next(iter(drawn.values())).size
    fields = {"core": core, "parameters": dict(parameters), "numbers": numbers, "draws": size,
              "seed": seed, "assumptions": assumptions}  # fmt: skip
    return Asked(drawn, fields)


def decides(
    outcomes: Callable[[Draws], Mapping[str, Floats]],
    parameters: Parameters,
    seed: int,
    *names: str,
) -> tuple[Influence, ...]:
    """Return which parameter decides the outcomes that are named."""
    return sensitivity(
        lambda drawn: {name: value for name, value in outcomes(drawn).items() if name in names},
        parameters,
        seed,
    )


def spread_all(values: Mapping[str, Floats]) -> dict[str, Range]:
    """Return each outcome as a range; one that is without bound in some draw is left out."""
    return {name: spread(value) for name, value in values.items() if np.isfinite(value).all()}


def in_order(parameters: Parameters, low: str, high: str) -> None:
    """Refuse two parameters of which the first may exceed the second.

    Raises:
        UsageError: their ranges overlap.
    """
    if parameters[low].high > parameters[high].low:
        said = [f"{name.replace('_', ' ')} {parameters[name].low:g}:{parameters[name].high:g}"
                for name in (low, high)]  # fmt: skip
        raise UsageError(f"{said[0]} reaches above {said[1]}; the first must not exceed the second")


def share_of(holds: Bools) -> str:
    """Return in words in which share of the draws something holds."""
    return f"{100 * float(np.mean(holds)):.0f} % of the draws" if holds.size > 1 else "this game"
