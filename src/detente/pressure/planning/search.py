"""What stands round an optimum: what nearly won, what would change it, what forbids any choice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import msgspec
from msgspec.structs import replace

from detente.pressure.planning.milp import Solution, solve
from detente.pressure.planning.problem import (
    QUARTERS_A_YEAR,
    TOLERANCE,
    Option,
    Problem,
    limits_of,
    with_limits,
)

SUBSETS: Final = 4096
"""Sets of limits that are tried at most when the smallest conflict is sought."""


_DEMANDS: Final = ("at_least", "floor:", "include:")
"""Limits that ask for something; without one of them nothing conflicts."""

_ROUNDS: Final = 4
"""Guesses at a break-even value."""

_CLOSE: Final = 1e-4
"""How near to the goal, as a share of it, a break-even is taken as found."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Limits that cannot all hold.

    Attributes:
        limits: their names; without any one of them a choice exists.
        smallest: whether it is proved that no smaller set of limits conflicts.
    """

    limits: tuple[str, ...]
    smallest: bool


class Switch(msgspec.Struct, frozen=True, kw_only=True):
    """What would have to change for a lever to enter a plan or to leave it.

    Attributes:
        lever: its id.
        chosen: whether the plan has it.
        loss: what the plan would lose with the lever forced the other way; None where no choice
            with it exists at all.
        value: its value a year now.
        at: the value a year at which the plan would be as good with it as without; None where no
            value of its own alone would do it. Checked by solving again with that value.
        barred_by: the limits that forbid it, where no choice with it exists.
    """

    lever: str
    chosen: bool
    loss: float | None
    value: float
    at: float | None
    barred_by: tuple[str, ...] = ()


def next_best(problem: Problem, first: Solution, count: int) -> Iterator[Solution]:
    """Yield the best choices of other sets of levers, in falling order of value.

    Args:
        problem: the problem.
        first: its optimum.
        count: how many to yield at most.
    """
    seen = [frozenset(first.starts)]
    for _ in range(count):
        found = solve(problem, seen, thrifty=True)
        if found.status != "optimal":
            return
        seen.append(frozenset(found.starts))
        yield found


def smallest_conflict(problem: Problem) -> Conflict | None:
    """Return the smallest set of limits that cannot all hold; None where all of them can.

    First limits are dropped one by one where what is left still conflicts; what remains is
    minimal. Then every smaller set is tried, smallest first.
    """
    limits = limits_of(problem)
    if _feasible(problem, limits):
        return None
    kept = list(limits)
    for limit in reversed(limits):  # the general rules stand last, so they are dropped first
        rest = [other for other in kept if other != limit]
        if not _feasible(problem, rest):
            kept = rest
    tried = 0
    for size in range(1, len(kept)):
        for some in combinations(limits, size):
            if not any(limit.startswith(_DEMANDS) for limit in some):
                continue  # to begin nothing keeps every limit that only forbids
            tried += 1
            if tried > SUBSETS:
                return Conflict(limits=tuple(kept), smallest=False)
            if not _feasible(problem, some):
                return Conflict(limits=some, smallest=True)
    return Conflict(limits=tuple(kept), smallest=True)


def _feasible(problem: Problem, limits: tuple[str, ...] | list[str]) -> bool:
    kept = with_limits(problem, limits)
    if kept.at_least is None:  # without a value to reach, any choice that keeps the limits will do
        kept = replace(
            kept, options=tuple(replace(o, value=0.0, stream=None) for o in kept.options),
            streams={},
        )  # fmt: skip
    return solve(kept).status != "infeasible"


def switches(problem: Problem, best: Solution) -> Iterator[Switch]:
    """Yield, for each lever, what would have to change for it to enter the optimum or leave it."""
    for option in problem.options:
        chosen = option.id in best.starts
        forced = _forced(problem, option, begin=not chosen)
        other = solve(forced)
        if other.status == "infeasible":
            found = smallest_conflict(forced)
            names = tuple(n for n in found.limits if n != f"include:{option.id}") if found else ()
            yield Switch(
                lever=option.id, chosen=chosen, loss=None, value=option.value, at=None,
                barred_by=names,
            )  # fmt: skip
            continue
        loss = max(best.value - other.value, 0.0)
        at = _break_even(problem, option, best, other)
        yield Switch(lever=option.id, chosen=chosen, loss=loss, value=option.value, at=at)


def _forced(problem: Problem, option: Option, *, begin: bool) -> Problem:
    if begin:
        return replace(
            problem, include=(*problem.include, option.id),
            exclude=tuple(id_ for id_ in problem.exclude if id_ != option.id),
        )  # fmt: skip
    return replace(
        problem, exclude=(*problem.exclude, option.id),
        include=tuple(id_ for id_ in problem.include if id_ != option.id),
    )  # fmt: skip


def _break_even(problem: Problem, option: Option, best: Solution, other: Solution) -> float | None:
    """The value at which the forced choice is worth as much as the free one, if one is found.

    The first guess spreads the loss over the quarters in which the lever works; as returns
    diminish, further ones follow the line through the last two.
    """
    chosen = option.id in best.starts
    goal = other.value if chosen else best.value
    if abs(best.value - other.value) <= TOLERANCE * max(1.0, abs(best.value)):
        return option.value
    starts = best.starts if chosen else other.starts
    works = max(problem.quarters - starts[option.id] - option.lead, 0) / QUARTERS_A_YEAR
    if not works:
        return None
    points = [(option.value, best.value if chosen else other.value)]
    at = option.value + (goal - points[0][1]) / works
    for _ in range(_ROUNDS):
        at = max(at, 0.0)
        worth = _worth(problem, option, at, begin=not chosen)
        if abs(worth - goal) <= _CLOSE * max(1.0, abs(goal)):
            return round(at, 6)
        last, points = points[-1], [*points, (at, worth)]
        rise = worth - last[1]
        if at == last[0] or abs(rise) <= TOLERANCE or (chosen and worth < goal):
            return None  # its returns have run out, or the plan keeps it for what it lets begin
        at += (goal - worth) * (at - last[0]) / rise
    return None


def _worth(problem: Problem, option: Option, value: float, *, begin: bool) -> float:
    """What the best choice is worth where a lever had another value."""
    changed = tuple(replace(o, value=value) if o.id == option.id else o for o in problem.options)
    other = replace(problem, options=changed)
    return solve(_forced(other, option, begin=True) if begin else other).value
