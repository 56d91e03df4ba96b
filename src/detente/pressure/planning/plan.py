"""A plan: levers over quarters, under limits, with what stands round the choice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from detente.errors import UnknownIdError, UsageError
from detente.law.regime import Regime
from detente.pressure.cards import Standing, standing_of
from detente.pressure.cited import rows_used, sources_of
from detente.pressure.harm import humanitarian
from detente.pressure.model import Pressure
from detente.pressure.planning.draws import outlook
from detente.pressure.planning.milp import Solution, solve
from detente.pressure.planning.problem import Option, Problem, by_quarter, value_of
from detente.pressure.planning.results import (
    Asked,
    LeftOut,
    Plan,
    PlannedLever,
    Portfolio,
    Quarter,
)
from detente.pressure.planning.scenario import (
    REVENUE,
    Scenario,
    options,
    streams,
)
from detente.pressure.planning.search import next_best, smallest_conflict, switches
from detente.pressure.reach import reach
from detente.pressure.spread import Spread

NO_ENTRY: Final = "gives relief and names no entry of the ledger"
NO_BEARING: Final = "brings nothing for this objective in this scenario"
NO_LAW: Final = "needs law that is not there"


def plan(
    regime: Regime,
    pressure: Pressure,
    asked: Asked,
    *,
    entries: Mapping[str, str] | None = None,
    known_entries: Collection[str] = (),
    in_force: Collection[str] | None = None,
) -> Plan:
    """Return the best portfolio of levers, and what stands round it.

    No lever gives relief without an entry of the ledger: one that would is left out unless
    ``entries`` names an entry that is in the ledger.

    Args:
        regime: the regime.
        pressure: its rows of levers and what plans know of them.
        asked: the objective, the limits and the scenario.
        entries: for levers that give relief, the entry of the ledger that each rests on.
        known_entries: ids of the entries that the ledger holds.
        in_force: the measures that bind on the day of the plan; tells which levers have law.

    Raises:
        UsageError: the regime has no levers, or a limit makes no sense.
        UnknownIdError: an objective, lever, party or entry is not known.
    """
    _check(pressure, asked, entries or {}, known_entries)
    usable, left_out = _usable(regime, pressure, asked, entries or {}, in_force)
    problem = problem_of(pressure, asked, usable)
    idle = _idle(problem)
    left_out += [LeftOut(lever=id_, why=NO_BEARING) for id_ in idle]
    slim = replace(problem, options=tuple(o for o in problem.options if o.id not in idle))
    best = solve(slim, thrifty=True)
    conflict = smallest_conflict(problem) if best.status == "infeasible" else None
    others = list(next_best(slim, best, asked.next_best)) if best.status == "optimal" else []
    turned = tuple(switches(slim, best)) if best.status == "optimal" and asked.switches else ()
    chosen = tuple(best.starts)
    laws = {id_: standing_of(regime, pressure, id_, in_force) for id_ in chosen}
    measures = {id_ for lever in chosen for id_ in pressure.levers[lever].measures}
    bound = reach(pressure)
    human = humanitarian(regime, pressure, measures, chosen)
    told = (*bound.rows, *(found.row for found in human.record))
    used = rows_used(pressure, _ids(pressure, slim, told))
    return Plan(
        regime=regime.id,
        asked=asked,
        status=best.status,
        unit="USD m" if asked.objective == REVENUE else "points times years",
        value=best.value,
        portfolio=_portfolio(pressure, asked, slim, best, best),
        levers=tuple(
            _planned(
                pressure,
                slim,
                best,
                laws[id_],
                (entries or {}).get(id_),
                id_,
            )
            for id_ in chosen
        ),
        quarters=_quarters(slim, best),
        next_best=tuple(_portfolio(pressure, asked, slim, item, best) for item in others),
        switches=turned,
        conflict=conflict,
        left_out=tuple(sorted(left_out, key=lambda item: list(pressure.levers).index(item.lever))),
        without_law=tuple(id_ for id_ in chosen if not laws[id_].has_law),
        humanitarian=human,
        upper_bound=bound,
        rows_used=used,
        sources=sources_of(regime, pressure, used),
    )


def problem_of(pressure: Pressure, asked: Asked, levers: Iterable[str]) -> Problem:
    """Return the problem that a question poses, in the plain numbers of its scenario."""
    scenario = asked.scenario
    money = asked.objective == REVENUE
    found = options(pressure, levers, asked.objective, scenario)
    parties = {party for option in found for party in option.needs}
    at_once = {row.party: row.at_once for row in pressure.coalition.values()} | asked.coalition
    return Problem(
        options=found,
        quarters=asked.quarters,
        streams=streams(pressure, scenario) if money else {},
        budget=asked.budget,
        humanitarian=asked.humanitarian_max,
        escalation=asked.escalation_max,
        coalition={party: most for party, most in at_once.items() if party in parties},
        at_least=asked.at_least,
        floors=asked.floors,
        include=asked.include,
        exclude=asked.exclude,
    )


def _check(
    pressure: Pressure, asked: Asked, entries: Mapping[str, str], known: Collection[str]
) -> None:
    if not pressure.levers:
        raise UsageError("this regime holds no levers; add pressure/levers.yaml to its folder")
    for id_ in (*asked.include, *asked.exclude, *entries):
        if id_ not in pressure.levers:
            raise UnknownIdError("lever", id_, pressure.levers)
    gives = {row.lever for row in pressure.planning.values() if row.relief}
    for id_ in entries:
        if id_ not in gives:
            raise UsageError(f"{id_} gives no relief and needs no entry; leave it out")
    for entry in entries.values():
        if entry not in known:
            raise UnknownIdError("entry of the ledger", entry, known)
    served = {name for row in pressure.planning.values() for name in row.serves}
    for name in asked.floors:
        if name not in served:
            raise UnknownIdError("objective with points", name, served)
    parties = {party for lever in pressure.levers.values() for party in lever.needs}
    for party in asked.coalition:
        if party not in parties:
            raise UnknownIdError("party", party, parties)
    both = sorted(set(asked.include) & set(asked.exclude))
    if both:
        raise UsageError(f"{both[0]} is both included and excluded; keep one of the two")


def _usable(
    regime: Regime,
    pressure: Pressure,
    asked: Asked,
    entries: Mapping[str, str],
    in_force: Collection[str] | None,
) -> tuple[list[str], list[LeftOut]]:
    """The levers that may be chosen at all, and why the others may not."""
    gives_relief = {row.lever for row in pressure.planning.values() if row.relief}
    usable, left_out = [], []
    for id_ in pressure.levers:
        why = None
        if id_ in gives_relief and id_ not in entries:
            why = NO_ENTRY
        elif asked.lawful and not standing_of(regime, pressure, id_, in_force).has_law:
            why = NO_LAW
        if why is None:
            usable.append(id_)
        elif id_ in asked.include:
            raise UsageError(f"{id_} cannot be included: it {why}")
        else:
            left_out.append(LeftOut(lever=id_, why=why))
    return usable, left_out


def _idle(problem: Problem) -> set[str]:
    """Levers that can make no choice better: no value, no points asked, no harm eased."""
    useful = {
        option.id
        for option in problem.options
        if option.value > 0
        or option.id in problem.include
        or (option.eases and problem.humanitarian is not None)
        or any(option.scores.get(name) for name in problem.floors)
    }
    while True:  # what useful ones wait for is useful
        more = {id_ for option in problem.options if option.id in useful for id_ in option.requires}
        if more <= useful:
            return {option.id for option in problem.options} - useful
        useful |= more


def _portfolio(
    pressure: Pressure, asked: Asked, problem: Problem, found: Solution, best: Solution
) -> Portfolio:
    ids = [option.id for option in problem.options]
    ends = []
    for scenario in (Scenario(name="worst"), Scenario(name="best")):
        edge = problem_of(pressure, replace(asked, scenario=scenario), ids)
        ends.append(value_of(edge, found.starts))
    drawn = outlook(
        pressure, found.starts, asked.quarters, objective=asked.objective, budget=asked.budget
    )
    return Portfolio(
        levers=tuple(found.starts),
        value=found.value,
        loss=max(best.value - found.value, 0.0),
        bounds=Spread(
            low=ends[0], central=min(max(drawn.value.central, ends[0]), ends[1]), high=ends[1],
            kind="bounds",
        ),
        outlook=drawn,
        enters=tuple(id_ for id_ in found.starts if id_ not in best.starts),
        leaves=tuple(id_ for id_ in best.starts if id_ not in found.starts),
    )  # fmt: skip


def _planned(
    pressure: Pressure,
    problem: Problem,
    best: Solution,
    standing: Standing,
    entry: str | None,
    id_: str,
) -> PlannedLever:
    lever = pressure.levers[id_]
    option = next(item for item in problem.options if item.id == id_)
    begins = best.starts[id_]
    works = begins + option.lead
    return PlannedLever(
        lever=id_, name=lever.name, family=lever.family, begins=begins + 1,
        works_from=works + 1 if works < problem.quarters else None,
        cost=lever.cost, effect=lever.effect, effect_is=lever.effect_is, lead=lever.lead,
        harm=lever.humanitarian_harm, escalation=option.escalation, stream=option.stream,
        reversibility=lever.reversibility, needs=lever.needs, evidence=lever.evidence,
        confidence=lever.confidence, ledger_entry=entry, law=standing.law,
        has_law=standing.has_law,
    )  # fmt: skip


def _quarters(problem: Problem, best: Solution) -> tuple[Quarter, ...]:
    worth = by_quarter(problem, best.starts)
    found = []
    for quarter in range(problem.quarters):
        on = [o for o in problem.options if best.starts.get(o.id, problem.quarters) <= quarter]
        eased = sum(o.eases for o in on if best.starts[o.id] + o.lead <= quarter)
        found.append(
            Quarter(
                quarter=quarter + 1,
                value=worth[quarter],
                cost=sum(o.cost for o in on),
                harm=max(sum(o.harm for o in on) - eased, 0.0),
                escalation=sum(o.escalation for o in on),
                asks=_asks(problem, on),
            )
        )
    return tuple(found)


def _asks(problem: Problem, on: Sequence[Option]) -> dict[str, int]:
    """How many running levers need each party whose limit holds."""
    counts = {party: sum(party in o.needs for o in on) for party in problem.coalition}
    return {party: count for party, count in counts.items() if count}


def _ids(pressure: Pressure, problem: Problem, more: Iterable[str]) -> Iterable[str]:
    """Every row that the plan's numbers rest on."""
    yield from (option.id for option in problem.options)
    names = {option.id for option in problem.options}
    yield from (row.id for row in pressure.planning.values() if row.lever in names)
    used = {option.stream for option in problem.options}
    yield from (row.id for row in pressure.streams.values() if row.id in used)
    yield from (row.id for row in pressure.coalition.values() if row.party in problem.coalition)
    yield from more
