"""Ranges of results, and draws from ranges of inputs.

An input of which low, central and high are known is drawn from the triangle over them; inputs are
drawn independently of each other, with a seed that is fixed, so that the same question gets the
same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from detente.law.model import Range

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS: Final = 20_000
"""Draws where a caller says nothing: a percentile then moves by less than 0.1 % of a share."""

SEED: Final = 2016
"""Any number would do; a fixed one makes answers repeatable."""

DIGITS: Final = 9
"""Digits after the point that are kept: a thousandth of a dollar, for an amount in millions."""

Kind = Literal["bounds", "p05-p95"]


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """A result as a range.

    Attributes:
        low: the lower end.
        central: the mean of the draws; between bounds, the sum of the means.
        high: the upper end.
        kind: ``bounds`` (nothing lies outside if the inputs hold) or ``p05-p95`` (one draw in
            twenty lies below, and one above).
    """

    low: float
    central: float
    high: float
    kind: Kind


def generator(seed: int = SEED) -> np.random.Generator:
    """Return the source of draws for a seed."""
    import numpy as np

    return np.random.default_rng(seed)


def triangular(ranges: Sequence[Range], draws: int, random: np.random.Generator) -> Floats:
    """Return independent draws from the triangle over each range, shape (draws, ranges)."""
    import numpy as np

    low, mode, high = (
        np.array([getattr(item, end) for item in ranges], dtype=np.float64)
        for end in ("low", "central", "high")
    )
    width = high - low
    uniform = random.random((draws, len(ranges)))
    rising = uniform * width < mode - low
    up = low + np.sqrt(uniform * width * (mode - low))
    down = high - np.sqrt((1 - uniform) * width * (high - mode))
    drawn: Floats = np.where(rising, up, down)
    return drawn


def percentiles(drawn: Floats) -> Spread:
    """Return the 5th percentile, the mean and the 95th of draws, shape (draws,)."""
    import numpy as np

    low, high = np.quantile(drawn, (0.05, 0.95))
    mean = float(np.clip(drawn.mean(), low, high))
    return Spread(
        low=_rounded(float(low)), central=_rounded(mean), high=_rounded(float(high)),
        kind="p05-p95",
    )  # fmt: skip


def bounds(low: float, central: float, high: float) -> Spread:
    """Return a range between bounds; a central value outside them is moved to the nearer one."""
    high = max(low, high)
    central = min(max(central, low), high)
    return Spread(
        low=_rounded(low), central=_rounded(central), high=_rounded(high), kind="bounds"
    )  # fmt: skip


def mean_of(value: Range) -> float:
    """Return the mean of the triangle over a range."""
    return (value.low + value.central + value.high) / 3


def spread_of(value: Range) -> Spread:
    """Return an input as a result: its own bounds and central value."""
    return Spread(low=value.low, central=value.central, high=value.high, kind="bounds")


def _rounded(value: float) -> float:
    """Return a number without the noise of its last binary digits, which depends on their order."""
    return round(value, DIGITS)
