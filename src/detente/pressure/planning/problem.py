"""The problem that a plan solves, in plain numbers, and what a choice is worth in it.

A lever begins in some quarter or never, and once begun it runs to the end. From its beginning it
costs, harms, escalates and takes up its partners; after its lead it has its effect. Levers of one
stream share its diminishing returns. Nothing here knows of countries, laws or ranges: a scenario
has already picked one number from each range.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

TOLERANCE: Final = 1e-6
"""By how much a sum may miss a limit: what a solver's arithmetic leaves."""

QUARTERS_A_YEAR: Final = 4


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A lever as a plan sees it.

    Attributes:
        id: the lever.
        value: what it brings a year for the objective, once it works, before returns diminish.
        cost: USD million a year while it runs.
        lead: quarters from its beginning to its effect.
        harm: points of humanitarian harm while it runs.
        eases: points of harm that it takes off once it works.
        escalation: points of escalation while it runs.
        stream: the income that it draws on; None, where it stands alone.
        needs: whose cooperation it takes.
        requires: levers that must work before it begins.
        conflicts: levers that cannot run beside it.
        scores: what else it serves.
    """

    id: str
    value: float = 0.0
    cost: float = 0.0
    lead: int = 0
    harm: float = 0.0
    eases: float = 0.0
    escalation: float = 0.0
    stream: str | None = None
    needs: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    scores: dict[str, float] = {}


class Segment(msgspec.Struct, frozen=True):
    """One step of diminishing returns: how wide, in value a year, and what each unit is worth."""

    width: float
    slope: float


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What may be chosen and what limits it. A limit that is None or absent does not hold.

    Attributes:
        options: the levers.
        quarters: how many quarters the plan covers.
        streams: the steps of each stream, worth less at each.
        budget: USD million a year that may run in any quarter.
        humanitarian: points of harm, eased ones taken off, in any quarter.
        escalation: points of escalation in any quarter.
        coalition: levers that may need a party at one time, by party.
        at_least: what the objective must reach over the whole plan.
        floors: points that the levers begun must reach, by objective.
        include: levers that must begin.
        exclude: levers that must not.
        prerequisites: whether ``requires`` holds.
        conflicts: whether ``conflicts`` holds.
    """

    options: tuple[Option, ...]
    quarters: int
    streams: dict[str, tuple[Segment, ...]] = {}
    budget: float | None = None
    humanitarian: float | None = None
    escalation: float | None = None
    coalition: dict[str, int] = {}
    at_least: float | None = None
    floors: dict[str, float] = {}
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prerequisites: bool = True
    conflicts: bool = True


def limits_of(problem: Problem) -> tuple[str, ...]:
    """Return the names of all limits that hold, in a fixed order."""
    found = [
        name
        for name in ("budget", "humanitarian", "escalation", "at_least")
        if getattr(problem, name) is not None
    ]
    found += [f"coalition:{party}" for party in problem.coalition]
    found += [f"floor:{name}" for name in problem.floors]
    found += [f"include:{id_}" for id_ in problem.include]
    found += [f"exclude:{id_}" for id_ in problem.exclude]
    found += ["prerequisites"] * problem.prerequisites + ["conflicts"] * problem.conflicts
    return tuple(found)


def with_limits(problem: Problem, kept: Collection[str]) -> Problem:
    """Return a problem with only those of its limits that are named."""

    def some(name: str) -> float | None:
        value: float | None = getattr(problem, name)
        return value if name in kept else None

    return replace(
        problem,
        budget=some("budget"),
        humanitarian=some("humanitarian"),
        escalation=some("escalation"),
        at_least=some("at_least"),
        coalition={k: v for k, v in problem.coalition.items() if f"coalition:{k}" in kept},
        floors={k: v for k, v in problem.floors.items() if f"floor:{k}" in kept},
        include=tuple(id_ for id_ in problem.include if f"include:{id_}" in kept),
        exclude=tuple(id_ for id_ in problem.exclude if f"exclude:{id_}" in kept),
        prerequisites=problem.prerequisites and "prerequisites" in kept,
        conflicts=problem.conflicts and "conflicts" in kept,
    )


def returns(amount: float, segments: tuple[Segment, ...]) -> float:
    """Return what an amount is worth after returns have diminished, both a year."""
    found = 0.0
    for segment in segments:
        step = min(amount, segment.width)
        found += step * segment.slope
        amount -= step
    return found


def value_of(problem: Problem, starts: Mapping[str, int]) -> float:
    """Return what a choice brings over the whole plan.

    Args:
        problem: the problem.
        starts: the quarter, from 0, in which each chosen lever begins.
    """
    return sum(by_quarter(problem, starts))


def by_quarter(problem: Problem, starts: Mapping[str, int]) -> list[float]:
    """Return what a choice brings in each quarter."""
    found = []
    for quarter in range(problem.quarters):
        alone, shared = 0.0, dict.fromkeys(problem.streams, 0.0)
        for option in problem.options:
            if option.id in starts and starts[option.id] + option.lead <= quarter:
                if option.stream is None:
                    alone += option.value
                else:
                    shared[option.stream] += option.value
        worth = sum(returns(shared[id_], steps) for id_, steps in problem.streams.items())
        found.append((alone + worth) / QUARTERS_A_YEAR)
    return found
