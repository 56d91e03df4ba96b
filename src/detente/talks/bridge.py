"""Lawful bridges: packages of conduct and relief near an offer, and the grid of its bargain.

A bridge keeps what the offer gives, adds the least conduct that a rule asks for, and relieves what
that conduct earns and no more. It says what the deciders then owe and who could take it back:
without that, one side's promise is credible and the other's is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from detente.law.model import Range
from detente.relief.rules import RULES
from detente.talks.bridge_results import Bridge, Bridges
from detente.talks.packages import Released, judged
from detente.talks.plans import Plan, as_offered, compliance, legal_minimum, proportional
from detente.talks.setting import Setting


def bridges(
    at: Setting,
    *,
    released: Released | None = None,
    costs: Mapping[str, Range] | None = None,
    side: Literal["sender", "target"] | None = None,
) -> Bridges:
    """Return the lawful packages near an offer.

    Args:
        at: the offer on its day.
        released: what lifting measures would release; measures are counted where it is not given.
        costs: cost ranges of conduct, by fact; every step counts one where not given.
        side: for whom to order: the sender looks for pressure kept, the target for relief at
            least cost. By default, by how little a package adds to the offer.

    Raises:
        UsageError: a step of conduct has no cost in the file of costs.
    """
    earned, complete = compliance(at)
    plans = [as_offered(at), *legal_minimum(at), *earned, *proportional(at)]
    found = [judged(at, plan, released, costs) for plan in _distinct(plans)]
    found = _marked(found)
    return Bridges(
        regime=at.regime.id,
        offer=at.offer.id,
        reading=at.reading,
        as_of=at.view.day,
        side=side,
        asked=len(at.asked),
        packages=tuple(sorted(found, key=lambda item: _order(item, side))),
        bargain=None,
        threshold=None,
        rules={name: " ".join((rule.__doc__ or "").split()) for name, rule in RULES.items()},
        proved="complete" if complete else "capped",
    )


def _distinct(plans: Iterable[Plan]) -> list[Plan]:
    """The plans without those that say the same as an earlier one."""
    kept: dict[tuple[object, ...], Plan] = {}
    for plan in plans:
        key = (plan.manner, frozenset(plan.requirements), plan.components, plan.relief)
        kept.setdefault(key, plan)
    return list(kept.values())


def _order(item: Bridge, side: str | None) -> tuple[float, ...]:
    lawful = -float(any(item.lawful.values()))
    added = item.cost.central if item.cost else float(len(item.conduct))
    if side == "sender":
        return lawful, -item.pressure_kept.central, -item.requirements_met.central, added
    if side == "target":
        return lawful, -float(len(item.relief)), added
    return lawful, added, -float(len(item.relief))


def _marked(found: list[Bridge]) -> list[Bridge]:
    """Mark the packages that no other lawful one beats in cost, pressure kept and requirements."""
    import numpy as np

    from detente.talks.bargain import undominated

    candidates = [
        i for i, b in enumerate(found)
        # what easing case by case keeps is not known, so it beats nothing
        if b.cost is not None and b.manner != "ease" and any(b.lawful.values())
    ]  # fmt: skip
    if not candidates:
        return found
    values = np.array([
        [-b.cost.central if b.cost else 0, b.pressure_kept.central, b.requirements_met.central]
        for b in (found[i] for i in candidates)
    ])  # fmt: skip
    best = {candidates[int(i)] for i in undominated(values)}
    return [
        msgspec.structs.replace(item, undominated=number in best)
        for number, item in enumerate(found)
    ]
