"""Parameters as ranges, draws from them, and ranges and sensitivities of what comes out.

Chance enters here only as uncertainty about parameters; the cores themselves are solved exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Draws = dict[str, Floats]
"""Parameters by name, each with one value for each draw."""

MOST_DRAWS: Final = 1_000_000
_STILL: Final = 0.95
"""Share of equal values from which an outcome is too still for its variance to be shared out."""

_SIZE: Final = 2048
"""Base samples of a sensitivity; each costs two evaluations and one more for each parameter."""


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """A number that came out: the 5th, 50th and 95th percentile of the draws.

    Where every parameter was one number the three are equal and ``kind`` is ``bounds``: exact.
    """

    low: float
    central: float
    high: float
    kind: Literal["bounds", "p05-p95"]


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A number that goes in: a point, a range without a centre, or one with a likeliest value.

    Attributes:
        low: the least.
        central: the likeliest; the middle where only the ends are known.
        high: the most.
        shape: ``point``, ``uniform`` between the ends, or ``triangular`` with its peak at centre.
        kind: always ``bounds``: low and high are never exceeded.
    """

    low: float
    central: float
    high: float
    shape: Literal["point", "uniform", "triangular"]
    kind: Literal["bounds"] = "bounds"


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """How far one parameter decides an outcome (Sobol 1993, Saltelli 2010).

    Attributes:
        outcome: what varies.
        parameter: what makes it vary.
        first: share of the variance that it explains alone.
        total: share in which it has a part, interactions included.
    """

    outcome: str
    parameter: str
    first: float
    total: float


def point(value: float) -> Parameter:
    """Return a parameter that is one number."""
    return Parameter(low=value, central=value, high=value, shape="point")


def parameter(text: str) -> Parameter:
    """Return the parameter that is written as ``0.2``, ``0.1:0.3`` or ``0.1:0.2:0.3``.

    Raises:
        UsageError: it is no number, not finite, or its parts are out of order.
    """
    try:
        parts = [float(part) for part in text.split(":")]
    except ValueError:
        parts = []
    if not 1 <= len(parts) <= 3 or not all(map(math.isfinite, parts)):
        raise UsageError(f"{text!r} is no number; write 0.2, low:high or low:central:high")
    if parts != sorted(parts):
        raise UsageError(f"{text!r} is out of order; write low:high or low:central:high")
    low, high = parts[0], parts[-1]
    if low == high:
        return point(low)
    central = parts[1] if len(parts) == 3 else (low + high) / 2
    shape: Literal["uniform", "triangular"] = "triangular" if len(parts) == 3 else "uniform"
    return Parameter(low=low, central=central, high=high, shape=shape)


def within(
    name: str, value: Parameter, least: float, most: float = math.inf, *, ends: str = "[]"
) -> None:
    """Refuse a parameter that leaves an interval.

    Args:
        name: what the message calls it.
        value: the parameter.
        least: the lower end.
        most: the upper end.
        ends: ``[`` or ``(`` and ``]`` or ``)``: whether the ends belong to it.

    Raises:
        UsageError: some value of the parameter lies outside.
    """
    low = value.low >= least if ends[0] == "[" else value.low > least
    high = value.high <= most if ends[1] == "]" else value.high < most
    if low and high and math.isfinite(value.low) and math.isfinite(value.high):
        return
    said = f"{value.low:g}" if value.shape == "point" else f"{value.low:g}:{value.high:g}"
    above = f"{least:g} or more" if ends[0] == "[" else f"above {least:g}"
    wanted = above if most == math.inf else _interval(least, most, ends)
    raise UsageError(f"{name} is {said}; it must be {wanted}")


def _interval(least: float, most: float, ends: str) -> str:
    low = "" if ends[0] == "[" else " (not included)"
    high = "" if ends[1] == "]" else " (not included)"
    return f"from {least:g}{low} to {most:g}{high}"


