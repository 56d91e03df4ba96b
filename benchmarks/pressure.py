"""Speed of pressure: exposure, a plan to its proved optimum, draws through a fixed portfolio.

The plan stands beside a greedy choice of levers, which is no peer in what it finds: how much of the
optimum it reaches is told. The draws stand beside the bare numpy calls that make as many numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np

import detente
from detente.pressure.exposure import exposure
from detente.pressure.files import load
from detente.pressure.planning.draws import DRAWS, outlook
from detente.pressure.planning.milp import solve
from detente.pressure.planning.plan import problem_of
from detente.pressure.planning.problem import Problem, value_of
from detente.pressure.planning.results import Asked
from detente.pressure.planning.scenario import Scenario
from detente.pressure.spread import DRAWS as PARTS_DRAWS

QUARTERS: Final = 8
ASKED: Final = Asked(
    quarters=QUARTERS, budget=500, humanitarian_max=4, escalation_max=6,
    scenario=Scenario(name="central"),
)  # fmt: skip


class Figure(NamedTuple):
    """One figure: what was timed, milliseconds, how many times a peer's, and the aim."""

    job: str
    spent: float
    peer: str
    aim: str


def figures(repeats: int) -> Iterator[Figure]:
    """Yield every figure on pressure."""
    regime = detente.load("dprk")
    rows = load(regime)
    problem = problem_of(rows, ASKED, rows.levers)
    best = solve(problem)
    assert best.status == "optimal"
    rough = greedy(problem)
    spent = _timed(repeats, lambda: solve(problem))
    peer = _timed(repeats, lambda: greedy(problem))
    reached = value_of(problem, rough) / best.value
    yield Figure(
        f"plan, {len(problem.options)} levers over {QUARTERS} quarters, optimum proved", spent,
        f"{spent / peer:.1f} x greedy, which reaches {100 * reached:.0f} % of it", "2000",
    )  # fmt: skip
    count = len(best.starts)
    random = np.random.default_rng(1)
    spent = _timed(
        repeats, lambda: outlook(rows, best.starts, QUARTERS, budget=ASKED.budget, draws=DRAWS)
    )
    peer = _timed(repeats, lambda: [random.triangular(0, 1, 2, (DRAWS, count)) for _ in range(3)])
    yield Figure(
        f"{DRAWS:,} draws through a portfolio of {count} levers", spent,
        f"{spent / peer:.1f} x numpy's own triangular draws", "200",
    )  # fmt: skip
    found = exposure(regime, rows)
    parts = len({row for item in found.by_measure for row in item.rows})
    spent = _timed(repeats, lambda: exposure(regime, rows))
    peer = _timed(repeats, lambda: random.triangular(0, 1, 2, (PARTS_DRAWS, parts)))
    yield Figure(
        f"exposure of exports and imports, {PARTS_DRAWS:,} draws", spent,
        f"{spent / peer:.1f} x numpy's own draws of the exports", "",
    )  # fmt: skip


def greedy(problem: Problem) -> dict[str, int]:
    """Return levers taken one by one, each time the one that adds most and keeps the limits."""
    starts: dict[str, int] = {}
    while True:
        worth, choice = value_of(problem, starts), None
        for option in problem.options:
            if option.id in starts:
                continue
            needed = [starts.get(id_) for id_ in option.requires]
            if None in needed:
                continue
            lead = {o.id: o.lead for o in problem.options}
            begin = max((starts[id_] + lead[id_] for id_ in option.requires), default=0)
            trial = {**starts, option.id: begin}
            if begin < problem.quarters and _keeps(problem, trial):
                gained = value_of(problem, trial)
                if gained > worth:
                    worth, choice = gained, trial
        if choice is None:
            return starts
        starts = choice


def _keeps(problem: Problem, starts: dict[str, int]) -> bool:
    """Whether a choice keeps the limits in the last quarter, when everything runs."""
    on = [option for option in problem.options if option.id in starts]
    if any(other in starts for option in on for other in option.conflicts):
        return False
    asked = [
        (problem.budget, sum(option.cost for option in on)),
        (problem.humanitarian, sum(option.harm for option in on)),
        (problem.escalation, sum(option.escalation for option in on)),
        *(
            (most, sum(party in option.needs for option in on))
            for party, most in problem.coalition.items()
        ),
    ]
    return all(most is None or amount <= most for most, amount in asked)


def _timed(repeats: int, job: Callable[[], object]) -> float:
    """Return the median time of a job in milliseconds, after one run that does not count."""
    job()
    times = []
    for _ in range(repeats):
        begun = perf_counter()
        job()
        times.append((perf_counter() - begun) * 1000)
    return median(times)


if __name__ == "__main__":
    for figure in figures(7):
        print(f"{figure.spent:10.1f} ms  {figure.job}; {figure.peer}")
