"""A fixed portfolio held against draws of everything that is uncertain about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from detente.law.model import Range
from detente.pressure.model import Lever, Pressure
from detente.pressure.planning.problem import QUARTERS_A_YEAR
from detente.pressure.planning.scenario import MONTHS_A_QUARTER, REVENUE, stake, triangle
from detente.pressure.spread import SEED, Spread, generator, percentiles, triangular

if TYPE_CHECKING:
    from detente.pressure.spread import Floats

DRAWS: Final = 10_000


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What a portfolio may come to.

    Attributes:
        value: over the whole plan.
        by_quarter: in each quarter.
        within_budget: how often no quarter's running cost exceeds the budget; None without one.
        draws: how many draws were made.
    """

    value: Spread
    by_quarter: tuple[Spread, ...]
    within_budget: float | None
    draws: int


def outlook(
    pressure: Pressure,
    starts: Mapping[str, int],
    quarters: int,
    *,
    objective: str = REVENUE,
    budget: float | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Outlook:
    """Return what a portfolio may come to, effects, costs, leads and stakes drawn independently.

    Args:
        pressure: the rows.
        starts: the quarter, from 0, in which each lever begins.
        quarters: how many quarters the plan covers.
        objective: what is counted.
        budget: USD million a year that may run in any quarter.
        draws: how many draws.
        seed: their seed.
    """
    import numpy as np

    random = generator(seed)
    levers = [pressure.levers[id_] for id_ in starts]
    begun = np.array(list(starts.values()), dtype=np.float64)
    effects = triangular(_values(pressure, levers, objective), draws, random)
    leads = triangular([triangle(lever.lead) for lever in levers], draws, random)
    costs = triangular([triangle(lever.cost) for lever in levers], draws, random)
    works = begun + np.ceil(leads / MONTHS_A_QUARTER - 1e-9)
    groups = _groups(pressure, levers, objective)
    steps = {
        id_: triangular([stake(pressure, pressure.streams[id_])], draws, random)[:, 0]
        for id_ in groups if id_ is not None
    }  # fmt: skip
    found = np.zeros((quarters, draws))
    for quarter in range(quarters):
        now = np.where(works <= quarter, effects, 0.0)
        for id_, places in groups.items():
            amount = now[:, places].sum(axis=1)
            worth = amount if id_ is None else _returns(pressure, id_, amount, steps[id_])
            found[quarter] += worth / QUARTERS_A_YEAR
    most = costs.sum(axis=1)  # nothing stops once begun, so the last quarter costs most
    return Outlook(
        value=percentiles(found.sum(axis=0)),
        by_quarter=tuple(percentiles(row) for row in found),
        within_budget=None if budget is None else float((most <= budget).mean()),
        draws=draws,
    )


def _values(pressure: Pressure, levers: Sequence[Lever], objective: str) -> list[Range]:
    if objective == REVENUE:
        return [triangle(lever.effect) for lever in levers]
    scores = {row.lever: row.serves.get(objective, 0) for row in pressure.planning.values()}
    points = [float(scores.get(lever.id, 0)) for lever in levers]
    return [Range(low=point, central=point, high=point) for point in points]


def _groups(
    pressure: Pressure, levers: Sequence[Lever], objective: str
) -> dict[str | None, list[int]]:
    """The places of the levers of each stream; None: of those that stand alone."""
    stream = {row.lever: row.stream for row in pressure.planning.values()}
    found: dict[str | None, list[int]] = {}
    for n, lever in enumerate(levers):
        found.setdefault(stream.get(lever.id) if objective == REVENUE else None, []).append(n)
    return found


def _returns(pressure: Pressure, stream: str, amount: Floats, at_stake: Floats) -> Floats:
    import numpy as np

    found: Floats = np.zeros_like(amount)
    left = amount
    for step in pressure.streams[stream].returns:
        taken = np.minimum(left, at_stake * step.share)
        found += taken * step.worth
        left = left - taken
    return found
