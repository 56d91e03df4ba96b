"""The planner against a search of every choice, and what it says where no choice is allowed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from detente.pressure.planning.milp import counts, solve
from detente.pressure.planning.problem import (
    Option,
    Problem,
    Segment,
    limits_of,
    with_limits,
)
from detente.pressure.planning.search import next_best, smallest_conflict, switches

STREAMS = {
    "sea": (Segment(100, 1.0), Segment(60, 0.6), Segment(40, 0.2)),
    "theft": (Segment(50, 1.0), Segment(200, 0.3)),
}


def instance(seed: int, most: int = 12) -> Problem:
    """Return a random problem of at most ``most`` levers and two quarters."""
    source = random.Random(seed)
    # small ones are quick to search in full; every size comes, the largest too
    count = source.choice([*range(1, most + 1), *range(1, 9)])
    ids = [f"L{n}" for n in range(count)]

    def some(most: int, before: int) -> tuple[str, ...]:
        return tuple(source.sample(ids[:before], min(source.randint(0, most), before)))

    options = tuple(
        Option(
            id=id_, value=source.choice([0, source.randint(1, 120)]), cost=source.randint(0, 60),
            lead=source.choice([0, 0, 1]), harm=source.randint(0, 4),
            eases=source.choice([0, 0, 0, 2]), escalation=source.randint(0, 4),
            stream=source.choice([None, "sea", "theft"]),
            needs=tuple(source.sample(["A", "B", "C"], source.randint(0, 2))),
            requires=some(1, n) if source.random() < 0.3 else (),
            conflicts=some(1, n) if source.random() < 0.2 else (),
            scores={"rights": source.randint(0, 3)},
        )
        for n, id_ in enumerate(ids)
    )  # fmt: skip

    def maybe(low: int, high: int) -> int | None:
        return source.choice([None, source.randint(low, high)])

    return Problem(
        options=options, quarters=2, streams=STREAMS, budget=maybe(20, 200),
        humanitarian=maybe(1, 10), escalation=maybe(1, 10),
        coalition={party: source.randint(0, 3) for party in "AB"},
        floors={"rights": 3} if source.random() < 0.2 else {},
        include=(ids[0],) if source.random() < 0.15 else (),
        exclude=(ids[-1],) if source.random() < 0.1 else (),
    )  # fmt: skip


def allowed(problem: Problem, starts: dict[str, int]) -> bool:
    """Whether a choice keeps every limit, by their definitions and nothing else."""
    by_id = {option.id: option for option in problem.options}
    if not set(problem.include) <= starts.keys() or set(problem.exclude) & starts.keys():
        return False
    for name, floor in problem.floors.items():
        if sum(by_id[id_].scores[name] for id_ in starts) < floor:
            return False
    for id_, begun in starts.items():
        for needed in by_id[id_].requires if problem.prerequisites else ():
            if needed not in starts or starts[needed] + by_id[needed].lead > begun:
                return False
        if problem.conflicts and set(by_id[id_].conflicts) & starts.keys():
            return False
    for quarter in range(problem.quarters):
        on = [by_id[id_] for id_, begun in starts.items() if begun <= quarter]
        eased = sum(o.eases for o in on if starts[o.id] + o.lead <= quarter)
        for most, sum_ in (
            (problem.budget, sum(o.cost for o in on)),
            (problem.humanitarian, sum(o.harm for o in on) - eased),
            (problem.escalation, sum(o.escalation for o in on)),
        ):
            if most is not None and sum_ > most:
                return False
        for party, most_ in problem.coalition.items():
            if sum(party in o.needs for o in on) > most_:
                return False
    return True


def choices(problem: Problem) -> Iterator[dict[str, int]]:
    """Yield every choice that keeps the limits, lever by lever, dropping hopeless ones early."""
    usable = [
        [None, *range(problem.quarters)] if option.id not in problem.exclude else [None]
        for option in problem.options
    ]
    hopeful = with_limits(  # limits that only get tighter as levers are added
        problem, {"budget", "escalation", *(f"coalition:{p}" for p in problem.coalition)}
    )
    bare = problem.options

    def grow(place: int, starts: dict[str, int]) -> Iterator[dict[str, int]]:
        if place == len(bare):
            if allowed(problem, starts):
                yield starts
            return
        for begun in usable[place]:
            more = starts if begun is None else {**starts, bare[place].id: begun}
            if begun is None or allowed(_bare(hopeful), more):
                yield from grow(place + 1, more)

    yield from grow(0, {})


def _bare(problem: Problem) -> Problem:
    return replace(
        problem,
        options=tuple(replace(o, requires=(), conflicts=()) for o in problem.options),
    )


def brute_force(problem: Problem) -> float | None:
    """Return the greatest value of any choice that keeps the limits; None where there is none."""
    return max((worth(problem, starts) for starts in choices(problem)), default=None)


def worth(problem: Problem, starts: dict[str, int]) -> float:
    """Return what a choice is worth, quarter by quarter and dollar by dollar."""
    total = 0.0
    for quarter in range(problem.quarters):
        on = [o for o in problem.options if starts.get(o.id, 99) + o.lead <= quarter]
        total += sum(o.value for o in on if o.stream is None)
        for stream, steps in problem.streams.items():
            units = [step.slope for step in steps for _ in range(round(step.width))]
            total += sum(units[: round(sum(o.value for o in on if o.stream == stream))])
    return total / 4


@pytest.mark.parametrize("start", range(0, 220, 20))
def test_the_optimum_is_that_of_a_search_of_every_choice(start: int) -> None:
    """On 220 random problems of up to 12 levers and 2 quarters both find the same value."""
    for seed in range(start, start + 20):
        problem = instance(seed)
        expected = brute_force(problem)
        found = solve(problem)
        if expected is None:
            assert found.status == "infeasible", seed
        else:
            assert found.status == "optimal", seed
            assert found.value == pytest.approx(expected, abs=1e-4), seed
            assert allowed(problem, found.starts), seed


def small(**changes: Any) -> Problem:
    """Return a problem of three levers and four quarters."""
    options = (
        Option(id="a", value=100, cost=50, harm=2, needs=("A",)),
        Option(id="b", value=60, cost=20, lead=1, escalation=3),
        Option(id="c", value=40, cost=20, requires=("b",), conflicts=("a",), scores={"rights": 2}),
    )
    return replace(Problem(options=options, quarters=4), **changes)


def test_without_limits_all_that_pays_begins_at_once() -> None:
    """Only the conflict decides: a and b, each from the first quarter on."""
    found = solve(small())
    assert found.starts == {"a": 0, "b": 0}
    assert found.value == pytest.approx(100 + 60 * 3 / 4)


def test_a_lever_waits_until_what_it_needs_works() -> None:
    """B works from the second quarter, so c cannot begin before it."""
    found = solve(small(exclude=("a",)))
    assert found.starts == {"b": 0, "c": 1}


def test_of_equal_plans_the_cheaper_one_is_taken() -> None:
    """Two levers saturate a stream alike; the thrifty plan has the cheap one alone."""
    options = (
        Option(id="dear", value=100, cost=90, stream="s"),
        Option(id="cheap", value=100, cost=5, stream="s"),
    )
    problem = Problem(options=options, quarters=2, streams={"s": (Segment(100, 1.0),)})
    assert solve(problem, thrifty=True).starts == {"cheap": 0}


def test_the_next_best_are_the_runners_up_of_a_full_search() -> None:
    """On random problems, in order, no two with the same levers that count."""
    for seed in range(300, 330):
        problem = instance(seed, most=6)
        best = solve(problem)
        if best.status != "optimal":
            continue
        ranked: dict[frozenset[str], float] = {}
        telling = {o.id for o in problem.options if counts(problem, o)}
        for starts in choices(problem):
            key = frozenset(starts.keys() & telling)
            ranked[key] = max(ranked.get(key, 0.0), worth(problem, starts))
        ranked.pop(frozenset(best.starts.keys() & telling))
        expected = sorted(ranked.values(), reverse=True)[:3]
        found = [item.value for item in next_best(problem, best, 3)]
        assert found == pytest.approx(expected, abs=1e-4), seed


def test_the_next_best_hold_no_lever_for_nothing() -> None:
    """Of the choices of one value the cheapest is shown, without levers that only cost."""
    options = (Option(id="A", value=10, cost=1), Option(id="B", value=8, cost=1),
               Option(id="idle", cost=1))  # fmt: skip
    problem = Problem(options=options, quarters=2, budget=3)
    best = solve(problem, thrifty=True)
    assert all("idle" not in item.starts for item in next_best(problem, best, 3))


def test_the_smallest_conflict_is_that_of_a_full_search() -> None:
    """Where no choice exists, no smaller set of limits conflicts, and each one named is needed."""
    seen = 0
    for seed in range(400, 700):
        problem = instance(seed, most=4)
        if brute_force(problem) is not None:
            continue
        seen += 1
        found = smallest_conflict(problem)
        assert found is not None
        assert found.smallest
        limits = limits_of(problem)
        sizes = (
            len(some)
            for size in range(1, len(limits) + 1)
            for some in itertools.combinations(limits, size)
            if brute_force(with_limits(problem, some)) is None
        )
        assert len(found.limits) == next(sizes), seed
        assert brute_force(with_limits(problem, found.limits)) is None, seed
    assert seen >= 10


def test_a_conflict_names_what_was_asked_and_what_forbids_it() -> None:
    """Two levers that exclude each other, and a floor that the budget does not pay for."""
    found = smallest_conflict(small(include=("a", "c"), budget=1000))
    assert found is not None
    assert set(found.limits) == {"include:a", "include:c", "conflicts"}
    poor = smallest_conflict(small(floors={"rights": 1}, budget=10, escalation=9))
    assert poor is not None
    assert set(poor.limits) == {"floor:rights", "budget"}
    assert smallest_conflict(small()) is None


def test_a_break_even_turns_the_choice() -> None:
    """Beyond the value that is named a lever enters the plan; below it one leaves."""
    checked = 0
    for seed in range(500, 540):
        problem = instance(seed, most=6)
        best = solve(problem)
        if best.status != "optimal":
            continue
        for turn in switches(problem, best):
            if turn.at is None or turn.loss is None or turn.loss < 0.5:
                continue
            checked += 1
            past = max(turn.at + (-1 if turn.chosen else 1), 0.0)
            options = tuple(
                replace(o, value=past) if o.id == turn.lever else o for o in problem.options
            )
            found = solve(replace(problem, options=options))
            free = replace(problem, options=options, exclude=(*problem.exclude, turn.lever))
            without = solve(
                replace(free, include=tuple(id_ for id_ in problem.include if id_ != turn.lever))
            )
            if turn.chosen:
                assert found.value == pytest.approx(without.value, abs=0.01)
            else:
                assert turn.lever in found.starts
                assert found.value > without.value
    assert checked >= 20


def test_a_lever_that_no_choice_can_have_names_the_limit() -> None:
    """A costs more than the budget allows."""
    problem = small(budget=45)
    barred = {turn.lever: turn.barred_by for turn in switches(problem, solve(problem))}
    assert barred["a"] == ("budget",)