def whole(name: str, value: int, least: int, most: int) -> None:
    """Refuse a whole number outside its bounds.

    Raises:
        UsageError: it is less than ``least`` or more than ``most``.
    """
    if not least <= value <= most:
        raise UsageError(f"{name} is {value}; it must be from {least} to {most}")


def draw(parameters: Mapping[str, Parameter], draws: int, seed: int) -> Draws:
    """Return independent draws of every parameter, the same for the same seed.

    Args:
        parameters: the parameters; where all are points there is one draw, and no chance.
        draws: how many draws, 1 to 1,000,000.
        seed: any whole number from 0.

    Raises:
        UsageError: too few or too many draws, or a negative seed.
    """
    whole("draws", draws, 1, MOST_DRAWS)
    if seed < 0:
        raise UsageError(f"seed is {seed}; it must be 0 or more")
    if all(item.shape == "point" for item in parameters.values()):
        return {name: np.array([item.central]) for name, item in parameters.items()}
    generator = np.random.default_rng(seed)
    return {name: _quantile(item, generator.random(draws)) for name, item in parameters.items()}


def _quantile(item: Parameter, share: Floats) -> Floats:
    """The value below which a share of the parameter's chance lies."""
    width = item.high - item.low
    if item.shape == "point":
        return np.full_like(share, item.central)
    if item.shape == "uniform":
        return item.low + width * share
    peak = (item.central - item.low) / width
    rising = item.low + width * np.sqrt(share * peak)
    falling = item.high - width * np.sqrt((1 - share) * (1 - peak))
    return np.where(share < peak, rising, falling)


def spread(values: Floats) -> Range:
    """Return draws of an outcome as a range: exact where they are all one draw."""
    if values.size == 1:
        value = float(values.flat[0])
        return Range(low=value, central=value, high=value, kind="bounds")
    low, central, high = (float(item) for item in np.quantile(values, (0.05, 0.5, 0.95)))
    return Range(low=low, central=central, high=high, kind="p05-p95")


def sensitivity(
    outcomes: Callable[[Draws], Mapping[str, Floats]],
    parameters: Mapping[str, Parameter],
    seed: int,
) -> tuple[Influence, ...]:
    """Return which parameter decides each outcome, the strongest first.

    Args:
        outcomes: takes draws and returns, for each outcome by name, its value in each draw.
        parameters: the parameters; points are left out, and fewer than two ranges need no ranking.
        seed: seed of the draws.

    Returns:
        First-order and total Sobol indices by ``scipy.stats.sobol_indices``; sampling makes them
        uncertain by some hundredths. An outcome that hardly varies is left out.
    """
    varied = [name for name, item in parameters.items() if item.shape != "point"]
    if len(varied) < 2:
        return ()
    from scipy.stats import sobol_indices  # a quarter of a second; only ranges need it

    generator = np.random.default_rng(seed)
    a, b = generator.random((2, len(varied), _SIZE))
    mixed = np.repeat(a[None], len(varied), axis=0)
    for place in range(len(varied)):
        mixed[place, place] = b[place]
    stacked = np.concatenate([a, b, *mixed], axis=1)
    values: dict[str, Any] = {
        name: np.full(stacked.shape[1], item.central) for name, item in parameters.items()
    }
    for name, row in zip(varied, stacked, strict=True):
        values[name] = _quantile(parameters[name], row)
    found = []
    for outcome, result in outcomes(values).items():
        parts = np.asarray(result, dtype=float).reshape(len(varied) + 2, 1, _SIZE)
        usual = np.isclose(parts, np.median(parts), rtol=1e-9, atol=1e-12)
        if usual.mean() > _STILL:
            continue
        index = sobol_indices(func={"f_A": parts[0], "f_B": parts[1], "f_AB": parts[2:]}, n=_SIZE)
        firsts = np.ravel(index.first_order)
        totals = np.ravel(index.total_order)
        rows = [
            Influence(outcome=outcome, parameter=name, first=float(first), total=float(total))
            for name, first, total in zip(varied, firsts, totals, strict=True)
        ]
        found += sorted(rows, key=lambda row: -row.total)
    return tuple(found)
