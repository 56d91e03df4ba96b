"""How fast an engine is, how much memory it takes, and what its index loses."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from detente.screening.model import Query
from screening import inputs
from screening.asking import Spec, ask, queries, screening
from screening.inputs import Sought
from screening.measures import share
from screening.sections import Figures

RATE: Final = "names a second of one core, clean names, median of three batches"
HITS: Final = "names a second of one core, two of three on the list, median of three batches"
HALF, MOST = "one name, warm: median, ms", "one name, warm: 99th percentile, ms"
FIRST: Final = "fresh process to its first answer, s"
BUILD: Final = "reading the entries and building the index, s"
LOAD: Final = "opening the index kept, ms"
PEAK: Final = "peak memory, screening, MB"
KEPT: Final = "of them found through the index, %"
WARM: Final = 50
"""Names asked before latency is measured, at most."""
REPEATS: Final = 5


def mixed(count: int) -> list[Sought]:
    """Return names as they come in: with errors, clean, and as the lists write them, in turn.

    None comes twice, since what an engine remembers of it would make it faster.
    """
    third = -(-count // 3) if inputs.is_here() else count
    listed = [
        Sought(Query(name=party.name, kind=party.kind), frozenset({party.id}))
        for party in inputs.sample(list(inputs.listed()), third)
    ]
    if not inputs.is_here():
        return listed
    bad = {item.query.name: item for item in (*inputs.un_with_errors(bare=True), *_distorted())}
    wrong = inputs.sample(list(bad.values()), third)
    clean = inputs.sample(inputs.clean("global", bare=True), third)
    rows = zip(wrong, clean, listed, strict=False)
    return [item for row in rows for item in row][:count]


def customers(count: int) -> list[Sought]:
    """Return names as a bank has them, nearly all of people who are not listed; none twice."""
    if not inputs.is_here():
        return mixed(count)
    names = [*inputs.clean("global", bare=True), *inputs.clean("us", bare=True)]
    distinct = {item.query.name: item for item in names}
    return inputs.sample(list(distinct.values()), count, seed=4)


def _distorted() -> list[Sought]:
    """Return listed parties under errors and other spellings."""
    return [
        Sought(case.query, frozenset({case.party_id}), case.kind)
        for case in inputs.adversarial_cases()
        if case.match
    ]


def speed(spec: Spec) -> Figures:
    """Clean names; and names with errors, clean ones and ones as listed in turn; processor time."""
    people = customers(3 * spec.batch)
    names = mixed(3 * spec.batch + WARM + spec.singles)
    size = min(spec.batch, len(names) // 3)
    batches = [names[n * size : (n + 1) * size] for n in range(3)]
    share = len(people) // 3
    batches = [people[n * share : (n + 1) * share] for n in range(3)] + batches
    single, warm = names[-spec.singles :], names[: min(WARM, spec.singles)]
    built = ask(spec, "listed", [{"op": "keep"}])
    kept = bool(built.results[0])
    fresh = [
        ask(spec, "listed", [screening(names[:1], None)], kept=kept).report
        for _ in range(REPEATS if kept else 1)
    ]
    one = {"op": "one", "warm": queries(warm), "queries": queries(single)}
    jobs = [*(screening(batch, None) for batch in batches), one]
    asked = ask(spec, "listed", jobs, kept=kept)
    *many, times = asked.results
    cuts = quantiles(times, n=100, method="inclusive")
    rates = [len(own) / each["cpu"] for own, each in zip(batches, many, strict=True)]
    held = inputs.listed()
    figures = {
        "entries": float(len(held)),
        "names of them": float(sum(len(party.names) for party in held)),
        "names screened in batches": float(sum(map(len, batches))),
        RATE: median(rates[:3]),
        HITS: median(rates[3:]),
        "names screened one by one": float(len(single)),
        HALF: cuts[49] * 1000,
        MOST: cuts[98] * 1000,
        BUILD: built.report["built"],
        FIRST: median(report["spent"] for report in fresh),
        "peak memory, building the index, MB": built.report["built_peak"],
        PEAK: asked.report["peak"],
    }
    if kept:
        figures[LOAD] = median(report["built"] for report in fresh) * 1000
    return figures | (_command() if spec.name == "detente" else {})


def _command() -> Figures:
    """How long the command takes that screens one name against a store, first and then warm."""
    if not inputs.is_here():
        return {}
    program = str(Path(sys.executable).with_name("detente"))
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DETENTE_CACHE": folder, "DETENTE_STORE": f"{folder}/store"}
        for path in (inputs.OFAC, inputs.UN):
            place = inputs.REAL / "lists" / path.format("consolidated.xml")
            _spent([program, "lists", "import", str(place)], env)
        screen = [program, "screen", "Good Hope"]
        first, _ = _spent(screen, env)
        every = [_spent(screen, env) for _ in range(REPEATS)]
    return {
        "`detente screen NAME`, no index yet, s": first,
        FIRST: median(cpu for cpu, _ in every),
        "the same by the clock, s": median(clock for _, clock in every),
    }


def _spent(command: list[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds that a command takes, of the processor and by the clock."""
    before, begun = getrusage(RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    clock, after = perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def _telling(count: int) -> list[Sought]:
    """Queries that an index may lose: errors, other spellings, own scripts; a few clean names."""
    items = _distorted()
    if not inputs.is_here():
        return inputs.sample(items, count)
    bad = [item for item in inputs.un_with_errors(bare=True) if item.group in ("letters", "order")]
    parts = (
        (bad, 3), (items, 4), (inputs.original_scripts(), 2), (inputs.clean("global", bare=True), 1)
    )  # fmt: skip
    found = [item for own, tenths in parts for item in inputs.sample(own, count * tenths // 10)]
    return found or inputs.sample(items, count)


def recall(spec: Spec) -> Figures:
    """Names with errors mostly, through the index and against every entry, at the own threshold."""
    if not spec.all_pairs:
        return {}
    names = _telling(spec.all_pairs)
    job = {"op": "exhaustive", "queries": queries(names)}
    asked = ask(spec, "listed", [screening(names, None), job])
    quick = [[id_ for id_, _ in hits] for hits in asked.results[0]["hits"]]
    whole = [[id_ for id_, _ in hits] for hits in asked.results[1]]
    kept = [id_ in fast for fast, full in zip(quick, whole, strict=True) for id_ in full]
    return {
        "names held against every entry": float(len(names)),
        "matches from the threshold on": float(len(kept)),
        KEPT: share(kept),
        "names whose best match is the same, %": share(
            fast[:1] == full[:1] for fast, full in zip(quick, whole, strict=True)
        ),
    }
