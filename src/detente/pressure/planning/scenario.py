"""From rows with ranges to the plain numbers of a problem: one number picked from each range."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from detente.errors import UnknownIdError
from detente.law.model import Range
from detente.pressure.model import Band, Bounds, Lever, Planning, Pressure, Stream
from detente.pressure.planning.problem import Option, Segment

MONTHS_A_QUARTER: Final = 3
REVENUE: Final = "revenue"
"""The objective that is counted in money denied; the others are counted in points."""

Name = Literal["worst", "quantile", "central", "best"]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """Which number is taken from each range.

    Attributes:
        name: ``worst``: effects and what is at stake low, costs and leads high; ``best``: the
            reverse; ``central``: the middle; ``quantile``: effects at that quantile of the
            triangle over their range, costs and leads at the opposite one.
        quantile: the quantile, where the name says so.
    """

    name: Name
    quantile: float = 0.2


def triangle(value: Bounds | Band | Range) -> Range:
    """Return a range with a central value: its own, or the middle where it has none."""
    central = getattr(value, "central", None)
    middle = (value.low + value.high) / 2 if central is None else central
    return Range(low=value.low, central=middle, high=value.high)


def pick(value: Range, scenario: Scenario, *, good: bool) -> float:
    """Return the number that a scenario takes from a range.

    Args:
        value: the range.
        scenario: the scenario.
        good: whether more of it is good for the plan.
    """
    if scenario.name == "central":
        return value.central
    if scenario.name == "quantile":
        return _quantile(value, scenario.quantile if good else 1 - scenario.quantile)
    return value.low if (scenario.name == "worst") is good else value.high


def _quantile(value: Range, share: float) -> float:
    """Return a quantile of the triangle over a range."""
    width = value.high - value.low
    if width <= 0:
        return value.low
    if share * width <= value.central - value.low:
        return value.low + math.sqrt(share * width * (value.central - value.low))
    return value.high - math.sqrt((1 - share) * width * (value.high - value.central))


def objectives(pressure: Pressure) -> tuple[str, ...]:
    """Return what a plan can aim at."""
    other = dict.fromkeys(name for row in pressure.planning.values() for name in row.serves)
    return (REVENUE, *sorted(other))


def options(
    pressure: Pressure, levers: Iterable[str], objective: str, scenario: Scenario
) -> tuple[Option, ...]:
    """Return levers as plain numbers.

    Raises:
        UnknownIdError: no lever serves such an objective.
    """
    known = objectives(pressure)
    if objective not in known:
        raise UnknownIdError("objective", objective, known)
    plans = {row.lever: row for row in pressure.planning.values()}
    return tuple(
        _option(pressure.levers[id_], plans.get(id_), objective, scenario) for id_ in levers
    )


def _option(lever: Lever, plan: Planning | None, objective: str, scenario: Scenario) -> Option:
    money = objective == REVENUE
    serves = plan.serves if plan is not None else {}
    months = pick(triangle(lever.lead), scenario, good=False)
    return Option(
        id=lever.id,
        value=pick(triangle(lever.effect), scenario, good=True) if money
        else float(serves.get(objective, 0)),
        cost=pick(triangle(lever.cost), scenario, good=False),
        lead=quarters(months),
        harm=float(lever.humanitarian_harm),
        eases=float(plan.eases_harm) if plan is not None else 0.0,
        escalation=float(plan.escalation) if plan is not None else 0.0,
        stream=plan.stream if plan is not None and money else None,
        needs=lever.needs,
        requires=plan.requires if plan is not None else (),
        conflicts=plan.conflicts if plan is not None else (),
        scores={name: float(score) for name, score in serves.items()},
    )  # fmt: skip


def quarters(months: float) -> int:
    """Return how many quarters a lead of so many months takes; a part of one counts whole."""
    return math.ceil(months / MONTHS_A_QUARTER - 1e-9)


def stake(pressure: Pressure, stream: Stream) -> Range:
    """Return what is at stake in a stream, in USD million a year."""
    rows = [pressure.trade.get(id_) or pressure.estimates[id_] for id_ in stream.at_stake]
    parts = [triangle(row.value) for row in rows if row.value is not None]
    low, central, high = (
        sum(getattr(part, end) for part in parts) for end in ("low", "central", "high")
    )
    return Range(low=low, central=central, high=high)


def streams(pressure: Pressure, scenario: Scenario) -> dict[str, tuple[Segment, ...]]:
    """Return the steps of every stream, in USD million a year."""
    return {
        id_: tuple(
            Segment(step.share * pick(stake(pressure, row), scenario, good=True), step.worth)
            for step in row.returns
        )
        for id_, row in pressure.streams.items()
    }
