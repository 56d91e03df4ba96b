"""Measure the engines of the relief core on synthetic regimes.

Run ``python benchmarks/engines.py``. A regime has 300 requirements, two conditions that many
measures share, and cones of 13 requirements on average. The bare pass is the least that a sweep
could cost: one ``and`` of two numbers of 10,000 bits for each measure.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from detente.law.vocabulary import Truth
from detente.relief.diagram import probability
from detente.relief.labels import minimal_sets
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, atoms
from detente.relief.packages import all_minimal, cheapest
from detente.relief.sweeps import compile_sweep, random_scenarios, sweep

SCENARIOS: Final = 10_000
REQUIREMENTS: Final = 300
_SAMPLE: Final = 50

Row = tuple[str, str, float]


def regime(measures: int, seed: int = 0) -> dict[str, Formula]:
    """Return the conditions of ``measures`` measures, the same for the same seed.

    Every condition joins, with some chance each, two shared cores of five facts, and one to three
    own parts: alternatives (60 %), a count (5 %: the law hardly ever counts), or facts together
    with the absence of another.
    """
    rng = random.Random(seed)
    pool = [Atom(f"r-{i:03}") for i in range(REQUIREMENTS)]
    cores = [
        Conj((*rng.sample(pool, 3), Disj(tuple(rng.sample(pool, 2))))),
        Conj((rng.choice(pool), Count(2, tuple(rng.sample(pool, 4))))),
    ]
    return {f"m-{i:05}": _measure(rng, pool, cores) for i in range(measures)}


def _measure(rng: random.Random, pool: list[Atom], cores: list[Conj]) -> Formula:
    """Return one condition."""
    limbs: list[Formula] = [core for core in cores if rng.random() < 0.6]
    for _ in range(rng.randint(1, 3)):
        draw = rng.random()
        if draw < 0.6:
            limbs.append(Disj(tuple(rng.sample(pool, rng.randint(2, 4)))))
        elif draw < 0.65:
            limbs.append(Count(2, tuple(rng.sample(pool, rng.randint(3, 5)))))
        else:
            limbs.append(Conj((*rng.sample(pool, 3), Neg(rng.choice(pool)))))
    return Conj(tuple(limbs))


def small_regime(formulas: int = 64, seed: int = 0) -> dict[str, Formula]:
    """Return conditions of about six leaves each."""
    rng = random.Random(seed)
    pool = [Atom(f"r-{i:03}") for i in range(REQUIREMENTS)]
    made: dict[str, Formula] = {}
    for i in range(formulas):
        a, b, c, d, e, f = rng.sample(pool, 6)
        made[f"m-{i:02}"] = Conj((a, Disj((b, c)), Neg(d), Disj((e, f))))
    return made


def median(repeats: int, job: Callable[[], object]) -> float:
    """Return the median time of ``job`` in milliseconds, after one run that does not count."""
    job()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def sweeps(repeats: int) -> Iterator[Row]:
    """Yield the rows on sweeps: the bare pass first."""
    keys = [f"r-{i:03}" for i in range(REQUIREMENTS)]
    scenarios = random_scenarios(keys, SCENARIOS, seed=1)
    sides = [scenarios.met[key] for key in keys]
    for name, measures in (("64 small", small_regime()), ("10,000", regime(10_000))):
        pairs = [(sides[i % 300], sides[(i * 7 + 1) % 300]) for i in range(len(measures))]
        bare = median(repeats, lambda pairs=pairs: [a & b for a, b in pairs])  # type: ignore[misc]
        yield f"bare pass, {name} measures", "1.0", bare
        program = compile_sweep(measures)
        spent = median(repeats, lambda program=program: sweep(program, scenarios))  # type: ignore[misc]
        yield f"sweep, {name} measures, 10,000 scenarios", f"{spent / bare:.1f}", spent
        spent = median(1, lambda measures=measures: compile_sweep(measures))  # type: ignore[misc]
        yield f"compile, {name} measures", f"{spent / bare:.1f}", spent


def searches(repeats: int) -> Iterator[Row]:
    """Yield the rows on packages, over the first measures of a regime of 10,000."""
    measures = list(regime(10_000).values())
    free: Mapping[str, Truth] = {}
    one = measures[:_SAMPLE]
    ten = [measures[i : i + 10] for i in range(0, 10 * min(10, _SAMPLE), 10)]
    jobs: tuple[tuple[str, int, Callable[[], object]], ...] = (
        (
            "all minimal, one measure, labels",
            len(one),
            lambda: [minimal_sets(f, free) for f in one],
        ),
        (
            "all minimal, one measure, clingo",
            len(one),
            lambda: [all_minimal([f], free, 4096) for f in one],
        ),
        ("cheapest, one measure, clingo", len(one), lambda: [cheapest([f], free) for f in one]),
        (
            "cheapest, 10 of 10,000 measures, clingo",
            len(ten),
            lambda: [cheapest(goals, free) for goals in ten],
        ),
        (
            "exact probability, one measure",
            len(one),
            lambda: [probability(f, {a.key: (0.3, 0.4) for a in atoms(f)}, free) for f in one],
        ),
    )
    for name, number, job in jobs:
        yield name, "", median(repeats, job) / number


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the engines on synthetic regimes.")
    parser.add_argument("--repeats", type=int, default=7, help="runs of each job (default 7)")
    repeats = parser.parse_args().repeats
    cones = [len({atom.key for atom in atoms(f)}) for f in regime(1000).values()]
    print(f"average cone: {statistics.mean(cones):.1f} requirements")
    print(f"{'job':48} {'x bare':>8} {'median ms':>10}")
    for rows in (sweeps, searches):
        for name, ratio, spent in rows(repeats):
            print(f"{name:48} {ratio:>8} {spent:>10.3f}")


if __name__ == "__main__":
    main()
