"""Rates of rare events with their exact intervals, from the standard library alone."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt
from typing import Final

import msgspec

_YEAR: Final = 365.25
_TINY: Final = 1e-300
_NORMAL: Final = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


class Rate(msgspec.Struct, frozen=True):
    """Events a year, with the exact Poisson 95 % interval (Garwood's).

    It takes events to come singly. Where they come in batches the truth lies outside more often.
    """

    low: float
    central: float
    high: float

    def __str__(self) -> str:
        """The rate and its interval: ``12.0 (9.1-15.5)``."""
        return f"{self.central:.1f} ({self.low:.1f}-{self.high:.1f})"


def rate(count: int, days: int) -> Rate:
    """Return the rate a year of ``count`` events in ``days`` days.

    Args:
        count: nought or more.
        days: one or more.
    """
    low = _gamma_quantile(count, -_NORMAL) if count else 0.0
    high = _gamma_quantile(count + 1, _NORMAL)
    scale = _YEAR / days
    return Rate(low * scale, count * scale, high * scale)


def _gamma_quantile(shape: int, z: float) -> float:
    """The quantile of a gamma distribution that lies where ``z`` does in the normal one.

    From the approximation of Wilson and Hilferty, by Newton's steps that bisection keeps in
    bounds.
    """
    wanted = 0.025 if z < 0 else 0.975
    x = shape * max(1 - 1 / (9 * shape) + z / (3 * sqrt(shape)), 0.01) ** 3
    low, high = 0.0, x + 20 * sqrt(shape) + 20
    for _ in range(100):
        over = _gamma_share(shape, x) - wanted
        low, high = (low, x) if over > 0 else (x, high)
        density = exp((shape - 1) * log(x) - x - lgamma(shape))
        step = x - over / density if density > _TINY else low
        step = step if low < step < high else (low + high) / 2
        if abs(step - x) <= 1e-13 * x:
            break
        x = step
    return x


def _gamma_share(shape: float, x: float) -> float:
    """The share of a gamma distribution below ``x``: the regularised lower incomplete gamma."""
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        n = shape
        while term > total * 1e-16:
            n += 1
            term *= x / n
            total += term
        return front * total
    # The continued fraction of the upper share, by the modified method of Lentz.
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    product = d
    for i in range(1, 10_000):
        a = -i * (i - shape)
        b += 2
        d = 1 / (a * d + b or _TINY)
        c = b + a / c or _TINY
        product *= d * c
        if abs(log1p(d * c - 1)) < 1e-16:
            break
    return 1 - front * product
