"""Spirit: of the issue areas for which a measure was imposed, what share is verifiably met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from detente.evidence.facts import Facts
from detente.law.model import Range
from detente.law.regime import Regime
from detente.law.subjects import Component
from detente.offers.model import Offer

Scope = Literal["narrow", "broad"]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share from 0 to 1, as a range.

    Attributes:
        low: touched components at low weight and low fraction, all others at high weight.
        central: central weights and fractions.
        high: touched components at high weight and high fraction, all others at low weight.
        kind: ``bounds`` (nothing lies outside if the inputs hold) or ``p05-p95``.
    """

    low: float
    central: float
    high: float
    kind: Literal["bounds", "p05-p95"] = "bounds"


def share(components: Iterable[Component], fractions: Mapping[str, Range]) -> Share | None:
    """Return the share of an area that is met.

    Args:
        components: the area's components; their weights need not sum to 1.
        fractions: the share of its end-state that each component has reached, by id.

    Returns:
        The share; None for an area of which no component is listed: nothing says what it is.
    """
    touched: list[tuple[Component, Range]] = []
    others: list[Component] = []
    for component in components:
        fraction = fractions.get(component.id)
        if fraction is None or fraction.high <= 0:
            others.append(component)
        else:
            touched.append((component, fraction))

    if not touched and not others:
        return None

    def at(mine: str, theirs: str, fraction: str) -> float:
        weights = [(getattr(c.weight, mine), getattr(f, fraction)) for c, f in touched]
        total = sum(w for w, _ in weights) + sum(getattr(c.weight, theirs) for c in others)
        return round(sum(w * f for w, f in weights) / total, 6) if total else 0.0

    return Share(
        low=at("low", "high", "low"),
        central=at("central", "central", "central"),
        high=at("high", "low", "high"),
    )


def fractions_now(regime: Regime, facts: Facts) -> dict[str, Range]:
    """Return what each component has reached, inspected or better."""
    found = {id_: facts.fraction(id_) for id_ in regime.components}
    return {id_: fraction for id_, fraction in found.items() if fraction is not None}


def fractions_if_kept(
    now: Mapping[str, Range], offer: Offer, scope: Scope | None = None
) -> dict[str, Range]:
    """Return what each component would have reached with the target's gives carried out in full.

    Args:
        now: what they have reached already.
        offer: the offer.
        scope: how disputed gives are read: ``narrow`` takes each fraction at its low end,
            ``broad`` at its high end, None keeps the range.
    """
    kept = dict(now)
    for position in offer.positions:
        if position.role != "target":
            continue
        for clause in position.gives:
            for given in clause.components:
                if given.fraction is not None:
                    fraction = _read(given.fraction, scope)
                    kept[given.component] = _most(kept.get(given.component), fraction)
    return kept


def _read(fraction: Range, scope: Scope | None) -> Range:
    if scope is None:
        return fraction
    end = fraction.low if scope == "narrow" else fraction.high
    return Range(low=end, central=end, high=end)


def _most(one: Range | None, other: Range) -> Range:
    if one is None:
        return other
    return Range(
        low=max(one.low, other.low),
        central=max(one.central, other.central),
        high=max(one.high, other.high),
    )


def largest_remaining(
    components: Iterable[Component], fractions: Mapping[str, Range], count: int = 8
) -> list[str]:
    """Return the components that weigh most in what is left, by central values."""
    left = [
        (c.weight.central * (1 - (fractions[c.id].central if c.id in fractions else 0)), c.id)
        for c in components
    ]
    return [
        id_
        for remaining, id_ in sorted(left, key=lambda item: (-item[0], item[1]))[:count]
        if remaining > 0
    ]
